-- ----------------------------------------------------------------------
-- View: kpi.series_filled
--
--      Grain: one period of a series between its first and its last, stated or
--      not: gaps are rows. Steps go by the frequency; a series of month-end
--      days steps from month end to month end. offset 0: each step is looked
--      up by the key; compared with each other, the steps of a series and its
--      rows are a product.
-- ----------------------------------------------------------------------
create or replace view kpi.series_filled as
select s.org_code as org, s.indicator, s.frequency, s.dims,
       kpid.period_text(s.span, coalesce(o.period, g.first)) as period,
       kpid.period_ja(s.span, coalesce(o.period, g.first)) as period_ja,
       coalesce(o.period, g.first) as period_start,
       kpid.period_last(s.span, coalesce(o.period, g.first)) as period_end,
       o.value, kpid.missing_reason(o.status) as missing,
       o.period is null as gap, i.unit, o.delivery, o.since as event
  from kpid.series s
  join lateral (select min(x.period) as first, max(x.period) as last,
                       (min(x.period) + 1 = date_trunc('month',
                                               min(x.period) + 1)
                        and s.span = 'D')::int as month_end
                  from kpid.observation x
                 where x.org = s.org and x.series = s.series
                   and x.status <> 'X') r on r.first is not null
 cross join lateral (
       select t.at::date - r.month_end as first,
              (t.at + y.step)::date - r.month_end as next
         from (select case s.frequency
                      when 'D' then interval '1 day'
                      when 'W' then interval '7 days'
                      when 'M' then interval '1 month'
                      when 'Q' then interval '3 months'
                      when 'S' then interval '6 months'
                      else interval '1 year' end as step) y
        cross join generate_series((r.first + r.month_end)::timestamp,
                                   (r.last + r.month_end)::timestamp,
                                   y.step) t (at)
        offset 0) g
  left join lateral (
       select x.*
         from kpid.observation x
        where x.org = s.org and x.series = s.series
          and x.period >= g.first and x.period < g.next and x.status <> 'X'
       offset 0) o on true
  left join kpid.indicator i on i.indicator = s.indicator;
comment on view kpi.series_filled is
    'series without holes: a gap is a row with gap = true';
comment on column kpi.series_filled.org is
    '六桁の全国地方公共団体コード, as text with its leading zero';
comment on column kpi.series_filled.indicator is
    'what is measured, see kpi.catalog';
comment on column kpi.series_filled.frequency is
    'D W M Q S A (SDMX CL_FREQ), FY for a fiscal year';
comment on column kpi.series_filled.dims is
    'further dimensions as a JSON object, {} for none';
comment on column kpi.series_filled.period is
    '2024-09-30, 2024-09, 2024-Q3, 2024-S1, 2024-W36, 2024, FY2024, or '
    'first/last';
comment on column kpi.series_filled.period_ja is
    'the period as a town hall writes it';
comment on column kpi.series_filled.period_start is 'first day';
comment on column kpi.series_filled.period_end is 'last day, inside';
comment on column kpi.series_filled.value is
    'exact, in unit; null when missing or never stated';
comment on column kpi.series_filled.missing is
    'the stated reason; null in a gap';
comment on column kpi.series_filled.gap is 'nobody ever stated this period';
comment on column kpi.series_filled.unit is 'of the value';
comment on column kpi.series_filled.delivery is 'who says so';
comment on column kpi.series_filled.event is 'vintage of the value';
