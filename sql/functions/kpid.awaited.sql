create or replace function kpid.awaited()
returns table (feed text, awaited timestamptz)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.awaited()
--
--      What the program polls for: the feeds that are looked at until a period
--      newer than any of theirs is there. What a fetch brought is not asked:
--      an old file that is published again ends nothing.
--
-- Returns:
--      awaited: the first look by the schedule that can bring the period
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select f.feed, min(e.asked_at)
  from kpid.expected e
  join kpid.feed f using (feed_id)
 where e.arrived_at is null and e.asked_at is not null
   and f.active and f.give_up_days is not null
 group by f.feed;
$$;
comment on function kpid.awaited() is 'the feeds that are polled, and since when';
