create or replace function kpid.key_lift()
returns boolean
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.key_lift(0)
--
--      Takes the key off kpid.observation while that is empty: an index
--      that is built at the end costs half of one that grows by rows. The
--      table is locked to the end of the transaction, which also puts the
--      key back (kpid.key_lay) or never happened.
--
-- Returns:
--      whether it did
--
-- Tables directly manipulated:
--      alter - kpid.observation
-- ----------------------------------------------------------------------
begin
    if exists (select from kpid.observation) then
        return false;
    end if;
    alter table kpid.observation drop constraint observation_pkey;
    return true;
end $$;
comment on function kpid.key_lift() is
    'takes the key off observation while that is empty';
