-- ----------------------------------------------------------------------
-- View: kpi.revision_summary
--
--      Grain: one indicator at one frequency: how far its first figures lie
--      from what the source says now, by the measures of the OECD and Eurostat
--      (MR mean revision, MAR mean absolute revision, RMAR the same relative to
--      the figures' size). Counted over every period that was ever published
--      with a number, those never revised as 0; a source that first said too
--      little has a positive mean. A condition on indicator reaches the keys.
-- ----------------------------------------------------------------------
create or replace view kpi.revision_summary as
select p.indicator, p.frequency, i.unit,
       count(*)::int as periods,
       (count(*) filter (where p.newest <> p.first))::int as revised,
       round(avg(p.newest - p.first), 4) as mean_revision,
       round(avg(abs(p.newest - p.first)), 4) as mean_absolute_revision,
       round(100 * sum(abs(p.newest - p.first))
             / nullif(sum(abs(p.newest)), 0), 4)
           as relative_mean_absolute_revision,
       trim_scale(max(abs(p.newest - p.first))) as largest_revision,
       round(max(100 * abs(p.newest - p.first) / nullif(abs(p.first), 0)), 4)
           as largest_percent,
       (count(*) filter (where p.newest > p.first))::int as upward
  from (select v.indicator, v.frequency,
               (array_agg(v.value order by v.vintage_at, v.fetched_at,
                                           v.rank_no))[1] as first,
               (array_agg(v.value order by v.vintage_at desc,
                          v.fetched_at desc, v.rank_no desc))[1] as newest
          from kpi.publication v
         where v.value is not null
         group by v.series, v.period_start, v.org, v.indicator,
                  v.frequency) p
  left join kpid.indicator i using (indicator)
 group by p.indicator, p.frequency, i.unit;
comment on view kpi.revision_summary is
    'how reliable first figures are: mean and mean absolute revision of every '
    'indicator';
comment on column kpi.revision_summary.indicator is
    'what is measured, see kpi.catalog';
comment on column kpi.revision_summary.frequency is
    'D W M Q S A (SDMX CL_FREQ), FY for a fiscal year';
comment on column kpi.revision_summary.unit is
    'of the revisions, where they are no percentages';
comment on column kpi.revision_summary.periods is
    'periods of all its series that were published with a number';
comment on column kpi.revision_summary.revised is
    'how many of them have another number now than at first';
comment on column kpi.revision_summary.mean_revision is
    'MR: mean of newest less first; not 0 is a bias';
comment on column kpi.revision_summary.mean_absolute_revision is
    'MAR: mean of its size';
comment on column kpi.revision_summary.relative_mean_absolute_revision is
    'RMAR: sizes of the revisions in percent of the figures as they are now';
comment on column kpi.revision_summary.largest_revision is
    'the largest size';
comment on column kpi.revision_summary.largest_percent is
    'the largest in percent of the first figure; null from 0';
comment on column kpi.revision_summary.upward is
    'how many went up';
