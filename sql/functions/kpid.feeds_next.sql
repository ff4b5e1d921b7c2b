create or replace function kpid.feeds_next(
    i_feeds text[], i_next_at timestamptz[])
returns void
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan  -- any batch is planned alike, once
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.feeds_next(2)
--
--      Remembers when feeds are due next, for kpi.calendar: schedules are
--      reckoned by the daemon, which knows holidays and grace.
--      Security definer: the collector may change these tables through
--      the loading functions alone.
--
-- Parameters, a column each:
--      i_feeds   - names; of one that stands twice the last counts
--      i_next_at - the next attempt; null when none is planned
--
-- Tables directly manipulated:
--      upsert - kpid.feed_state
-- ----------------------------------------------------------------------
begin
    insert into kpid.feed_state as s (feed_id, next_at)
    select distinct on (x.feed_id) x.feed_id, x.next_at
      from (select coalesce(f.feed_id, kpid.feed_id(c.feed)) as feed_id,
                   c.next_at, c.n
              from unnest(i_feeds, i_next_at)
                   with ordinality c (feed, next_at, n)
              left join kpid.feed f on f.feed = c.feed) x
     order by x.feed_id, x.n desc
        on conflict on constraint feed_state_pkey do update
       set next_at = excluded.next_at
     where s.next_at is distinct from excluded.next_at;
end $$;
comment on function kpid.feeds_next(text[], timestamptz[]) is
    'remembers when feeds are due next';
