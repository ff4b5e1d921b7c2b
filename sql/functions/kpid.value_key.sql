create or replace function kpid.value_key(
    i_indicator text, i_org int, i_span text, i_first date, i_dims jsonb)
returns table (series int, frequency text, dims jsonb, hint text)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.value_key(5)
--
--      The series that ever had a value of a period: which one is asked
--      about when somebody names an indicator and a period. Without one,
--      a row with a hint of what there is.
--
-- Parameters:
--      i_indicator - code
--      i_org       - 202037
--      i_span      - length of the period
--      i_first     - its first day
--      i_dims      - that the series has, among others; {} for any
--
-- Returns:
--      one row for each series; or one with series null, whose hint is a
--      period of the indicator that there is, or null for none
-- ----------------------------------------------------------------------
with mine as (
    select s.* from kpid.series s
     where s.org = i_org and s.indicator = i_indicator
       and s.dims @> i_dims
), found as (
    select m.*
      from mine m
     where m.span = i_span
       and (exists (select from kpid.observation o
                     where o.org = m.org and o.series = m.series
                       and o.period = i_first)
            or exists (select from kpid.superseded h
                        where h.org = m.org and h.series = m.series
                          and h.period = i_first))
)
select f.series, f.frequency, f.dims, null
  from found f
 union all
select null, null, null,
       (select kpid.period_text(m.span, max(o.period))
          from mine m
          join kpid.observation o on o.org = m.org and o.series = m.series
         group by m.span, m.series
         order by m.span <> i_span, max(o.period) desc
         limit 1)
 where not exists (select from found)
 order by 3;
$$;
comment on function kpid.value_key(text, int, text, date, jsonb) is
    'the series that a value asked about may belong to';
