-- ----------------------------------------------------------------------
-- View: kpi.observation
--
--      Grain: one period of a series, its latest value. The view to start with.
--      A missing value is a row with a reason; a period without a row was never
--      stated, see kpi.series_filled.
-- ----------------------------------------------------------------------
create or replace view kpi.observation as
select v.org, v.indicator, v.frequency, v.dims, v.period, v.period_ja,
       v.period_start, v.period_end, v.value, v.missing, v.status, v.unit,
       v.delivery, v.line, v.col, v.published_at, v.known_at, v.event,
       v.series, v.span, v.typed_by, v.derived
  from kpi.observation_vintage v
 where v.until_event is null;
comment on view kpi.observation is
    'latest values: one row a period of a series';
comment on column kpi.observation.org is
    '六桁の全国地方公共団体コード, as text with its leading zero';
comment on column kpi.observation.indicator is
    'what is measured, see kpi.catalog';
comment on column kpi.observation.frequency is
    'D W M Q S A (SDMX CL_FREQ), FY for a fiscal year';
comment on column kpi.observation.dims is
    'further dimensions as a JSON object, {} for none';
comment on column kpi.observation.period is
    '2024-09-30, 2024-09, 2024-Q3, 2024-S1, 2024-W36, 2024, FY2024, or '
    'first/last';
comment on column kpi.observation.period_ja is
    'the period as a town hall writes it';
comment on column kpi.observation.period_start is 'first day';
comment on column kpi.observation.period_end is 'last day, inside';
comment on column kpi.observation.value is 'exact, in unit; null when missing';
comment on column kpi.observation.missing is
    'not_applicable, suppressed, not_collected, not_available or error; null '
    'for a number';
comment on column kpi.observation.status is
    'SDMX OBS_STATUS: A normal, P provisional, E estimated, B break, M Q L O '
    'missing';
comment on column kpi.observation.unit is 'of the value';
comment on column kpi.observation.delivery is
    'who says so, see kpi.delivery; of a computed value the newest it rests '
    'on';
comment on column kpi.observation.line is
    'line of the delivered table; null when computed';
comment on column kpi.observation.col is
    'column of the delivered table; null when computed';
comment on column kpi.observation.published_at is
    'when the source says it was published, if it says';
comment on column kpi.observation.known_at is
    'when the store came to answer this';
comment on column kpi.observation.event is
    'number of the event that made it the latest: the vintage to cite';
comment on column kpi.observation.series is 'number of the series';
comment on column kpi.observation.span is
    'length of its periods: D W M Q S A FY P6M P10D';
comment on column kpi.observation.typed_by is
    'the person who typed it (kpid put); null: it came from a file';
comment on column kpi.observation.derived is
    'computed by kpid from other indicators, see kpi.derivation';
