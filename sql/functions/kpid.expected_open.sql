create or replace function kpid.expected_open()
returns table (feed text, frequency text, period date, ends timestamptz)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.expected_open()
--
--      What is awaited without an hour yet: schedules are reckoned by the
--      program, which answers with kpid.expected_asked.
--
-- Returns:
--      the first scheduled look after `ends` is wanted
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select f.feed, e.frequency, e.period, e.ends
  from kpid.expected e
  join kpid.feed f using (feed_id)
 where e.arrived_at is null and e.asked_at is null and f.active and f.schedule is not null;
$$;
comment on function kpid.expected_open() is 'what is awaited without an hour yet';
