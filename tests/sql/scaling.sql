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
       and p.oid::regprocedure::text not in ('kpid.key_lift()', 'kpid.key_lay()') $$,
    'no function alters or empties one, but the key of an empty one is put off');
select is_empty($$
    select p.oid::regprocedure
      from pg_proc p
     where p.pronamespace in ('kpid'::regnamespace, 'kpi'::regnamespace)
       and p.prosrc ~* '\mupdate\s+kpid\.(series|observation|superseded|confirmed|feed_series|unreadable|withdrawn|goal|target|alert)\M[^;]*\mset\s+org\s*=' $$,
    'no function moves a row to another organization');

-- Each join of two distributed tables in a view has org on both sides: it
-- stays within a shard.
select is_empty($$
    select v.viewname, m[1]
      from pg_views v
     cross join lateral regexp_matches(v.definition,
           'JOIN kpid\.(?:series|observation|superseded|feed_series) \w+ ON ([^\n]*)', 'g') m
     where v.schemaname = 'kpi' and m[1] !~ '\morg\M' $$,
    'views join distributed tables by org');

select * from finish();
rollback;
