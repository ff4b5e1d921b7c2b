create or replace function kpid.backtest_days(i_from date, i_to date)
returns table (day date, event int, vintage boolean)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.backtest_days('2024-04-01', '2025-03-31')
--
--      The month ends of a replay, and what was known on each: the newest event
--      of that day where targets and values were loaded by then; else what is
--      known today, as reported, of periods complete on that day.
--
-- Parameters:
--      i_from, i_to  - null are the year before today, and today
--
-- Returns:
--      one row for each month end; vintage: known then
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select m.day, case when k.known then k.event else kpid.event_at(null) end, k.known
  from (select (d + interval '1 month')::date - 1 as day
          from generate_series(date_trunc('month', coalesce(i_from, kpid.today() - 365)::timestamp),
                               coalesce(i_to, kpid.today())::timestamp, interval '1 month') d) m
 cross join lateral (
    select max(e.event) as event,
           exists (select from kpid.target g where g.event <= max(e.event))
           and count(*) filter (where e.kind = 'load') > 0 as known
      from kpid.event e
     where e.at < (m.day + 1)::timestamptz) k
 where m.day <= coalesce(i_to, kpid.today());
$$;
comment on function kpid.backtest_days(date, date) is
    'the month ends of a replay, and what was known on each';
