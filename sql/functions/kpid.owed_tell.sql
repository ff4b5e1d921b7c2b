create or replace function kpid.owed_tell()
returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.owed_tell()
--
--      Wakes the daemons when an evaluation is owed, whoever wrote the mark:
--      a command that ended before it judged, or a steward with psql. They
--      sleep and ask for nothing by themselves.
--
-- Returns:
--      null; statement triggers return nothing
-- ----------------------------------------------------------------------
begin
    perform pg_notify('kpid_owed', '');
    return null;
end $$;
comment on function kpid.owed_tell() is
    'wakes the daemons when an evaluation is owed';

create or replace trigger owed_tell
after insert on kpid.owed
for each statement
execute function kpid.owed_tell();
