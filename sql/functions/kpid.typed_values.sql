create or replace function kpid.typed_values(i_event int)
returns table (org text, indicator text, period text, period_start date,
               period_end date, typed_by text)
language sql
stable
security definer
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.typed_values(1)
--
--      The values in force that a person typed: few, and found by the
--      series of their own feed. Security definer: kpi.assess asks it
--      for analysts, who may read schema kpi alone.
--
-- Parameters:
--      i_event - as known then; null is the newest
-- ----------------------------------------------------------------------
select s.org_code, s.indicator, kpid.period_text(s.span, v.period), v.period,
       kpid.period_last(s.span, v.period), d.typed_by
  from kpid.feed f
  join kpid.feed_series k using (feed_id)
  join kpid.series s on s.org = k.org and s.series = k.series
 cross join lateral (
       select o.period, o.delivery
         from kpid.as_of_event(i_event) o
        where o.org = k.org and o.series = k.series
       offset 0) v
  join kpid.delivery d on d.delivery = v.delivery
 where f.feed = 'by_hand'
   and d.typed_by is not null;
$$;
comment on function kpid.typed_values(int) is
    'the values in force that a person typed';
