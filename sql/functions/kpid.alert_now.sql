create or replace function kpid.alert_now(i_event int, i_as_of date)
returns table (org int, target text, fiscal_year int, version int, level int, bad int,
               level_then int, t date, status text, series int, first date)
language sql stable
rows 10000
set search_path = pg_catalog, pg_temp
set jit = off
set enable_nestloop = off           -- join the steps by hash, never pairwise
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.alert_now(12, '2024-09-30')
--
--      What each alert is, as a function of what is known: nothing of it is
--      stored.
--
-- Parameters:
--      i_event  - as known at this event
--      i_as_of  - periods that end later are not complete
--
-- Returns:
--      version     - the newest of the target
--      level, bad  - the fold over the year's periods
--      level_then  - the fold to the period that was told last, as known now
--      t, status, series, first  - the newest period that has a value
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
with period as materialized (
    select p.*, a.told_period
      from kpid.period_status(i_event, i_as_of) p
      left join kpid.alert a using (org, target, fiscal_year)
), folded as (
    select p.org, p.target, p.fiscal_year,
           kpid.fold(p.said, p.need order by p.t) as state,
           kpid.fold(p.said, p.need order by p.t) filter (where p.t <= p.told_period) as state_then
      from period p
     group by p.org, p.target, p.fiscal_year
), newest as (
    select distinct on (p.org, p.target, p.fiscal_year) p.*
      from period p
     order by p.org, p.target, p.fiscal_year, p.t desc nulls last
)
select h.org, h.target, h.fiscal_year, h.version, coalesce(f.state[1], 0), coalesce(f.state[2], 0),
       coalesce(f.state_then[1], 0), n.t, n.status, n.series, n.first
  from kpid.target_held(i_event, i_as_of, false) h
  left join folded f using (org, target, fiscal_year)
  left join newest n using (org, target, fiscal_year);
$$;
comment on function kpid.alert_now(int, date) is
    'what each alert is, as a function of what is known: nothing of it is stored';
