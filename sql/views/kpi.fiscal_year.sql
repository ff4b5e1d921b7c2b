-- ----------------------------------------------------------------------
-- View: kpi.fiscal_year
--
--      Grain: one fiscal year (April to March) of a series with periods of a
--      year or less. A flow is summed, anything else is its last value in the
--      year. value is null until the year is complete; to_date is what there
--      is.
-- ----------------------------------------------------------------------
create or replace view kpi.fiscal_year as
select y.org, y.indicator, y.frequency, y.dims, y.fiscal_year,
       kpid.period_ja('FY', make_date(y.fiscal_year, 4, 1))
           as fiscal_year_ja,
       case when y.measure = 'flow' then 'sum' else 'last' end as aggregate,
       y.numbers::int as periods, y.expected as periods_expected,
       y.complete, case when y.complete then y.amount end as value,
       y.amount as to_date, y.last_end as to_date_end, y.unit, y.event
  from (select x.*,
               case when x.measure = 'flow' then x.numbers = x.expected
                    else x.reaches_end end as complete,
               case when x.measure = 'flow' then x.total
                    else x.last_value end as amount
          from (select o.org, o.indicator, o.frequency, o.dims, o.series,
                       f.fiscal_year, f.expected, i.measure, i.unit,
                       count(o.value) as numbers, sum(o.value) as total,
                       (array_agg(o.value order by o.period_start desc)
                        filter (where o.value is not null))[1] as last_value,
                       max(o.period_end) filter (where o.value is not null)
                           as last_end,
                       coalesce(bool_or(
                           o.period_end = make_date(f.fiscal_year + 1, 3, 31)
                           and o.value is not null), false) as reaches_end,
                       max(o.event) as event
                  from kpi.observation o
                  join kpid.indicator i using (indicator)
                 cross join lateral (
                       select extract(year from o.period_end
                                      - interval '3 months')::int
                                  as fiscal_year,
                              case o.frequency
                              when 'M' then 12 when 'Q' then 4
                              when 'S' then 2 when 'FY' then 1 end
                                  as expected) f
                 where o.frequency in ('D', 'M', 'Q', 'S', 'FY')
                 group by o.org, o.indicator, o.frequency, o.dims, o.series,
                          f.fiscal_year, f.expected, i.measure, i.unit) x) y;
comment on view kpi.fiscal_year is 'series by fiscal year, April to March';
comment on column kpi.fiscal_year.org is
    '六桁の全国地方公共団体コード, as text with its leading zero';
comment on column kpi.fiscal_year.indicator is
    'what is measured, see kpi.catalog';
comment on column kpi.fiscal_year.frequency is
    'D W M Q S A (SDMX CL_FREQ), FY for a fiscal year';
comment on column kpi.fiscal_year.dims is
    'further dimensions as a JSON object, {} for none';
comment on column kpi.fiscal_year.fiscal_year is '2024 for 令和6年度';
comment on column kpi.fiscal_year.fiscal_year_ja is '令和6年度';
comment on column kpi.fiscal_year.aggregate is
    'sum for flows, last for all else';
comment on column kpi.fiscal_year.periods is 'how many have a number';
comment on column kpi.fiscal_year.periods_expected is
    'how many a year has; null for days';
comment on column kpi.fiscal_year.complete is
    'every period of a flow is there, or the value of 31 March';
comment on column kpi.fiscal_year.value is
    'of the whole year; null while it is not complete';
comment on column kpi.fiscal_year.to_date is 'sum or last value so far';
comment on column kpi.fiscal_year.to_date_end is 'until when';
comment on column kpi.fiscal_year.unit is 'of the values';
comment on column kpi.fiscal_year.event is 'newest vintage in it';
