create or replace function kpid.derive(i_event int, i_declared text[])
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.derive(2)
--
--      Computes again what rests on the series in pg_temp.derive_touched:
--      at every event from the given one the computed values are the
--      formula over what the inputs were right after it. Those that rest on
--      computed ones come after them.
--
-- Parameters:
--      i_event    - the first event of the change; the store is locked
--      i_declared - indicators declared, changed or dropped by it
--
-- Calls:
--      kpid.derive_series, kpid.derive_keys, kpid.derive_states,
--      kpid.derive_values, kpid.derive_write
-- ----------------------------------------------------------------------
declare
    l_level int;
begin
    for l_level in
        select distinct g.level
          from kpid.derivation g
         where g.until is null
         union
        select 0 where i_declared <> '{}'  -- those dropped come first
         order by level
    loop
        perform kpid.derive_series(l_level, i_declared);
        if kpid.derive_keys(i_event, l_level, i_declared) then
            perform kpid.derive_states(i_event);
            perform kpid.derive_values(i_event, i_declared);
            perform kpid.derive_write(i_event);
        end if;
    end loop;
end $$;
comment on function kpid.derive(int, text[]) is
    'computes again what rests on series that changed';
