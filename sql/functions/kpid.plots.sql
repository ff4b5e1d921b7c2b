create or replace function kpid.plots(i_event int, i_as_of date, i_org int)
returns table (org int, target text, fiscal_year int, plot jsonb)
language sql stable
rows 100
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.plots(12, '2024-09-30', 202037)
--
--      The last periods of each target against its path, as a mail draws them.
--      Bars begin at 0; of levels that move within the upper half of that
--      they begin at a rounder number below the least, which is stated.
--      Expectations have the decimals of the values, one more than none of a
--      level's.
--
-- Parameters:
--      i_event, i_as_of, i_org  - as for kpid.plot_rows
--
-- Returns:
--      {from, cumulative, periods: [{period, period_ja, actual, expected,
--      status, bar, path}]}: bar and path in thousandths of the longest; the
--      year in period_ja where it is another than the row's before
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
with row as materialized (
    select r.*, max(scale(r.actual)) over w as places,
           least(min(r.actual) over w, min(r.expected) over w) as low,
           greatest(max(r.actual) over w, max(r.expected) over w) as high
      from kpid.plot_rows(i_event, i_as_of, i_org) r
    window w as (partition by r.org, r.target, r.fiscal_year)
), scaled as (
    select r.*, case when r.kind in ('level', 'average') and r.low > r.high / 2 and r.low < r.high
                     then floor((r.low - (r.high - r.low) / 4) / s.step) * s.step
                     else 0 end as start,
           round(r.expected, greatest(r.places, (r.kind in ('level', 'average'))::int)) as e,
           kpid.period_ja(r.span, r.first) as ja, kpid.era_year(r.first) as era,
           lag(kpid.era_year(r.first)) over (partition by r.org, r.target, r.fiscal_year
                                             order by r.first) as era_before
      from row r
     cross join lateral (select 10.0 ^ floor(log(nullif(r.high - r.low, 0))) as step) s
)
select s.org, s.target, s.fiscal_year, jsonb_build_object(
           'from', case when s.start > 0 then trim_scale(s.start) end,
           'cumulative', s.kind in ('count', 'periods'),
           'periods', jsonb_agg(jsonb_build_object(
               'period', kpid.period_text(s.span, s.first),
               'period_ja', case when s.era = s.era_before then substr(s.ja, length(s.era) + 1)
                                 else s.ja end,
               'actual', s.actual, 'expected', s.e, 'status', s.status,
               'bar', kpid.plot_length(s.actual, s.start, s.high),
               'path', kpid.plot_length(s.expected, s.start, s.high)) order by s.first))
  from scaled s
 group by s.org, s.target, s.fiscal_year, s.start, s.kind;
$$;
comment on function kpid.plots(int, date, int) is
    'the last periods of each target against its path, as a mail draws them';
