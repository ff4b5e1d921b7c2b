create or replace function kpid.repeats_keep()
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.repeats_keep(0)
--
--      After a batch was merged: what is true of a delivery is true of those
--      that repeat it.
--
-- Tables directly manipulated:
--      insert - kpid.unreadable, kpid.delivery_shape
--      update - kpid.delivery
-- ----------------------------------------------------------------------
begin
    insert into kpid.unreadable (org, series, period, delivery)
    select u.org, u.series, u.period, c.delivery
      from pg_temp.counts c
      join kpid.unreadable u on u.delivery = c.base;
    insert into kpid.delivery_shape (delivery, period, keys)
    select c.delivery, h.period, h.keys
      from pg_temp.counts c
      join kpid.delivery_shape h on h.delivery = c.last
        on conflict on constraint delivery_shape_pkey do nothing;
    update kpid.delivery d
       set repeats = c.base, span = l.span, tainted = l.tainted
      from pg_temp.counts c
      join kpid.delivery l on l.delivery = c.last
     where d.delivery = c.delivery;
end $$;
comment on function kpid.repeats_keep() is
    'what is true of a delivery is true of those that repeat it';
