create or replace function kpid.feed_next(
    i_feed text, i_next_at timestamptz)
returns void
language sql
security definer
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.feed_next(2)
--
--      Remembers when a feed is due next, for kpi.calendar: schedules are
--      reckoned by the daemon, which knows holidays and grace.
--      Security definer: the collector may change these tables through
--      the loading functions alone.
--
-- Parameters:
--      i_feed    - its name
--      i_next_at - the next attempt; null when none is planned
--
-- Tables directly manipulated:
--      upsert - kpid.feed_state
-- ----------------------------------------------------------------------
insert into kpid.feed_state as s (feed_id, next_at)
values (kpid.feed_id(i_feed), i_next_at)
    on conflict on constraint feed_state_pkey do update
   set next_at = excluded.next_at
 where s.next_at is distinct from excluded.next_at;
$$;
comment on function kpid.feed_next(text, timestamptz) is
    'remembers when a feed is due next';
