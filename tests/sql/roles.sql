-- Roles that hold: logins that are members of kpi_analyst and kpid_collector
-- and nothing else try, table by table and function by function, what they
-- must not. Each attempt must fail for want of the right (42501), not by luck.
begin;
create extension if not exists pgtap with schema public;
set local search_path = public, pg_catalog;
set local client_min_messages = warning;
select no_plan();
-- A test's database is a copy, and the rights on a database are not copied.
\ir ../../sql/bootstrap.sql
reset role;

-- What is to be tried, listed while we may still see all of it.
create temp table attempt (who text, what text, statement text);
grant select on attempt to public;
insert into attempt
select w.who, k.verb || ' ' || c.oid::regclass,
       format(k.statement, c.oid::regclass, a.attname)
  from (values ('t_analyst'), ('t_collector')) w (who)
 cross join pg_class c
  join lateral (select a.attname from pg_attribute a
                 where a.attrelid = c.oid and a.attnum > 0
                   and a.attidentity = '' and a.attgenerated = ''
                 order by a.attname <> 'name', a.attnum limit 1) a on true
 cross join (values
       ('select', 'select from %1$s limit 0', 't_analyst', 'kpid'),
       ('insert', 'insert into %1$s default values', null, null),
       ('update', 'update %1$s set %2$s = null where false', null, null),
       ('delete', 'delete from %1$s where false', null, null),
       ('truncate', 'truncate %1$s', null, 'kpid'),
       ('lock', 'lock table %1$s in access exclusive mode', null, 'kpid'),
       ('trigger on', 'create trigger t after insert on %1$s for each row '
                      'execute function pg_catalog.suppress_redundant_updates_trigger()', null, 'kpid'),
       ('alter', 'alter table %1$s owner to current_user', null, 'kpid'),
       ('drop', 'drop table %1$s', null, 'kpid'),
       ('replace', 'create or replace view %1$s as select 1', null, 'kpi'),
       ('drop', 'drop view %1$s cascade', null, 'kpi')
       ) k (verb, statement, only_who, only_schema)
 where c.relkind in ('r', 'v') and c.relnamespace in ('kpid'::regnamespace, 'kpi'::regnamespace)
   and coalesce(k.only_who = w.who, true)
   and coalesce(k.only_schema = c.relnamespace::regnamespace::text, true)
   -- bodies are what the collector may delete
   and not (w.who = 't_collector' and k.verb in ('delete', 'lock') and c.oid = 'kpid.body'::regclass);
-- By default, since a schema that cannot be entered hides its functions: the
-- analyst calls none of kpid, the collector none that is not granted to it.
insert into attempt
select w.who, 'call ' || p.oid::regprocedure,
       format('select %s(%s)', p.oid::regproc,
              (select string_agg('null::' || t::regtype, ', ' order by n)
                 from unnest(p.proargtypes::oid[]) with ordinality x (t, n)))
  from (values ('t_analyst', 'kpi_analyst'), ('t_collector', 'kpid_collector')) w (who, role)
 cross join pg_proc p
 where p.pronamespace = 'kpid'::regnamespace and p.prokind = 'f'
   and (w.who = 't_analyst' or not has_function_privilege(w.role, p.oid, 'execute'));
insert into attempt
select w.who, x.what, x.statement
  from (values ('t_analyst'), ('t_collector')) w (who)
 cross join (values
       ('create in kpi', 'create table kpi.mine ()'),
       ('create in kpid', 'create table kpid.mine ()'),
       ('create in public', 'create table public.mine ()'),
       ('create a schema', 'create schema mine'),
       ('create a function in kpi', 'create function kpi.mine() returns int language sql return 1'),
       ('take over a function', 'alter function kpi.assess(date, timestamptz, text, boolean) security invoker'),
       ('drop a function', 'drop function kpi.as_of(timestamptz)'),
       ('drop the schema', 'drop schema kpi cascade'),
       ('comment', 'comment on view kpi.observation is ''mine'''),
       ('change a role', 'alter role kpid_owner login'),
       ('become the owner', 'set role kpid_owner'),
       ('read password hashes', 'select rolpassword from pg_catalog.pg_authid'),
       ('read files', 'select pg_catalog.pg_read_file(''/etc/passwd'')'),
       ('list directories', 'select pg_catalog.pg_ls_dir(''/'')'),
       ('copy to a file', 'copy (select 1) to ''/tmp/kpid-mine'''),
       ('run a program', 'copy (select 1) to program ''cat'''),
       ('import a file', 'select pg_catalog.lo_import(''/etc/passwd'')'),
       ('set a superuser''s setting', 'set log_statement = ''none'''),
       ('change what was migrated', 'delete from kpid_meta.applied'),
       ('reload the server''s configuration', 'select pg_catalog.pg_reload_conf()')
       ) x (what, statement);
