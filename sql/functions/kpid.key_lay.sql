create or replace function kpid.key_lay()
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
set maintenance_work_mem = '256MB'
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.key_lay(0)
--
--      Puts the key back on kpid.observation after kpid.key_lift. Fails
--      when a key was copied twice.
--
-- Tables directly manipulated:
--      alter - kpid.observation
-- ----------------------------------------------------------------------
begin
    alter table kpid.observation
        add constraint observation_pkey primary key (org, series, period);
end $$;
comment on function kpid.key_lay() is
    'puts the key back on observation';
