create or replace function kpid.gate_probe(i_deliveries int[])
returns table (delivery int, indicator text, org int, span text, period date,
               line int, col int, value numeric, own numeric, before numeric,
               low numeric, high numeric, smallest numeric, measure text)
language plpgsql
stable
set search_path = pg_catalog, pg_temp
set enable_nestloop = off     -- staged tables have no statistics yet
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.gate_probe(1)
--
--      Numbers of a batch with those that are served: all of a delivery of
--      up to 5,000 rows; of larger ones pages with 5,000 or so, the same
--      ones each time. A share or a median of so many is as good as of all,
--      and the cost does not grow with the delivery. What is served is
--      looked up by its key, row by row.
--
-- Parameters:
--      i_deliveries - staged, counted by kpid.gate_shape
--
-- Returns:
--      own: the number served for the same key; before: the one of the
--      series' previous period, looked up only where own is none, 0 or far
--      enough to matter; low, high: the least and the greatest size in its
--      last 13 periods, a year of months and one, only where before is far,
--      too; smallest: the size
--      from which a number of this indicator says something, ten of its
--      last decimal
-- ----------------------------------------------------------------------
declare
    l_percent real;
begin
    select least(100, 500000 / sum(h.keys)) into l_percent
      from kpid.delivery_shape h
     where h.delivery = any (i_deliveries)
       and not exists (select from pg_temp.offered);   -- a sample already
    return query
    with wanted as materialized (
        select s.delivery, h.keys <= 5000 as whole, sqrt(s.jump) as far
          from pg_temp.gated s
         cross join lateral (
               select sum(x.keys) as keys from kpid.delivery_shape x
                where x.delivery = s.delivery) h
         where s.last is not null
    ), probe as materialized (
        select t.delivery, t.series as ordinal, t.period, t.line, t.col,
               t.value, w.far
          from pg_temp.staged t
          join wanted w on w.delivery = t.delivery and w.whole
         where t.value is not null
         union all
        select t.delivery, t.series, t.period, t.line, t.col, t.value, w.far
          from pg_temp.staged t tablesample system (coalesce(l_percent, 100))
               repeatable (1)
          join wanted w on w.delivery = t.delivery and not w.whole
         where t.value is not null
    ), known as materialized (        -- a series is found once, not by row
        select r.delivery, r.ordinal, r.indicator, r.org, r.span, s.series,
               10::numeric ^ (1 - i.decimals) as smallest, i.measure
          from (select distinct p.delivery, p.ordinal from probe p) n
          join pg_temp.staged_series r using (delivery, ordinal)
          join kpid.indicator i using (indicator)
         cross join lateral (
               select e.series
                 from kpid.series e
                where (e.org, e.indicator, e.frequency, e.span, e.dims)
                      = (r.org, r.indicator, r.frequency, r.span, r.dims)
                limit 1) s
    )
    select k.delivery, s.indicator, s.org, s.span, k.period, k.line, k.col,
           k.value, o.value, b.value, h.low, h.high, s.smallest, s.measure
      from probe k
      join known s using (delivery, ordinal)
      left join lateral (
           select e.value
             from kpid.observation e
            where (e.org, e.series, e.period) = (s.org, s.series, k.period)
            limit 1) o on true
      left join lateral (
           select e.value
             from kpid.observation e
            where (coalesce(o.value, 0) = 0
                   or not abs(k.value / nullif(o.value, 0))
                              between 1 / k.far and k.far)
              and e.org = s.org
              and e.series = s.series
              and e.period < k.period
              and e.value <> 0
            order by e.period desc
            limit 1) b on true
     cross join lateral (
           select min(abs(x.value)) as low, max(abs(x.value)) as high
             from (select e.value
                     from kpid.observation e
                    where not abs(k.value / b.value)
                              between 1 / k.far and k.far
                      and e.org = s.org
                      and e.series = s.series
                      and e.period < k.period
                      and e.value <> 0
                    order by e.period desc
                    limit 13) x) h;
end $$;
comment on function kpid.gate_probe(int[]) is
    'numbers of a batch beside those that are served';
