create or replace function kpid.point_periods(
    i_event int, i_as_of date, i_every boolean, g kpid.target)
returns setof kpid.point
language plpgsql stable
rows 1
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan   -- plpgsql for its kept plan
set jit = off
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.point_periods(12, '2024-09-30', false, target)
--
--      Where a target of the kind "each month once" is judged: periods kept
--      against periods that are over and reported; a period without report is
--      unknown, not missed. A bare total is compared with the number of dates
--      (by_total); of weekdays only when the calendar says which days are out,
--      for otherwise nobody knows the number. Not inlined: it
--      is rarely asked, and planned once for a session.
--
-- Parameters:
--      i_event, i_as_of, i_every, g  - as for kpid.point_value
--
-- Returns:
--      kpid.point rows: y kept, e due by t, aim due in the year
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
#variable_conflict use_column
begin
    return query
with due as materialized (
    select c.*
      from kpid.calendar_due(g.calendar, kpid.year_first(g.fiscal_year, g.year_kind),
                             kpid.year_first(g.fiscal_year + 1, g.year_kind) - 1) c
), asked as materialized (
    select case when g.calendar ~ 'weekdays:' then 'D' when g.calendar ~ 'weekly:' then 'W'
                else 'M' end as span,
           g.calendar !~ 'weekdays:' or g.calendar ~ '(holidays|out):' as closed,
           (select count(*) from due) as periods, (select sum(d.quota) from due d) as quotas,
           coalesce(substring(g.calendar, 'allow:(\d+)')::int, 0) as allow
), each as materialized (    -- a series of the calendar's own periods
    select s.series, s.frequency, s.span, o.period as first, d.last as t,
           count(*) filter (where o.value >= d.quota) over w as y, count(*) over w as e,
           bool_or(o.status in ('P', 'E')) over w as estimated
      from asked a
      join kpid.series s on s.org = g.org and s.indicator = g.indicator and s.dims = g.dims
       and s.span = a.span and (s.span <> 'D' or s.frequency = 'D')
     cross join lateral kpid.value_known(i_event, s.org, s.series, g.compare) o
      join due d on d.first = o.period
     where o.period >= kpid.year_first(g.fiscal_year, g.year_kind)
       and o.period <= i_as_of and d.last <= i_as_of
    window w as (partition by s.series order by o.period)
), found as (
    select x.series, x.frequency, x.span, x.first, x.t, x.y, x.e, x.estimated,
           false as by_total, true as closed
      from each x
     union all
    select r.series, r.frequency, r.span, r.first, r.t, r.y,
           case when a.closed then (select sum(d.quota) from due d where d.last <= r.t) end,
           r.estimated, true, a.closed
      from asked a
      join kpid.indicator i on i.indicator = g.indicator
      join kpid.series s on s.org = g.org and s.indicator = g.indicator and s.dims = g.dims
     cross join lateral kpid.value_run(i_event, i_as_of, 0, not i_every, g, s, i) r
     where r.whole and not exists (select from each)
)
select g.org, g.target, g.fiscal_year, g.version, f.series, f.frequency, f.span, f.first, f.t,
       'periods', 1, false, 0, i.monotone, kpid.year_first(g.fiscal_year, g.year_kind),
       kpid.year_first(g.fiscal_year, g.year_kind) - 1,
       f.y::numeric, null::int, f.by_total,
       case when f.closed
            then (case when f.by_total then a.quotas else a.periods end - a.allow)::numeric end,
       0::numeric, f.e::numeric, null::numeric, f.estimated, false, false, null::int, null::date,
       f.t = max(f.t) over (), null::int, null::date
  from asked a
 cross join kpid.indicator i
  left join found f on true
 where i.indicator = g.indicator
 order by f.t desc
 limit case when not i_every then 1 end;
end;
$$;
comment on function kpid.point_periods(int, date, boolean, kpid.target) is
    'where a target of the kind "each month once" is judged';
