-- Who may do what in the store, and what every function and view must have.
begin;
create extension if not exists pgtap with schema public;
set local search_path = public, pg_catalog;
select no_plan();

-- The analyst reads schema kpi and nothing else.
set local role kpi_analyst;
select lives_ok('select * from kpi.observation', 'the analyst reads views');
select lives_ok('select * from kpi.as_of(null)', '.. and asks functions');
select lives_ok('select * from kpi.growth', '.. that call functions of kpid');
select lives_ok('select * from kpi.catalog, kpi.calendar, kpi.reject',
                '.. and finds what there is');
select throws_ok('select * from kpid.observation', '42501', null,
                 'the analyst cannot read kpid');
select throws_ok('select kpid.now()', '42501', null,
                 '.. nor call its functions');
select throws_ok('delete from kpi.reject', '42501', null,
                 'the analyst cannot write');
select throws_ok('drop view kpi.reject', '42501', null, '.. nor drop');
select throws_ok('create view kpi.mine as select 1', '42501', null,
                 '.. nor add to the schema');
reset role;

-- The collector writes through the loading functions alone.
set local role kpid_collector;
select throws_ok('insert into kpid.event values (1, now(), ''load'')',
                 '42501', null, 'the collector makes no events by hand');
select throws_ok('update kpid.observation set value = 1', '42501', null,
                 '.. changes no observations');
select throws_ok('delete from kpid.observation', '42501', null,
                 '.. deletes no observations');
select throws_ok('delete from kpid.superseded', '42501', null,
                 '.. deletes no history');
select throws_ok('delete from kpid.delivery', '42501', null,
                 '.. deletes no deliveries');
select throws_ok('truncate kpid.confirmed', '42501', null,
                 '.. empties nothing');
select throws_ok('select kpid.rederive(1, 1)', '42501', null,
                 '.. calls no inner function');
select lives_ok('delete from kpid.body', 'the collector may delete bodies');
reset role;

-- .. and so it loads.
set local role kpid_collector;
select kpid.config_sync('{"feeds": [{"feed": "f"}]}');
select kpid.receive('f', '\x01', '\x01', 'test', 1, now(), null, false)
       as delivery \gset
select kpid.body_put('\x01', 0, '\x02');
select kpid.stage_begin();
insert into pg_temp.staged_series
values (:delivery, 0, 202037, 'x', 'M', 'M', '{}');
insert into pg_temp.staged
values (:delivery, 0, '2024-01-01', 2, 1, 'A', 7, null, null);
select is(m.inserted, 1::bigint, 'the collector loads by its functions')
  from kpid.merge(array[:delivery], true) m;
select is(kpid.body_chunk(:delivery, 0), '\x02', '.. and reads a body back');
select throws_ok('drop table pg_temp.staged', '42501', null,
                 '.. but the staging tables are not its own');
reset role;
drop table pg_temp.staged, pg_temp.staged_series, pg_temp.resolved,
           pg_temp.counts;

-- A staging table that is not the owner's could carry a trigger that runs
-- as the owner.
set local role kpid_collector;
create temp table staged (delivery int, reason text);
create temp table staged_series ();
create temp table resolved ();
create temp table counts ();
select throws_like('select * from kpid.merge(''{}'', true)',
                   '%not made by kpid.stage_begin%',
                   'the collector cannot bring staging tables of its own');
reset role;

select is_empty($$
    select p.oid::regprocedure
      from pg_proc p
     where p.pronamespace in ('kpid'::regnamespace, 'kpi'::regnamespace)
       and p.proowner <> 'kpid_owner'::regrole $$,
    'every function belongs to the owner');
select is_empty($$
    select p.oid::regprocedure
      from pg_proc p
     where p.pronamespace in ('kpid'::regnamespace, 'kpi'::regnamespace)
       and p.prokind = 'f'              -- an aggregate has no settings
       and not (coalesce(p.proconfig, '{}')
                @> array['search_path=pg_catalog, pg_temp'])
       and (p.prosecdef or p.prolang <> (select l.oid from pg_language l
                                          where l.lanname = 'sql')) $$,
    'every function sets search_path, but SQL ones that must be inlined');
select is_empty($$
    select p.oid::regprocedure
      from pg_proc p
     where p.pronamespace in ('kpid'::regnamespace, 'kpi'::regnamespace)
       and has_function_privilege('public', p.oid, 'execute') $$,
    'nothing is granted to everybody');
select is_empty($$
    select p.oid::regprocedure
      from pg_proc p
     where p.pronamespace in ('kpid'::regnamespace, 'kpi'::regnamespace)
       and obj_description(p.oid, 'pg_proc') is null $$,
    'every function has a comment');
select is_empty($$
    select c.oid::regclass, a.attname
      from pg_class c
      left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
     where c.relnamespace = 'kpi'::regnamespace
       and c.relkind = 'v'
       and (obj_description(c.oid, 'pg_class') is null
            or col_description(c.oid, a.attnum) is null) $$,
    'every view and column that analysts see has a comment');
select is_empty($$
    select c.oid::regclass from pg_class c
     where c.relnamespace = 'kpid'::regnamespace
       and c.relkind = 'r'
       and obj_description(c.oid, 'pg_class') is null $$,
    'every table has a comment');
select is_empty($$
    select c.conname from pg_constraint c
     where c.connamespace = 'kpid'::regnamespace
       and c.conname !~ '_(pkey|uq|fkey|chk)$' $$,
    'every constraint is named');

select * from finish();
rollback;
