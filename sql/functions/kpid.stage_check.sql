create or replace function kpid.stage_check()
returns void
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.stage_check(0)
--
--      Fails unless the staging tables are the owner's own: whoever made
--      others of that name could run code as the owner by rules, triggers
--      or views upon them.
-- ----------------------------------------------------------------------
begin
    if exists (select from pg_class c
                where c.oid in ('pg_temp.staged'::regclass,
                                'pg_temp.staged_series'::regclass,
                                'pg_temp.resolved'::regclass,
                                'pg_temp.counts'::regclass,
                                'pg_temp.offered'::regclass)
                  and c.relowner <> current_user::regrole::oid) then
        raise exception 'the staging tables were not made by kpid.stage_begin';
    end if;
end $$;
comment on function kpid.stage_check() is
    'fails unless the staging tables are the owner''s own';
