-- Nothing stands in the way of distributing the store by organization: the
-- rules of docs/scaling.md, held against the catalogue.
begin;
create extension if not exists pgtap with schema public;
set local search_path = public, pg_catalog;
set local client_min_messages = warning;
select no_plan();

-- A table is distributed when its key begins with org and goes on. (A key of
-- org alone is a list of organizations, a reference table.)
create temp view distributed as
select c.oid::regclass as tab,
       (select a.attnum from pg_attribute a
         where a.attrelid = c.oid and a.attname = 'org') as org
  from pg_class c
  join pg_index i on i.indrelid = c.oid and i.indisprimary
  join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
 where c.relnamespace = 'kpid'::regnamespace and c.relkind = 'r'
   and a.attname = 'org' and i.indnkeyatts > 1;

select is_empty($$
    select t.name from (values ('series'), ('observation'), ('superseded'),
           ('confirmed'), ('repeated'), ('feed_series'), ('unreadable'), ('withdrawn'),
           ('goal'), ('target'), ('year_reported'), ('alert')) t (name)
     where not exists (select from distributed d
                        where d.tab = ('kpid.' || t.name)::regclass) $$,
    'series, values, targets and alerts are distributed');
select is_empty($$
    select c.oid::regclass
      from pg_class c
     where c.relnamespace = 'kpid'::regnamespace and c.relkind = 'r'
       and not exists (select from pg_index i where i.indrelid = c.oid and i.indisprimary) $$,
    'every table has a key');
select is_empty($$
    select i.indexrelid::regclass
      from distributed d
      join pg_index i on i.indrelid = d.tab and i.indisunique
     where not d.org = any (i.indkey) $$,
    'every unique key of a distributed table holds org');
select is_empty($$
    select k.conname
      from distributed d
      join pg_constraint k on k.contype = 'f' and d.tab in (k.conrelid, k.confrelid) $$,
    'no foreign key enters or leaves a distributed table');
select is_empty($$
    select k.conname
      from distributed d
      join pg_constraint k on k.contype = 'x' and k.conrelid = d.tab $$,
    'no exclusion constraint on one');
select is_empty($$
    select t.tgname
      from distributed d
      join pg_trigger t on t.tgrelid = d.tab
     where t.tgname <> 'observation_direct' $$,
    'no trigger on one, but the guard of the straight way');
select is_empty($$
    select d.tab, a.attname, format_type(a.atttypid, a.atttypmod)
      from distributed d
      join pg_attribute a on a.attrelid = d.tab and a.attname = 'org'
     where a.atttypid <> 'int'::regtype or not a.attnotnull $$,
    'org has one type, so that the tables stand together');
select is_empty($$
    select c.oid::regclass
      from pg_class c
     where c.relnamespace in ('kpid'::regnamespace, 'kpi'::regnamespace)
       and (c.relkind in ('m', 'f') or c.relhasrules and c.relkind = 'r') $$,
    'no materialized view, foreign table or rule');
select is_empty($$
    select p.oid::regprocedure, d.tab
      from pg_proc p
      join distributed d
           on p.prosrc ~ ('(alter|truncate)\s+(table\s+)?' || d.tab || '\M')
     where p.pronamespace in ('kpid'::regnamespace, 'kpi'::regnamespace)
       and p.oid::regprocedure::text not in ('kpid.key_lift(bigint)', 'kpid.key_lay()') $$,
    'no function alters or empties one, but the key of an empty one is put off');
select is_empty($$
    select p.oid::regprocedure
      from pg_proc p
     where p.pronamespace in ('kpid'::regnamespace, 'kpi'::regnamespace)
       and p.prosrc ~* '\mupdate\s+kpid\.(series|observation|superseded|confirmed|feed_series|unreadable|withdrawn|goal|target|alert)\M[^;]*\mset\s+org\s*=' $$,
    'no function moves a row to another organization');

-- Wherever a view or a function of kpi reads a second distributed table, in a
-- join, a lateral or a subselect, its org is made equal to another's: the
-- question stays within a shard.
create temp view reading as
select v.schemaname || '.' || v.viewname as name, v.definition as body
  from pg_views v where v.schemaname = 'kpi'
 union all
select p.oid::regprocedure::text, pg_get_functiondef(p.oid)
  from pg_proc p
 where p.pronamespace = 'kpi'::regnamespace;
create temp view read_table as
select r.name, r.body, m[1] as tab, m[2] as alias,
       count(*) over (partition by r.name) as tables
  from reading r
 cross join lateral regexp_matches(r.body,
       '(?:FROM|JOIN|from|join)\s+\(*kpid\.(series|observation|superseded|feed_series|confirmed|unreadable|withdrawn)\s+(\w+)', 'g') m;
select ok((select count(distinct name) >= 5 from read_table
            where tables > 1), 'there are views of several such tables');
select is_empty($$
    select t.name, t.tab, t.alias
      from read_table t
     where t.tables > 1
       and t.body !~ ('(\m' || t.alias || '\.org = |= ' || t.alias || '\.org\M)')
       and t.body !~ ('select ' || t.alias || '\.org,')        -- a union's arm
       and t.body !~ ('SELECT ' || t.alias || '\.org,')
       -- a function of ours that reads the others for this key
       and t.body !~ ('LATERAL kpid\.\w+\(' || t.alias || '\.org, ' || t.alias || '\.series\M') $$,
    'distributed tables meet by org');

-- Such a function compares each such table that it reads with that org.
select is_empty($$
    select p.oid::regprocedure, m[1]
      from pg_proc p
     cross join lateral regexp_matches(p.prosrc,
           '(?:from|join)\s+(?:kpid\.derived_wires\(\)|kpid\.as_of_event\([^)]*\)|kpi\.publication|kpid\.(?:series|observation|superseded))\s+(\w+)', 'g') m
     where p.oid::regprocedure::text ~ '^kpid\.derived_(inputs|publication)\('
       and p.prosrc !~ ('\m' || m[1] || '\.org = ') $$,
    'and those that a computed value is asked of stay with its org');

-- What a table of keys is to be copied to every node by: a key of its own.
select is_empty($$
    select c.conname
      from pg_constraint c
      join pg_class t on t.oid = c.conrelid
     where t.relnamespace = 'kpid'::regnamespace and c.contype = 'f'
       and c.confrelid::regclass::text not in
           ('kpid.feed', 'kpid.outbox', 'kpid.delivery') $$,
    'foreign keys point to reference and local tables alone');
select is_empty($$
    select a.attrelid::regclass, a.attname
      from pg_attribute a
      join distributed d on d.tab = a.attrelid
     where a.attidentity <> '' and a.attname <> 'series' $$,
    'the number of a series is the only one that a distributed table counts');

select * from finish();
rollback;
