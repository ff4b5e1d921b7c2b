-- ----------------------------------------------------------------------
-- View: kpi.derivation
--
--      Grain: one input of a computed value, as both are now: where a number
--      comes from that no delivery states. An input that is computed itself
--      has rows of its own. A condition on org or indicator reaches the keys.
-- ----------------------------------------------------------------------
create or replace view kpi.derivation as
select s.org_code as org, s.indicator, s.frequency, s.dims,
       kpid.period_text(s.span, o.period) as period,
       kpid.period_ja(s.span, o.period) as period_ja,
       o.period as period_start, o.value,
       kpid.missing_reason(o.status) as missing,
       kpid.derivation_text(g.kind, g.inputs, g.factor) as formula,
       i.n as place, i.indicator as input,
       kpid.period_text(i.span, i.period) as input_period,
       i.value as input_value,
       kpid.missing_reason(i.status) as input_missing,
       case when i.status = 'e' then 'O' else i.status::text end
           as input_status,
       x.unit as input_unit, i.derived as input_derived,
       i.delivery as input_delivery, i.line as input_line, i.col as input_col,
       o.since as event, s.series, i.series as input_series
  from kpid.series s
  join kpid.derivation g on g.indicator = s.indicator and g.until is null
  join kpid.observation o on o.org = s.org and o.series = s.series
 cross join lateral kpid.derived_inputs(s.org, s.series, o.period, null) i
  left join kpid.indicator x on x.indicator = i.indicator
 where s.derived and o.status <> 'X';
comment on view kpi.derivation is
    'what computed values rest on: indicators, periods, deliveries, cells';
comment on column kpi.derivation.org is
    '六桁の全国地方公共団体コード, as text with its leading zero';
comment on column kpi.derivation.indicator is 'what is computed';
comment on column kpi.derivation.frequency is
    'D W M Q S A (SDMX CL_FREQ), FY for a fiscal year';
comment on column kpi.derivation.dims is
    'further dimensions as a JSON object, {} for none';
comment on column kpi.derivation.period is
    'of the computed value, as kpi.observation writes it';
comment on column kpi.derivation.period_ja is
    'the period as a town hall writes it';
comment on column kpi.derivation.period_start is 'its first day';
comment on column kpi.derivation.value is
    'the computed value; null when missing';
comment on column kpi.derivation.missing is 'why there is no number';
comment on column kpi.derivation.formula is
    'how it is computed: 100 x a / b, a + b, a less the month before';
comment on column kpi.derivation.place is
    'place of the input in the formula, from 1';
comment on column kpi.derivation.input is 'indicator of the input';
comment on column kpi.derivation.input_period is
    'period of the input; a population may be older than the value';
comment on column kpi.derivation.input_value is
    'what the input says; null when missing';
comment on column kpi.derivation.input_missing is 'why it says no number';
comment on column kpi.derivation.input_status is 'SDMX OBS_STATUS of the input';
comment on column kpi.derivation.input_unit is 'unit of the input';
comment on column kpi.derivation.input_derived is
    'the input is computed itself: look for it as indicator';
comment on column kpi.derivation.input_delivery is
    'who says so, see kpi.delivery';
comment on column kpi.derivation.input_line is
    'line of the delivered table; null when computed';
comment on column kpi.derivation.input_col is
    'column of the delivered table; null when computed';
comment on column kpi.derivation.event is 'vintage of the computed value';
comment on column kpi.derivation.series is 'number of the computed series';
comment on column kpi.derivation.input_series is 'number of the input''s series';
