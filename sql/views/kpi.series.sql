-- ----------------------------------------------------------------------
-- View: kpi.series
--
--      Grain: one series with names, what it covers and its newest period:
--      where analysts look for what there is, and what a dashboard prints as
--      "now". Periods come from the ends of the key, so a condition on org or
--      indicator costs by the series it leaves. latest is the newest period
--      that has a number.
-- ----------------------------------------------------------------------
create or replace view kpi.series as
select s.org_code as org, g.name as organization, g.prefecture, s.indicator,
       i.name_ja, s.frequency, s.dims, i.unit, i.measure,
       kpid.period_text(s.span, f.period) as first_period,
       kpid.period_text(s.span, l.period) as latest_period,
       kpid.period_ja(s.span, l.period) as latest_period_ja,
       kpid.period_last(s.span, l.period) as latest_period_end,
       l.value as latest_value,
       l.status::text as latest_status, l.delivery,
       case when not s.derived then l.line end as line,
       case when not s.derived then l.col end as col,
       l.since as event, s.series, s.span, s.derived
  from kpid.series s
  left join kpid.organization g on g.org = s.org
  left join kpid.indicator i on i.indicator = s.indicator
 cross join lateral (
       select o.period
         from kpid.observation o
        where o.org = s.org and o.series = s.series and o.status <> 'X'
        order by o.period
        limit 1) f
  left join lateral (
       select o.*
         from kpid.observation o
        where o.org = s.org and o.series = s.series
          and o.value is not null
        order by o.period desc
        limit 1) l on true;
comment on view kpi.series is
    'series with the names of what and who, and their newest number';
comment on column kpi.series.org is
    '六桁の全国地方公共団体コード, as text with its leading zero';
comment on column kpi.series.organization is
    'its name; null for a code that kpi.organization does not have';
comment on column kpi.series.prefecture is 'where it lies';
comment on column kpi.series.indicator is 'what is measured, see kpi.catalog';
comment on column kpi.series.name_ja is 'name of the indicator';
comment on column kpi.series.frequency is
    'D W M Q S A (SDMX CL_FREQ), FY for a fiscal year';
comment on column kpi.series.dims is
    'further dimensions as a JSON object, {} for none';
comment on column kpi.series.unit is 'of the values';
comment on column kpi.series.measure is
    'stock, flow, flow_ytd (running total of the fiscal year) or ratio';
comment on column kpi.series.first_period is
    'first period with a row, as kpi.observation writes it';
comment on column kpi.series.latest_period is
    'newest period with a number; null when there is none';
comment on column kpi.series.latest_period_ja is
    'the same as a town hall writes it';
comment on column kpi.series.latest_period_end is 'its last day';
comment on column kpi.series.latest_value is 'its number, exact, in unit';
comment on column kpi.series.latest_status is
    'SDMX OBS_STATUS: A normal, P provisional, E estimated, B break';
comment on column kpi.series.delivery is
    'who says so, see kpi.delivery; of a computed value the newest it rests '
    'on';
comment on column kpi.series.line is
    'line of the delivered table; null when computed';
comment on column kpi.series.col is
    'column of the delivered table; null when computed';
comment on column kpi.series.event is 'vintage of that value';
comment on column kpi.series.series is 'number of the series';
comment on column kpi.series.span is
    'length of its periods: D W M Q S A FY P6M P10D';
comment on column kpi.series.derived is
    'computed by kpid from other indicators, see kpi.derivation';
