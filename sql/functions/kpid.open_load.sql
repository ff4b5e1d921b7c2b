create or replace function kpid.open_load(i_deliveries int[])
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.open_load(1)
--
--      Opens the deliveries of a batch: one event each, in publishing
--      order, so that most of them are the newest when their turn comes. A
--      replay retracts whatever stood at its place, in the same event.
--
-- Parameters:
--      i_deliveries - those to be loaded; the lock of the store is held
--
-- Tables directly manipulated:
--      insert - kpid.event, by kpid.periods_keep - kpid.period
--      update - kpid.delivery
-- ----------------------------------------------------------------------
declare
    l_event int;
    l_at    timestamptz;
begin
    select coalesce(max(e.event), 0),
           greatest(kpid.now(), max(e.at) + interval '1 microsecond')
      into l_event, l_at
      from kpid.event e;

    with numbered as (
        insert into kpid.event (event, at, kind, delivery)
        select l_event + i.n, l_at + (i.n - 1) * interval '1 microsecond',
               case when i.replaces is null then 'load' else 'replay' end,
               i.delivery
          from (select d.delivery, d.replaces,
                       row_number() over (
                           order by d.vintage_at, d.fetched_at, d.rank_no,
                                    d.delivery) as n
                  from kpid.delivery d
                 where d.delivery = any (i_deliveries)) i
        returning event, delivery
    )
    update kpid.delivery d
       set loaded = n.event
      from numbered n
     where d.delivery = n.delivery;

    if exists (select from kpid.delivery d
                where d.delivery = any (i_deliveries)
                  and d.replaces is not null) then
        update kpid.delivery o
           set retracted = r.loaded
          from kpid.delivery r
         where r.delivery = any (i_deliveries)
           and r.replaces is not null
           and o.rank_no = r.rank_no
           and o.delivery <> r.delivery
           and o.retracted is null
           and (o.loaded < r.loaded or o.outcome = 'held');
    end if;

    perform kpid.periods_keep(i_deliveries);
end $$;
comment on function kpid.open_load(int[]) is
    'opens the deliveries of a batch, one event each';
