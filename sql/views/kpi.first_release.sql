-- ----------------------------------------------------------------------
-- View: kpi.first_release
--
--      Grain: one period of a series, the first value its sources published, in
--      publishing order, as known now.
-- ----------------------------------------------------------------------
create or replace view kpi.first_release as
select distinct on (v.series, v.period_start, v.org, v.indicator,
                    v.frequency)
       v.org, v.indicator, v.frequency, v.dims, v.period, v.period_ja,
       v.period_start, v.period_end, v.value, v.missing, v.status, v.unit,
       v.delivery, v.line, v.col, v.published_at, v.known_at, v.event,
       v.series, v.span, v.derived
  from kpi.publication v
 order by v.series, v.period_start, v.org, v.indicator, v.frequency,
          v.vintage_at, v.fetched_at, v.rank_no;
comment on view kpi.first_release is
    'the first published value of every period';
comment on column kpi.first_release.org is
    '六桁の全国地方公共団体コード, as text with its leading zero';
comment on column kpi.first_release.indicator is
    'what is measured, see kpi.catalog';
comment on column kpi.first_release.frequency is
    'D W M Q S A (SDMX CL_FREQ), FY for a fiscal year';
comment on column kpi.first_release.dims is
    'further dimensions as a JSON object, {} for none';
comment on column kpi.first_release.period is
    '2024-09-30, 2024-09, 2024-Q3, 2024-S1, 2024-W36, 2024, FY2024, or '
    'first/last';
comment on column kpi.first_release.period_ja is
    'the period as a town hall writes it';
comment on column kpi.first_release.period_start is 'first day';
comment on column kpi.first_release.period_end is 'last day, inside';
comment on column kpi.first_release.value is
    'exact, in unit; null when missing';
comment on column kpi.first_release.missing is
    'not_applicable, suppressed, not_collected, not_available or error; null '
    'for a number';
comment on column kpi.first_release.status is
    'SDMX OBS_STATUS: A normal, P provisional, E estimated, B break, M Q L O '
    'missing';
comment on column kpi.first_release.unit is 'of the value';
comment on column kpi.first_release.delivery is 'who says so, see kpi.delivery';
comment on column kpi.first_release.line is 'line of the delivered table';
comment on column kpi.first_release.col is 'column of the delivered table';
comment on column kpi.first_release.published_at is
    'when the source says it was published, if it says';
comment on column kpi.first_release.known_at is
    'when the store came to answer this';
comment on column kpi.first_release.event is
    'number of the event that made it the latest: the vintage to cite';
comment on column kpi.first_release.series is 'number of the series';
comment on column kpi.first_release.span is
    'length of its periods: D W M Q S A FY P6M P10D';
comment on column kpi.first_release.derived is
    'computed by kpid from other indicators, see kpi.derivation';
