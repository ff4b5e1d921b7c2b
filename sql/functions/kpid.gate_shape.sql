create or replace function kpid.gate_shape(i_deliveries int[])
returns void
language sql
set search_path = pg_catalog, pg_temp
set enable_sort = off
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.gate_shape(1)
--
--      Counts what the deliveries of a batch state, by period: replays,
--      too, since the next one is held against them. Of one that is offered
--      (kpid.direct_offer) the client counted. The only look at every
--      staged row that all feeds pay for; without a condition on deliveries,
--      which would let the planner, who knows nothing of a table just
--      filled, sort it.
--
-- Parameters:
--      i_deliveries - staged
--
-- Tables directly manipulated:
--      delete, insert - kpid.delivery_shape
-- ----------------------------------------------------------------------
delete from kpid.delivery_shape h
 where h.delivery = any (i_deliveries);
insert into kpid.delivery_shape (delivery, period, keys)
select c.delivery, c.period, c.keys
  from (select t.delivery, t.period, count(*) as keys
          from pg_temp.staged t
         where t.reason is null
         group by t.delivery, t.period
        offset 0) c
 where c.delivery = any (i_deliveries)
   and not exists (select from pg_temp.offered o
                    where o.delivery = c.delivery)
 union all
select o.delivery, o.period, o.keys
  from pg_temp.offered o;
$$;
comment on function kpid.gate_shape(int[]) is
    'counts what the deliveries of a batch state, by period';
