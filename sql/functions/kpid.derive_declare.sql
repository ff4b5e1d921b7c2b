create or replace function kpid.derive_declare(i_indicators jsonb)
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
set client_min_messages = warning
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.derive_declare(1)
--
--      Makes the store compute what the configuration declares. A change is
--      an event of its own: values appear from then on, those of a dropped
--      definition are withdrawn, and what was served before stays as it was.
--      Nothing happens when all is as it is.
--
-- Parameters:
--      i_indicators - [{indicator, unit, decimals, derived: {kind, inputs,
--                     per}}]; null: nothing is said
--
-- Tables directly manipulated:
--      create - pg_temp.derive_touched
--      insert - kpid.owed
--      insert, update - kpid.derivation
-- ----------------------------------------------------------------------
declare
    l_changed text[];
    l_event   int;
begin
    if kpid.derivations_changed(i_indicators) is null then
        return;
    end if;
    perform kpid.lock_store();
    l_changed := kpid.derivations_changed(i_indicators);
    if l_changed is null then
        return;                  -- somebody else has just done it
    end if;

    l_event := kpid.open_event('derive', null, null,
                               array_to_string(l_changed, ', '));
    update kpid.derivation g
       set until = l_event
     where g.until is null and g.indicator = any (l_changed);
    insert into kpid.derivation (indicator, since, kind, inputs, factor,
                                 decimals, level)
    select w.indicator, l_event, w.kind, w.inputs, w.factor, w.decimals,
           w.level
      from kpid.derivations(i_indicators) w
     where w.indicator = any (l_changed);
    drop table if exists pg_temp.derive_touched;
    create temp table derive_touched (org int, series int) on commit drop;
    perform kpid.derive(l_event, l_changed);
    insert into kpid.owed (at, reason, quiet)
    values (kpid.now(), 'derive', false);
end $$;
comment on function kpid.derive_declare(jsonb) is
    'makes the store compute what the configuration declares';
