-- ----------------------------------------------------------------------
-- Run before the first migration of each kpid migrate that has work to do.
--
-- Roles are the cluster's, not the database's, and may be there already. The
-- login that migrates must be able to act as them. kpid_meta.applied says
-- which files of sql/ this database has.
-- ----------------------------------------------------------------------
do $$
declare
    name text;
begin
    foreach name in array array['kpid_owner', 'kpid_collector', 'kpid_loader',
                                'kpi_analyst', 'kpi_steward'] loop
        if not exists (select from pg_catalog.pg_roles r where r.rolname = name) then
            execute pg_catalog.format('create role %I nologin', name);
        end if;
        if not pg_catalog.pg_has_role(session_user, name, 'member') then
            execute pg_catalog.format('grant %I to %I', name, session_user);
        end if;
    end loop;
    -- the collector may become the loader for a COPY, but does not inherit it
    if not pg_catalog.pg_has_role('kpid_collector', 'kpid_loader', 'member') then
        alter role kpid_collector noinherit;
        grant kpid_loader to kpid_collector;
    end if;
    if not pg_catalog.pg_has_role('kpi_steward', 'kpi_analyst', 'member') then
        grant kpi_analyst to kpi_steward;
    end if;
    if not pg_catalog.has_database_privilege('kpid_owner', pg_catalog.current_database(), 'create') then
        execute pg_catalog.format('grant create on database %I to kpid_owner',
                                  pg_catalog.current_database());
    end if;
    -- analysts write nothing, temporary tables neither
    execute pg_catalog.format('revoke temporary on database %I from public',
                              pg_catalog.current_database());
    execute pg_catalog.format('grant temporary on database %I to kpid_owner, kpid_collector',
                              pg_catalog.current_database());
end $$;

-- What else PostgreSQL lets every login do, where we may take it away: make
-- large objects, and hold the lock of the store (kpid.lock_store), on which
-- every load would wait. Only a superuser may; elsewhere it stays as it is.
do $$
declare
    l_function pg_catalog.regprocedure;
    l_name     text;
begin
    if not (select r.rolsuper from pg_catalog.pg_roles r where r.rolname = current_user) then
        return;
    end if;
    for l_function, l_name in
        select p.oid, p.proname
          from pg_catalog.pg_proc p
         where p.pronamespace = 'pg_catalog'::pg_catalog.regnamespace
           and (p.proname in ('lo_creat', 'lo_create', 'lo_from_bytea')
                or p.proname ~ '^pg_(try_)?advisory_(xact_)?lock(_shared)?$')
    loop
        execute pg_catalog.format('revoke execute on function %s from public', l_function);
        if l_name ~ 'advisory' then
            execute pg_catalog.format('grant execute on function %s to kpid_owner, kpid_collector',
                                      l_function);
        end if;
    end loop;
end $$;

set role kpid_owner;

create schema if not exists kpid_meta;

create table if not exists kpid_meta.applied (
    name   text        not null,
    number int         not null,
    sha256 text        not null,
    at     timestamptz not null default pg_catalog.now(),

    constraint applied_pkey primary key (name)
);
comment on table kpid_meta.applied is 'files of sql/ that this database has';

revoke all on schema kpid_meta from public;
grant usage on schema kpid_meta to kpid_collector;
grant select on kpid_meta.applied to kpid_collector;
