create or replace function kpid.feed_checked(
    i_feed text, i_etag text, i_last_modified text, i_changed boolean,
    i_error text)
returns void
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.feed_checked(5)
--
--      Remembers an attempt at a feed. A failed attempt keeps the
--      validators of the last good one; so does a "not modified" answer
--      that does not repeat them. Of a feed with many bodies one that
--      changed says nothing of the others: it is no check and ends no
--      failure.
--      Security definer: the collector may change these tables through
--      the loading functions alone.
--      Not in SQL: a session then plans it once, not for each delivery.
--
-- Parameters:
--      i_feed          - its name
--      i_etag          - validator of the answer
--      i_last_modified - validator of the answer
--      i_changed       - other bytes than the last time
--      i_error         - why it failed; null when it did not
--
-- Tables directly manipulated:
--      upsert - kpid.feed_state
-- ----------------------------------------------------------------------
declare
    l_now  constant timestamptz := kpid.now();
    l_part constant boolean := i_changed and i_error is null and coalesce(
        (select f.by_url from kpid.feed f where f.feed = i_feed), false);
begin
    insert into kpid.feed_state as s (feed_id, checked_at, changed_at, etag,
                                      last_modified, failures, failing_since,
                                      error)
    values (kpid.feed_id(i_feed), case when not l_part then l_now end,
            case when i_changed and i_error is null then l_now end,
            case when i_error is null then i_etag end,
            case when i_error is null then i_last_modified end,
            case when i_error is null then 0 else 1 end,
            case when i_error is not null then l_now end, i_error)
        on conflict on constraint feed_state_pkey do update
       set checked_at = coalesce(excluded.checked_at, s.checked_at),
           changed_at = coalesce(excluded.changed_at, s.changed_at),
           etag = case when i_error is null and i_changed then excluded.etag
                       else coalesce(excluded.etag, s.etag) end,
           last_modified = case when i_error is null and i_changed
                                then excluded.last_modified
                                else coalesce(excluded.last_modified,
                                              s.last_modified) end,
           failures = case when l_part then s.failures
                           when i_error is null then 0 else s.failures + 1 end,
           failing_since = case when l_part then s.failing_since
                                when i_error is not null
                                then coalesce(s.failing_since, l_now) end,
           error = case when l_part then s.error else i_error end;
end $$;
comment on function kpid.feed_checked(text, text, text, boolean, text) is
    'remembers an attempt at a feed';
