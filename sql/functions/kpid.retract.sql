create or replace function kpid.retract(
    i_delivery int, i_who text, i_why text)
returns boolean
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
set client_min_messages = warning
set jit = off
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.retract(3)
--
--      From now on as if the delivery had never been loaded; before, as it
--      was. Earlier values return, and so does what it withdrew. A held
--      delivery is put aside for good.
--      Security definer: the collector may change these tables through
--      the loading functions alone.
--
-- Parameters:
--      i_delivery - which
--      i_who      - the person
--      i_why      - in that person's words
--
-- Returns:
--      false when there was nothing to do: retracted already, or failed
--
-- Tables directly manipulated:
--      create - pg_temp.touched
--      insert - kpid.owed
--      update - kpid.delivery
-- ----------------------------------------------------------------------
declare
    l_d     kpid.delivery;
    l_event int;
begin
    perform kpid.lock_store();
    select d.* into l_d from kpid.delivery d where d.delivery = i_delivery;
    if l_d.delivery is null then
        raise no_data_found using
            message = format('the store has no delivery %s', i_delivery);
    end if;
    if l_d.retracted is not null
       or l_d.loaded is null and l_d.outcome <> 'held' then
        return false;
    end if;

    l_event := kpid.open_event('retract', i_delivery, i_who, i_why);
    update kpid.delivery d
       set retracted = l_event
     where d.delivery = i_delivery;
    if l_d.loaded is null then
        return true;
    end if;
    drop table if exists pg_temp.touched;
    create temp table touched on commit drop as
    select k.org, k.series, k.period from kpid.keys_of(i_delivery) k;
    analyze pg_temp.touched;
    perform kpid.digests_touched();
    perform kpid.derive_stated();
    perform kpid.rederive(l_event, i_delivery);
    perform kpid.derive_retract(l_event);
    insert into kpid.owed (at, reason, quiet)
    values (kpid.now(), 'retract', false);
    return true;
end $$;
comment on function kpid.retract(int, text, text) is
    'from now on as if a delivery had never been loaded';
