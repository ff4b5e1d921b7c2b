-- ----------------------------------------------------------------------
-- View: kpi.growth
--
--      Grain: one month of a monthly series. Everything is null while a month
--      it needs has no number: no sum of eleven months is called twelve. Each
--      month looks at the thirteen that end with it by their key (offset 0:
--      their bounds are computed once), so one month costs what it reads, and
--      not its series' whole past.
-- ----------------------------------------------------------------------
create or replace view kpi.growth as
select s.org_code as org, s.indicator, s.frequency, s.dims, p.period,
       p.period_ja, o.period as period_start, p.last as period_end, o.value,
       i.unit, i.measure,
       y.previous as previous_month, o.value - y.previous as mom,
       round(100 * (o.value - y.previous) / nullif(abs(y.previous), 0), 4)
           as mom_percent,
       y.year_before, o.value - y.year_before as yoy,
       round(100 * (o.value - y.year_before)
             / nullif(abs(y.year_before), 0), 4) as yoy_percent,
       case when i.measure = 'flow_ytd' then o.value
            when i.measure = 'flow' and y.to_date_months = m.of_year
            then y.to_date end as fiscal_year_to_date,
       case when i.measure = 'flow' and y.months = 12
            then y.total end as rolling_12,
       o.since as event
  from kpid.series s
  join kpid.observation o on o.org = s.org and o.series = s.series
  join kpid.indicator i on i.indicator = s.indicator
  left join kpid.period p on p.span = s.span and p.first = o.period
 cross join lateral (
       select x.month, (x.month - interval '1 month')::date as before,
              (x.month + interval '1 month')::date as next,
              (x.month - interval '12 months')::date as year_ago,
              (x.month - interval '11 months')::date as eleven_ago,
              x.of_year,
              (x.month - make_interval(months => x.of_year - 1))::date
                  as april
         from (select date_trunc('month', o.period)::date as month,
                      (extract(month from o.period)::int + 8) % 12 + 1
                          as of_year) x
       offset 0) m
 cross join lateral (
       select max(x.value) filter (where x.period >= m.before
                                     and x.period < m.month) as previous,
              max(x.value) filter (where x.period < m.eleven_ago)
                  as year_before,
              count(x.value) filter (where x.period >= m.eleven_ago)
                  as months,
              sum(x.value) filter (where x.period >= m.eleven_ago) as total,
              count(x.value) filter (where x.period >= m.april)
                  as to_date_months,
              sum(x.value) filter (where x.period >= m.april) as to_date
         from kpid.observation x
        where x.org = s.org and x.series = s.series
          and x.period >= m.year_ago and x.period < m.next
          and x.status <> 'X') y
 where s.frequency = 'M'
   and o.status <> 'X';
comment on view kpi.growth is
    'monthly series against the month and the year before, summed to date '
    'and over 12 months';
comment on column kpi.growth.org is
    '六桁の全国地方公共団体コード, as text with its leading zero';
comment on column kpi.growth.indicator is 'what is measured, see kpi.catalog';
comment on column kpi.growth.frequency is
    'D W M Q S A (SDMX CL_FREQ), FY for a fiscal year';
comment on column kpi.growth.dims is
    'further dimensions as a JSON object, {} for none';
comment on column kpi.growth.period is
    '2024-09-30, 2024-09, 2024-Q3, 2024-S1, 2024-W36, 2024, FY2024, or '
    'first/last';
comment on column kpi.growth.period_ja is 'the period as a town hall writes it';
comment on column kpi.growth.period_start is 'first day';
comment on column kpi.growth.period_end is 'last day, inside';
comment on column kpi.growth.value is 'of the month';
comment on column kpi.growth.unit is 'of the value';
comment on column kpi.growth.measure is 'stock, flow, flow_ytd or ratio';
comment on column kpi.growth.previous_month is 'the value one month before';
comment on column kpi.growth.mom is 'change from the previous month, in unit';
comment on column kpi.growth.mom_percent is 'the same in percent';
comment on column kpi.growth.year_before is 'the value twelve months before';
comment on column kpi.growth.yoy is 'change from the year before, in unit';
comment on column kpi.growth.yoy_percent is 'the same in percent';
comment on column kpi.growth.fiscal_year_to_date is
    'sum since April, of flows with every month there; a running total as it '
    'is';
comment on column kpi.growth.rolling_12 is
    'sum of twelve months, of flows with every month there';
comment on column kpi.growth.event is 'vintage of the month''s value';
