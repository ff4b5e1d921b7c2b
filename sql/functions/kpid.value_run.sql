create or replace function kpid.value_run(
    i_event int, i_as_of date, i_year int, i_last boolean,
    g kpid.target, s kpid.series, i kpid.indicator)
returns setof kpid.reading
language sql stable
rows 12
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.value_run(12, '2024-09-30', 0, true, target, series, indicator)
--
--      What a series says for a target in one year: for every complete period
--      the aggregate from the year's start. Weeks belong to a year when they
--      lie wholly inside. Of a ratio a period without numerator or with an
--      unknown or zero denominator is left out of both; ratios computed here
--      are rounded to the indicator's decimals, so that what is printed is
--      what is judged. No search_path setting: the planner inlines it; what it
--      takes of the target for each row is taken out of its row once.
--
-- Parameters:
--      i_event  - as known at this event
--      i_as_of  - periods that end later are not complete
--      i_year   - 0 is the target's year, -1 the year before
--      i_last   - of values that are not summed the last one is enough
--      g, s, i  - the target, one of its series, its indicator
--
-- Returns:
--      kpid.reading rows
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select y.org, y.target, y.fiscal_year, y.version, s.series, s.frequency, y.span, i_year,
       kpid.year_position(y.begins, v.last, y.span), v.period, v.last, v.y, v.n, v.whole,
       v.last + case y.span when 'W' then 7 else 1 end >= y.next,
       v.estimated, v.broken, v.delivery, v.line, v.col
  from (select g.org, g.target, g.fiscal_year, g.version, g.aggregate, g.compare, s.span,
               kpid.year_first(g.fiscal_year + i_year, g.year_kind) as begins,
               kpid.year_first(g.fiscal_year + i_year + 1, g.year_kind) as next,
               -- a level may run on over several years
               g.aggregate = 'latest' and i_year = 0 and g.due
                   >= kpid.year_first(g.fiscal_year + i_year + 1, g.year_kind) as runs_on,
               g.aggregate = 'sum' as sums, g.unit in ('%', '％') as percent
        offset 0) y
 cross join lateral (
    (select o.period, kpid.period_last(y.span, o.period) as last, o.value as y, 1 as n,
            true as whole, o.status in ('P', 'E') as estimated, o.status = 'B' as broken,
            o.delivery, o.line, o.col
       from kpid.value_known(i_event, y.org, s.series, y.compare) o
      where y.aggregate in ('latest', 'ytd')
        and o.period >= case y.aggregate when 'ytd' then y.begins else y.begins - 366 end
        and o.period <= i_as_of
        and kpid.period_last(y.span, o.period) between y.begins and i_as_of
        and (y.runs_on or kpid.period_last(y.span, o.period) < y.next)
      order by o.period desc
      limit case when i_last then 1 end)
     union all
    (select r.period, r.last,
            case when y.sums then sum(r.value) over w
                 else round(case when y.aggregate = 'mean' then sum(r.value * r.w) over w
                                 when y.percent then 100 * sum(r.value) over w
                                 else sum(r.value) over w end / sum(r.w) over w, i.decimals) end,
            count(*) over w::int,
            -- days before t that no period covers make a sum unknown
            not y.sums or y.span = 'D' and s.frequency <> 'D'
            or sum(r.last - r.period + 1) over w = r.last + 1 - y.begins
               - case y.span when 'W' then (8 - date_part('isodow', y.begins)::int) % 7 else 0 end,
            bool_or(r.status in ('P', 'E')) over w, bool_or(r.status = 'B') over w,
            r.delivery, r.line, r.col
       from (select o.*, kpid.period_last(y.span, o.period) as last,
                    case when not y.sums
                         then kpid.weight_of(i_event, g, s.series, i.denominator, o.period)
                         end as w
               from kpid.value_known(i_event, y.org, s.series, y.compare) o
              where y.aggregate in ('sum', 'mean', 'ratio_of_sums')
                and o.period >= y.begins and o.period <= i_as_of
             offset 0) r
      where r.last <= i_as_of and r.last < y.next
        and (y.sums or r.w <> 0)
     window w as (order by r.period))) v;
$$;
comment on function kpid.value_run(
    int, date, int, boolean, kpid.target, kpid.series, kpid.indicator) is
    'what a series says for a target in one year';
