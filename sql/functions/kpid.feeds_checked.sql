create or replace function kpid.feeds_checked(
    i_feeds text[], i_etags text[], i_last_modified text[],
    i_changed boolean[], i_errors text[])
returns void
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan  -- any batch is planned alike, once
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.feeds_checked(5)
--
--      Remembers attempts at feeds. A failed attempt keeps the validators of
--      the last good one; so does a "not modified" answer that does not
--      repeat them. Of a feed with many bodies one that changed says nothing
--      of the others: it is no check and ends no failure.
--      A feed may stand among them more than once: its attempts are taken
--      one after the other, the first of each feed together.
--      Security definer: the collector may change these tables through
--      the loading functions alone.
--
-- Parameters, a column each:
--      i_feeds         - names
--      i_etags         - validators of the answers
--      i_last_modified - validators of the answers
--      i_changed       - other bytes than the last time
--      i_errors        - why it failed; null when it did not
--
-- Tables directly manipulated:
--      upsert - kpid.feed_state
-- ----------------------------------------------------------------------
declare
    l_now  constant timestamptz := kpid.now();
    l_left int := cardinality(i_feeds);
    l_turn int := 1;
    l_done int;
begin
    while l_left > 0 loop
        insert into kpid.feed_state as s (feed_id, checked_at, changed_at,
                                          etag, last_modified, failures,
                                          failing_since, error)
        select coalesce(x.feed_id, kpid.feed_id(x.feed)),
               case when not (x.good and x.changed and x.by_url) then l_now end,
               case when x.good and x.changed then l_now end,
               case when x.good then x.etag end,
               case when x.good then x.last_modified end,
               case when x.good then 0 else 1 end,
               case when not x.good then l_now end, x.error
          from (select c.*, f.feed_id, f.by_url, c.error is null as good,
                       row_number() over (partition by c.feed
                                              order by c.n) as turn
                  from unnest(i_feeds, i_etags, i_last_modified, i_changed,
                              i_errors)
                       with ordinality c (feed, etag, last_modified, changed,
                                          error, n)
                  left join kpid.feed f on f.feed = c.feed) x
         where x.turn = l_turn
         order by x.feed_id
            on conflict on constraint feed_state_pkey do update
           -- without an hour it was a part of the feed, which is no check
           set checked_at = coalesce(excluded.checked_at, s.checked_at),
               changed_at = coalesce(excluded.changed_at, s.changed_at),
               etag = case when excluded.changed_at is not null
                           then excluded.etag
                           else coalesce(excluded.etag, s.etag) end,
               last_modified = case when excluded.changed_at is not null
                                    then excluded.last_modified
                                    else coalesce(excluded.last_modified,
                                                  s.last_modified) end,
               failures = case when excluded.checked_at is null
                               then s.failures
                               when excluded.error is null then 0
                               else s.failures + 1 end,
               failing_since = case when excluded.checked_at is null
                                    then s.failing_since
                                    when excluded.error is not null
                                    then coalesce(s.failing_since, l_now) end,
               error = case when excluded.checked_at is null then s.error
                            else excluded.error end;
        get diagnostics l_done = row_count;
        l_left := l_left - l_done;
        l_turn := l_turn + 1;
    end loop;
end $$;
comment on function kpid.feeds_checked(text[], text[], text[], boolean[],
                                       text[]) is
    'remembers attempts at feeds';
