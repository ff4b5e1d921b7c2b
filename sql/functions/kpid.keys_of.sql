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
--      another. Its feed's series lead to them by key. What is computed from
--      them is not among them.
--
-- Parameters:
--      i_delivery - which
-- ----------------------------------------------------------------------
select o.org, o.series, o.period
  from kpid.delivery d
  join kpid.feed_series f using (feed_id)
  join kpid.observation o
       on o.org = f.org and o.series = f.series and o.delivery = d.delivery
 where d.delivery = i_delivery
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
