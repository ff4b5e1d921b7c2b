create or replace function kpid.target_periods(i_event int, i_as_of date, i_every boolean)
returns setof kpid.point
language plpgsql stable
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan   -- plpgsql for its kept plan
set jit = off
set enable_nestloop = off                     -- join the steps by hash, never pairwise
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.target_periods(12, '2024-09-30', false)
--
--      Where targets of the kind "each month once" are judged: periods kept
--      against periods that are over and reported. A bare total is compared
--      with the number of dates (by_total); of weekdays only when the calendar
--      says which days are out, for otherwise nobody knows the number.
--
-- Parameters:
--      i_event, i_as_of, i_every  - as for kpid.target_point
--
-- Returns:
--      kpid.point rows: y kept, e due by t, aim due in the year
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
begin
    return query
with asked as materialized (
    select g.org, g.target, g.fiscal_year, g.version, g.indicator, g.calendar, i.monotone,
           h.newest, y.first as year_first, z.next - 1 as year_last,
           coalesce(substring(g.calendar, 'allow:(\d+)')::int, 0) as allow,
           case when g.calendar ~ 'weekdays:' then 'D' when g.calendar ~ 'weekly:' then 'W'
                else 'M' end as span,
           g.calendar !~ 'weekdays:' or g.calendar ~ '(holidays|out):' as closed
      from kpid.target_held(i_event, i_as_of, i_every) h
      join kpid.target g using (org, target, fiscal_year, version)
      join kpid.indicator i on i.indicator = g.indicator
     cross join lateral (select kpid.year_first(g.fiscal_year, g.year_kind) as first) y
     cross join lateral (select kpid.year_first(g.fiscal_year + 1, g.year_kind) as next) z
     where g.comparator = 'each_period_at_least'
), due as materialized (
    select a.org, a.target, a.fiscal_year, a.version, c.*
      from asked a
     cross join lateral kpid.calendar_due(a.calendar, a.year_first, a.year_last) c
), each as (                 -- a series of the calendar's own periods
    select a.*, s.series, s.frequency, o.period as first, d.last as t,
           count(*) filter (where o.value >= d.quota) over w as y, count(*) over w as e
      from asked a
      join kpid.series s on s.org = a.org and s.indicator = a.indicator and s.dims = '{}'
       and s.span = a.span and (s.span <> 'D' or s.frequency = 'D')
     cross join lateral (
        select x.* from kpid.as_of_event(i_event) x
         where x.org = s.org and x.series = s.series offset 0) o
      join due d on (d.org, d.target, d.fiscal_year, d.version, d.first)
                  = (a.org, a.target, a.fiscal_year, a.version, o.period)
     where o.value is not null and d.last <= i_as_of
    window w as (partition by a.org, a.target, a.version, s.series order by o.period)
), total as (                -- a bare total
    select a.*, r.series, r.frequency, r.span as of_span, r.first, r.t, r.y,
           case when a.closed
                then (select sum(d.quota) from due d
                       where (d.org, d.target, d.fiscal_year, d.version)
                           = (a.org, a.target, a.fiscal_year, a.version)
                         and d.last <= r.t) end as e
      from asked a
      join kpid.target_value(i_event, i_as_of, i_every) r using (org, target, fiscal_year, version)
     where r.year = 0 and r.whole
       and not exists (select from each x where (x.org, x.target, x.fiscal_year, x.version)
                                              = (a.org, a.target, a.fiscal_year, a.version))
), found as (
    select x.org, x.target, x.fiscal_year, x.version, x.series, x.frequency, x.span, x.first, x.t,
           x.monotone, x.year_first, x.y, x.e, x.allow, x.newest, false as by_total, true as closed
      from each x
     union all
    select x.org, x.target, x.fiscal_year, x.version, x.series, x.frequency, x.of_span, x.first,
           x.t, x.monotone, x.year_first, x.y, x.e, x.allow, x.newest, true, x.closed
      from total x
), last as (
    select f.*, max(f.t) over (partition by f.org, f.target, f.fiscal_year, f.version) as last_t
      from found f
)
select l.org, l.target, l.fiscal_year, l.version, l.series, l.frequency, l.span, l.first, l.t,
       'periods', 1, false, 0, l.monotone, l.year_first, l.year_first - 1,
       l.y::numeric, null::int, l.by_total,
       case when l.closed then
           (select case when l.by_total then sum(d.quota) else count(*) end - l.allow from due d
             where (d.org, d.target, d.fiscal_year, d.version)
                 = (l.org, l.target, l.fiscal_year, l.version)) end::numeric,
       0::numeric, l.e::numeric, null::numeric, false, false, false, null::int, null::date
  from last l
 where i_every and l.newest or l.t = l.last_t;
end;
$$;
comment on function kpid.target_periods(int, date, boolean) is
    'where targets of the kind "each month once" are judged';
