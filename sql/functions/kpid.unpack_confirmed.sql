create or replace function kpid.unpack_confirmed()
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
set client_min_messages = warning
set enable_nestloop = on
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.unpack_confirmed(0)
--
--      The confirmations of the keys in pg_temp.touched, out of their
--      arrays. Only deliveries of feeds that ever stated one of the series
--      are opened, and of them those that stated one of the periods, or whose
--      periods were not counted: what confirmed the other 119 months of ten
--      years is not read. The planner takes an array for ten rows where it has
--      65,536, so it is kept from pairing rows one by one; the setting
--      above is there to be put back at the end.
--
-- Tables directly manipulated:
--      create - pg_temp.packed, pg_temp.unpacked
-- ----------------------------------------------------------------------
begin
    drop table if exists pg_temp.packed, pg_temp.unpacked;
    create temp table packed on commit drop as
    select x.*
      from (select f.org, d.delivery
              from (select distinct t.org, t.series
                      from pg_temp.touched t) k
              join kpid.feed_series f using (org, series)
              join kpid.delivery d using (feed_id)
             where exists (select from kpid.delivery_shape h
                            where h.delivery = d.delivery
                              and h.period in (select t.period from pg_temp.touched t))
                or not exists (select from kpid.delivery_shape h
                                where h.delivery = d.delivery)
             group by f.org, d.delivery) m
      join kpid.confirmed x using (org, delivery);

    perform set_config('enable_nestloop', 'off', true);
    create temp table unpacked on commit drop as
    select t.org, t.series, t.period, x.delivery, u.line, u.col
      from pg_temp.packed x
     cross join lateral unnest(x.series, x.period, x.line, x.col)
           u (series, period, line, col)
      join pg_temp.touched t
           on t.org = x.org and t.series = u.series and t.period = u.period;
    analyze pg_temp.unpacked;
end $$;
comment on function kpid.unpack_confirmed() is
    'the confirmations of the touched keys, out of their arrays';
