create or replace function kpid.point_value(
    i_event int, i_as_of date, i_every boolean, g kpid.target)
returns setof kpid.point
language sql stable
rows 1
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.point_value(12, '2024-09-30', false, target)
--
--      Where a target is judged: at the end of the last complete period of its
--      series, or of every one, and with what: value, target, baseline, last
--      year. Of several series of the indicator the one that knows the newest
--      period is judged, of equals the finest. No search_path setting: the
--      planner inlines it, and each target looks its own keys up; offset 0
--      keeps it from asking what a condition beside it excludes, and from
--      taking a column out of the target's row again for each row it meets.
--
-- Parameters:
--      i_event  - as known at this event
--      i_as_of  - periods that end later are not complete
--      i_every  - every period of the year, else the last one
--      g        - the target, none that goes by dates or by a calendar
--
-- Returns:
--      kpid.point rows; one without t when the year has no value
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select y.org, y.target, y.fiscal_year, y.version, v.series, v.frequency, v.span, v.first, v.t,
       case when y.is_count then 'count' when y.aggregate = 'latest' then 'level'
            else 'average' end,
       case when y.comparator in ('at_most', 'less_than_last_year') then -1 else 1 end,
       y.by_year, m.decimals, m.monotone, y.first,
       -- a plan over several years runs from its baseline
       case when y.due >= y.next then coalesce(y.baseline_date, y.first - 1) else y.first - 1 end,
       v.y, v.n, false,
       case when y.by_year then coalesce(b.total, y.value) else y.value end,
       case when y.is_count then 0
            when y.by_year then coalesce(b.total, y.value)
            else y.baseline end,
       case when y.by_year and y.is_count then b.so_far end,
       h.share, v.estimated, v.broken, y.by_year and coalesce(b.estimated, false),
       b.series, b.first, v.t = v.last_t,
       case when not y.is_count and y.aggregate <> 'latest'
            then kpid.periods_passed(v.span, y.first, v.t) end,
       case when m.settles_on is not null
            then (date_part('year', y.next) || '-' || m.settles_on)::date end
  from (select g.org, g.target, g.fiscal_year, g.version, g.indicator, g.aggregate,
               g.comparator, g.dims, g.due, g.value, g.baseline, g.baseline_date,
               kpid.year_first(g.fiscal_year, g.year_kind) as first,
               kpid.year_first(g.fiscal_year + 1, g.year_kind) as next,
               g.aggregate in ('sum', 'ytd') as is_count,
               g.comparator in ('more_than_last_year', 'less_than_last_year') as by_year
        offset 0) y
 cross join lateral (
    select x as i, x.decimals, x.monotone, x.numerator, x.settles_on
      from kpid.indicator x
     where x.indicator = y.indicator
    offset 0) m
  left join lateral (
    select r.*, first_value(r.series) over w as chosen, first_value(r.t) over w as last_t
      from kpid.series s
      join kpid.pace_of c on c.frequency = s.frequency
     cross join lateral kpid.value_run(i_event, i_as_of, 0, not i_every, g, s, m.i) r
     where s.org = y.org and s.dims = y.dims
       and s.indicator = case y.aggregate when 'ratio_of_sums' then m.numerator
                              else y.indicator end
       and r.whole and r.y is not null and r.first <= y.due
    window w as (order by r.t desc, c.rank, r.series)
     order by r.t desc, c.rank, r.series
     limit case when not i_every then 1 end) v on v.series = v.chosen
  left join lateral (
    select l.* from kpid.last_year(i_event, g, m.i, v.series, v.pos) l where y.by_year
    offset 0) b on true
  left join lateral (
    select p.share
      from kpid.past_share(i_event, v.first, g, v.series, v.frequency, v.span) p
     where y.is_count and v.t is not null and b.so_far is null and g.preset <> 'tama'
       and (coalesce(g.path, 'seasonal') = 'seasonal'
            or g.path = 'plan' and v.t < g.plan_stated)
    offset 0) h on true;
$$;
comment on function kpid.point_value(int, date, boolean, kpid.target) is
    'where a target is judged, and with what';