insert into attempt values
    ('t_analyst', 'become the collector', 'set role kpid_collector'),
    ('t_analyst', 'make a temporary table', 'create temp table mine ()'),
    ('t_analyst', 'make a temporary view', 'create temp view mine as select 1'),
    ('t_analyst', 'make a large object', 'select pg_catalog.lo_create(0)'),
    ('t_analyst', 'make a large object of bytes', 'select pg_catalog.lo_from_bytea(0, ''mine'')'),
    ('t_analyst', 'hold up all loading', 'select pg_catalog.pg_advisory_lock(2020370)'),
    ('t_analyst', 'hold it up for a while', 'select pg_catalog.pg_try_advisory_xact_lock_shared(2020370)'),
    ('t_analyst', 'read what was migrated', 'select from kpid_meta.applied'),
    ('t_analyst', 'lock a view', 'lock table kpi.observation in access exclusive mode'),
    ('t_collector', 'become the analyst', 'set role kpi_analyst');
-- 42501 is the answer, but where PostgreSQL refuses to look at the statement:
-- a view that cannot be written to at all has no right to be missing, and what
-- an analyst may not name is not there for it.
create function pg_temp.refused(statement text) returns text language plpgsql as $$
begin
    begin
        execute statement;
    exception
        when insufficient_privilege then return null;
        when others then return sqlstate || ' ' || sqlerrm;
    end;
    return 'was done';
end $$;
grant execute on function pg_temp.refused(text) to public;

create role t_analyst in role kpi_analyst;
create role t_collector in role kpid_collector;
do $$ begin
    execute format('grant usage on schema %I to public', pg_my_temp_schema()::regnamespace);
end $$;
select cmp_ok((select count(*) from attempt where who = w.who), '>', 300::bigint,
              'there is much that ' || w.who || ' may not')
  from (values ('t_analyst'), ('t_collector')) w (who);

create temp table outcome (who text, what text, got text);
grant insert on outcome to public;
set local session authorization t_analyst;
insert into pg_temp.outcome
select a.who, a.what, pg_temp.refused(a.statement) from pg_temp.attempt a where a.who = current_user;
reset session authorization;
set local session authorization t_collector;
insert into pg_temp.outcome
select a.who, a.what, pg_temp.refused(a.statement) from pg_temp.attempt a where a.who = current_user;
reset session authorization;

select is((select count(*) from outcome), (select count(*) from attempt), 'all was tried');
select is_empty('select o.who, o.what, o.got from outcome o
                  where o.got is not null
                    and (o.got !~ ''^(55000|0A000) cannot (insert into|update|delete from) (view|column)'')',
                'each is refused, by 42501 or because a view cannot be written to');
select is_empty($$select o.* from outcome o
                   where o.got ~ '^(55000|0A000)' and o.what !~ ' kpi\.'$$,
                '.. which views of kpi alone are');

-- And none of it hinders what they are for.
set local session authorization t_analyst;
select lives_ok('select * from kpi.' || v.view || ' limit 1', 'an analyst reads kpi.' || v.view)
  from (select viewname from pg_views where schemaname = 'kpi') v (view);
select lives_ok(f.call, 'an analyst calls ' || f.call)
  from (values ('select * from kpi.as_of(now()) limit 1'),
               ('select * from kpi.as_published(now()) limit 1'),
               ('select * from kpi.assess(''2024-09-30'') limit 1'),
               ('select kpi.alert_level(''t'')')) f (call);
reset session authorization;

select * from finish();
rollback;
