-- ----------------------------------------------------------------------
-- View: kpi.revision
--
--      Grain: one change of a published value, in publishing order, as known
--      now. A number that became missing, or came back, has no change; one
--      whose status alone changed was revised by 0.
-- ----------------------------------------------------------------------
create or replace view kpi.revision as
select c.org, c.indicator, c.frequency, c.dims, c.period, c.period_ja,
       c.period_start, c.period_end, c.n::int as revision,
       c.previous_value, c.previous_status, c.value, c.missing, c.status,
       c.value - c.previous_value as change,
       round(100 * (c.value - c.previous_value)
             / nullif(abs(c.previous_value), 0), 4) as change_percent,
       c.unit, c.previous_delivery, c.delivery, c.line, c.col,
       c.vintage_at as revised_at, c.known_at, c.event
  from (select p.*, row_number() over w - 1 as n,
               lag(p.value) over w as previous_value,
               lag(p.status) over w as previous_status,
               lag(p.delivery) over w as previous_delivery
          from kpi.publication p
        window w as (partition by p.series, p.period_start, p.org,
                                  p.indicator, p.frequency
                     order by p.vintage_at, p.fetched_at, p.rank_no)) c
 where c.n > 0
   and (c.value is distinct from c.previous_value
        or c.status <> c.previous_status);
comment on view kpi.revision is
    'size and time of every change of a published value';
comment on column kpi.revision.org is
    '六桁の全国地方公共団体コード, as text with its leading zero';
comment on column kpi.revision.indicator is 'what is measured, see kpi.catalog';
comment on column kpi.revision.frequency is
    'D W M Q S A (SDMX CL_FREQ), FY for a fiscal year';
comment on column kpi.revision.dims is
    'further dimensions as a JSON object, {} for none';
comment on column kpi.revision.period is
    '2024-09-30, 2024-09, 2024-Q3, 2024-S1, 2024-W36, 2024, FY2024, or '
    'first/last';
comment on column kpi.revision.period_ja is
    'the period as a town hall writes it';
comment on column kpi.revision.period_start is 'first day';
comment on column kpi.revision.period_end is 'last day, inside';
comment on column kpi.revision.revision is 'how many statements came before it';
comment on column kpi.revision.previous_value is 'what the source said before';
comment on column kpi.revision.previous_status is 'its status';
comment on column kpi.revision.value is
    'what it says from revised_at on; null when missing';
comment on column kpi.revision.missing is 'why there is no number';
comment on column kpi.revision.status is 'SDMX OBS_STATUS';
comment on column kpi.revision.change is 'value less previous_value, in unit';
comment on column kpi.revision.change_percent is
    'change in percent of the previous value''s size; null from 0';
comment on column kpi.revision.unit is 'of the values';
comment on column kpi.revision.previous_delivery is
    'who said the previous value';
comment on column kpi.revision.delivery is 'who says so';
comment on column kpi.revision.line is 'line of the delivered table';
comment on column kpi.revision.col is 'column of the delivered table';
comment on column kpi.revision.revised_at is
    'when it was published, or received when that is not said';
comment on column kpi.revision.known_at is 'when the store came to answer this';
comment on column kpi.revision.event is
    'number of that event; of a late file, its load';
