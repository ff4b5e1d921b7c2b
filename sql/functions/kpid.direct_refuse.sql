create or replace function kpid.direct_refuse()
returns trigger
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.direct_refuse(0)
--
--      Guards the straight way into kpid.observation. Before rows come by
--      role kpid_loader: fails unless kpid.direct_begin opened a load in
--      this very transaction. When the transaction ends: fails while one is
--      open, for nobody has looked at its rows yet.
--      Security definer: the loader may read nothing.
--
-- Returns:
--      null; statement and constraint triggers return nothing
-- ----------------------------------------------------------------------
declare
    l_open boolean := exists (select from kpid.direct_load l
                               where l.xid = pg_current_xact_id());
begin
    if l_open = (tg_table_name = 'direct_load') then
        raise insufficient_privilege using
            message = 'observations are written by the loading functions',
            hint = 'kpid.direct_begin opens a direct load, '
                   'kpid.direct_end looks at its rows and ends it';
    end if;
    return null;
end $$;
comment on function kpid.direct_refuse() is
    'refuses observations that no loading function asked for';

create or replace trigger observation_direct
before insert on kpid.observation
for each statement when (current_user = 'kpid_loader')
execute function kpid.direct_refuse();

drop trigger if exists direct_load_ended_chk on kpid.direct_load;
create constraint trigger direct_load_ended_chk
after insert on kpid.direct_load
deferrable initially deferred
for each row execute function kpid.direct_refuse();
