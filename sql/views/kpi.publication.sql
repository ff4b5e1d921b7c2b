-- ----------------------------------------------------------------------
-- View: kpi.publication
--
--      Grain: one statement that stands as known now (its delivery is loaded
--      and not retracted), with its place in publishing order. For
--      kpi.as_published, kpi.first_release and kpi.revision. hidden_at: a
--      later file of the same feed that withdraws left the key out; only
--      feeds that withdraw are asked, once for all rows. A statement that
--      only repeated its neighbour has no row. A computed value has a row for
--      each time its inputs were published anew; these are not stored, but
--      come from what the inputs say, series by series.
-- ----------------------------------------------------------------------
create or replace view kpi.publication as
select v.org, v.indicator, v.frequency, v.dims, v.period, v.period_ja,
       v.period_start, v.period_end, v.value, v.missing, v.status, v.unit,
       v.delivery, v.line, v.col, v.published_at, v.known_at, v.event,
       v.series, v.span, v.vintage_at,
       d.fetched_at, d.rank_no,
       case when d.feed_id in (select a.feed_id from kpid.delivery a
                                where a.absent = 'withdraw') then (
        select min(w.vintage_at)
          from kpid.withdrawn x
          join kpid.delivery w on w.delivery = x.delivery
         where x.org = v.org::int and x.series = v.series
           and x.period = v.period_start
           and w.feed_id = d.feed_id
           and w.loaded is not null and w.retracted is null
           and (w.vintage_at, w.fetched_at, w.rank_no)
               > (d.vintage_at, d.fetched_at, d.rank_no)) end as hidden_at,
       v.derived
  from kpi.observation_vintage v
  join kpid.delivery d on d.delivery = v.delivery
 where d.loaded is not null
   and d.retracted is null
   and not v.derived
 union all
select s.org_code, s.indicator, s.frequency, s.dims,
       kpid.period_text(s.span, p.period), kpid.period_ja(s.span, p.period),
       p.period, kpid.period_last(s.span, p.period), p.value,
       kpid.missing_reason(p.status),
       case when p.status = 'e' then 'O' else p.status::text end,
       i.unit, p.delivery, null, null, d.published_at, e.at, p.event,
       s.series, s.span, p.vintage_at, d.fetched_at, d.rank_no, p.hidden_at,
       s.derived
  from kpid.series s
 cross join lateral kpid.derived_publication(s.org, s.series) p
  join kpid.delivery d on d.delivery = p.delivery
  join kpid.event e on e.event = p.event
  left join kpid.indicator i on i.indicator = s.indicator
 where s.derived;
comment on view kpi.publication is
    'what the sources said, in publishing order, as known now';
comment on column kpi.publication.org is
    '六桁の全国地方公共団体コード, as text with its leading zero';
comment on column kpi.publication.indicator is
    'what is measured, see kpi.catalog';
comment on column kpi.publication.frequency is
    'D W M Q S A (SDMX CL_FREQ), FY for a fiscal year';
comment on column kpi.publication.dims is
    'further dimensions as a JSON object, {} for none';
comment on column kpi.publication.period is
    '2024-09-30, 2024-09, 2024-Q3, 2024-S1, 2024-W36, 2024, FY2024, or '
    'first/last';
comment on column kpi.publication.period_ja is
    'the period as a town hall writes it';
comment on column kpi.publication.period_start is 'first day';
comment on column kpi.publication.period_end is 'last day, inside';
comment on column kpi.publication.value is 'exact, in unit; null when missing';
comment on column kpi.publication.missing is
    'not_applicable, suppressed, not_collected, not_available or error; null '
    'for a number';
comment on column kpi.publication.status is
    'SDMX OBS_STATUS: A normal, P provisional, E estimated, B break, M Q L O '
    'missing';
comment on column kpi.publication.unit is 'of the value';
comment on column kpi.publication.delivery is 'who says so, see kpi.delivery';
comment on column kpi.publication.line is 'line of the delivered table';
comment on column kpi.publication.col is 'column of the delivered table';
comment on column kpi.publication.published_at is
    'when the source says it was published, if it says';
comment on column kpi.publication.known_at is
    'when the store came to answer this';
comment on column kpi.publication.event is
    'number of the event that made it the latest: the vintage to cite';
comment on column kpi.publication.series is 'number of the series';
comment on column kpi.publication.span is
    'length of its periods: D W M Q S A FY P6M P10D';
comment on column kpi.publication.vintage_at is
    'publishing order, first: published_at, or the receipt';
comment on column kpi.publication.fetched_at is
    'publishing order, second: the receipt';
comment on column kpi.publication.rank_no is
    'publishing order, third: the delivery; a replay has its original''s';
comment on column kpi.publication.hidden_at is
    'when a later file of the feed withdrew it; null: it stands';
comment on column kpi.publication.derived is
    'computed by kpid from other indicators, see kpi.derivation';
