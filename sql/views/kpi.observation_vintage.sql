-- ----------------------------------------------------------------------
-- View: kpi.observation_vintage
--
--      Grain: one statement of a delivery about one period of a series. For
--      analysts who ask what was answered when: as of event n are the rows with
--      event <= n and (until_event is null or until_event > n). Rows with
--      until_event = event never were the latest: an older file that came late.
--      line and col are null where a repeated body alone knows them.
--      A condition on org or indicator finds the series, and they the keys; one
--      on period finds its first day. Joined from the left, though none is
--      ever missing: what a question does not name is then not joined.
-- ----------------------------------------------------------------------
create or replace view kpi.observation_vintage as
select s.org_code as org, s.indicator, s.frequency, s.dims,
       p.period, p.period_ja, o.period as period_start,
       p.last as period_end,
       o.value, kpid.missing_reason(o.status) as missing,
       case when o.status = 'e' then 'O' else o.status::text end as status,
       i.unit, o.delivery, case when not s.derived then nullif(o.line, 0) end as line,
       case when not s.derived then nullif(o.col, 0) end as col, d.published_at,
       e.at as known_at, o.since as event, o.until as until_event,
       s.series, s.span, d.vintage_at, d.typed_by, s.derived
  from (select l.org, l.series, l.period, l.since, null::int as until,
               l.delivery, l.line, l.col, l.status, l.value
          from kpid.observation l
         union all
        select h.org, h.series, h.period, h.since, h.until, h.delivery,
               h.line, h.col, h.status, h.value
          from kpid.superseded h) o
  join kpid.series s on s.org = o.org and s.series = o.series
  left join kpid.period p on p.span = s.span and p.first = o.period
  left join kpid.delivery d on d.delivery = o.delivery
  left join kpid.event e on e.event = o.since
  left join kpid.indicator i on i.indicator = s.indicator
 where o.status <> 'X';
comment on view kpi.observation_vintage is
    'all values that were ever stated, with the events between which they '
    'were the latest';
comment on column kpi.observation_vintage.org is
    '六桁の全国地方公共団体コード, as text with its leading zero';
comment on column kpi.observation_vintage.indicator is
    'what is measured, see kpi.catalog';
comment on column kpi.observation_vintage.frequency is
    'D W M Q S A (SDMX CL_FREQ), FY for a fiscal year';
comment on column kpi.observation_vintage.dims is
    'further dimensions as a JSON object, {} for none';
comment on column kpi.observation_vintage.period is
    '2024-09-30, 2024-09, 2024-Q3, 2024-S1, 2024-W36, 2024, FY2024, or '
    'first/last';
comment on column kpi.observation_vintage.period_ja is
    'the period as a town hall writes it';
comment on column kpi.observation_vintage.period_start is 'first day';
comment on column kpi.observation_vintage.period_end is 'last day, inside';
comment on column kpi.observation_vintage.value is
    'exact, in unit; null when missing';
comment on column kpi.observation_vintage.missing is
    'not_applicable, suppressed, not_collected, not_available or error; null '
    'for a number';
comment on column kpi.observation_vintage.status is
    'SDMX OBS_STATUS: A normal, P provisional, E estimated, B break, M Q L O '
    'missing';
comment on column kpi.observation_vintage.unit is 'of the value';
comment on column kpi.observation_vintage.delivery is
    'who says so, see kpi.delivery; of a computed value the newest it rests '
    'on';
comment on column kpi.observation_vintage.line is
    'line of the delivered table; null when computed';
comment on column kpi.observation_vintage.col is
    'column of the delivered table; null when computed';
comment on column kpi.observation_vintage.published_at is
    'when the source says it was published, if it says';
comment on column kpi.observation_vintage.known_at is
    'when the store came to answer this';
comment on column kpi.observation_vintage.event is
    'number of the event that made it the latest: the vintage to cite';
comment on column kpi.observation_vintage.until_event is
    'event that replaced it; null: still the latest; = event: never was';
comment on column kpi.observation_vintage.series is 'number of the series';
comment on column kpi.observation_vintage.span is
    'length of its periods: D W M Q S A FY P6M P10D';
comment on column kpi.observation_vintage.vintage_at is
    'publishing order: published_at, or the receipt when that is not said or '
    'later';
comment on column kpi.observation_vintage.typed_by is
    'the person who typed it (kpid put); null: it came from a file';
comment on column kpi.observation_vintage.derived is
    'computed by kpid from other indicators, see kpi.derivation';
