-- ----------------------------------------------------------------------
-- View: kpi.growth
--
--      Grain: one month of a monthly series. Everything is null while a month
--      it needs has no number: no sum of eleven months is called twelve.
-- ----------------------------------------------------------------------
create or replace view kpi.growth as
select m.org, m.indicator, m.frequency, m.dims, m.period, m.period_ja,
       m.period_start, m.period_end, m.value, m.unit, m.measure,
       first_value(m.value) over previous as previous_month,
       m.value - first_value(m.value) over previous as mom,
       round(100 * (m.value - first_value(m.value) over previous)
             / nullif(abs(first_value(m.value) over previous), 0), 4)
             as mom_percent,
       first_value(m.value) over year_ago as year_before,
       m.value - first_value(m.value) over year_ago as yoy,
       round(100 * (m.value - first_value(m.value) over year_ago)
             / nullif(abs(first_value(m.value) over year_ago), 0), 4)
             as yoy_percent,
       case when m.measure = 'flow_ytd' then m.value
            when m.measure = 'flow'
             and count(m.value) over year_to_date = (m.month + 8) % 12 + 1
            then sum(m.value) over year_to_date end as fiscal_year_to_date,
       case when m.measure = 'flow' and count(m.value) over twelve = 12
            then sum(m.value) over twelve end as rolling_12,
       m.event
  from (select o.*, i.measure,
               extract(month from o.period_start)::int as month,
               (extract(year from o.period_start) * 12
                + extract(month from o.period_start))::int as month_no
          from kpi.observation o
          join kpid.indicator i using (indicator)
         where o.frequency = 'M') m
window series as (partition by m.org, m.series, m.indicator
                  order by m.month_no),
       previous as (series range between 1 preceding and 1 preceding),
       year_ago as (series range between 12 preceding and 12 preceding),
       twelve as (series range between 11 preceding and current row),
       year_to_date as (partition by m.org, m.series, m.indicator,
                                     (m.month_no - 4) / 12
                        order by m.month_no
                        range between unbounded preceding and current row);
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
