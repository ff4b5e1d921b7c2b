create or replace function kpid.direct_begin(i_delivery int)
returns table (ordinal int, series int, event int, class "char")
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
set client_min_messages = warning
set jit = off
set work_mem = '128MB'
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.direct_begin(1)
--
--      Opens the straight way for a delivery that kpid.direct_offer and the
--      gates let pass: makes its new series, opens its event, and says of
--      each series what is to be sent. Until kpid.direct_end the client may
--      copy into kpid.observation as role kpid_loader.
--      Security definer: the collector may change these tables through
--      the loading functions alone.
--
-- Parameters:
--      i_delivery - offered in this transaction
--
-- Returns:
--      series by ordinal, the event, and their class: rows of f and n go
--      straight into kpid.observation, of s nothing is sent, those of c are
--      staged
--
-- Tables directly manipulated:
--      insert - kpid.series, kpid.direct_load, pg_temp.resolved
--      delete - pg_temp.staged: the sample; rejects stay
-- ----------------------------------------------------------------------
#variable_conflict use_column
declare
    l_event   int;
    l_keyless boolean;
begin
    perform kpid.stage_check();
    if not exists (select from pg_temp.offered o
                    where o.delivery = i_delivery) then
        raise exception 'delivery % was not offered', i_delivery;
    end if;
    delete from pg_temp.staged t where t.reason is null;
    l_keyless := not exists (select from pg_temp.resolved r
                              where r.class in ('c', 's'))
             and kpid.key_lift((select sum(o.keys)::bigint
                                  from pg_temp.offered o));
    perform kpid.series_make();
    if exists (select from pg_temp.resolved r
               having count(*) <> count(distinct r.series)) then
        raise exception 'two names of delivery % are one series', i_delivery;
    end if;
    perform kpid.open_load(array[i_delivery]);
    select d.loaded into l_event from kpid.delivery d
     where d.delivery = i_delivery;
    insert into kpid.direct_load (xid, delivery, event, keyless, block,
                                  before)
    select pg_current_xact_id(), i_delivery, l_event, l_keyless,
           pg_relation_size('kpid.observation')
           / current_setting('block_size')::int,
           pg_stat_get_xact_tuples_inserted('kpid.observation'::regclass);

    return query
    select r.ordinal, r.series, l_event, r.class from pg_temp.resolved r;
end $$;
comment on function kpid.direct_begin(int) is
    'opens the straight way: new series, event, what is to be sent';
