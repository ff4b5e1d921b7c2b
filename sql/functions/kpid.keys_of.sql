create or replace function kpid.keys_of(i_delivery int)
returns table (org int, series int, period date)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.keys_of(1)
--
--      The keys whose value may rest on a delivery: those it is the stored
--      source of, and those it withdrew. What it only confirmed rests on
--      another. Its feed's series and the periods it stated lead to them by
--      key; where those are more than a few, or were not counted, all of the
--      series are read. What is computed from them is not among them.
--
-- Parameters:
--      i_delivery - which
-- ----------------------------------------------------------------------
with said as (
    select d.delivery, d.feed_id,
           (select case when count(*) between 1 and 12 then array_agg(h.period) end
              from kpid.delivery_shape h where h.delivery = d.delivery) as periods
      from kpid.delivery d
     where d.delivery = i_delivery
)
select o.org, o.series, o.period
  from (select f.org, f.series, p.period, d.delivery
          from said d
          join kpid.feed_series f using (feed_id)
         cross join lateral unnest(d.periods) p (period)
        offset 0) k                  -- whole keys, or the series are read
  join kpid.observation o
       on o.org = k.org and o.series = k.series and o.period = k.period
      and o.delivery = k.delivery
 union
select o.org, o.series, o.period
  from said d
  join kpid.feed_series f using (feed_id)
  join kpid.observation o
       on o.org = f.org and o.series = f.series and o.delivery = d.delivery
 where d.periods is null
 union
select h.org, h.series, h.period
  from kpid.superseded h
  join kpid.series s using (org, series)
 where h.delivery = i_delivery
   and not s.derived
 union
select w.org, w.series, w.period
  from kpid.withdrawn w
 where w.delivery = i_delivery;
$$;
comment on function kpid.keys_of(int) is
    'the keys whose value may rest on a delivery';
