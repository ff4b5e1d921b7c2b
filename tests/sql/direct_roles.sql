-- The straight way into kpid.observation holds: a login of the collector may
-- state values, by the rows of a delivery of its own, and can neither write
-- without being asked nor rewrite what was known.
begin;
create extension if not exists pgtap with schema public;
set local search_path = public, pg_catalog;
set local client_min_messages = warning;
set local check_function_bodies = off;
select no_plan();
set local kpid.clock = '2024-06-01 00:00Z';
select kpid.config_sync('{"feeds": [{"feed": "f"}], "indicators": [{"indicator": "i", "measure": "flow"}]}');
create role t_collector in role kpid_collector;
do $$ begin
    execute format('grant usage on schema %I to public', pg_my_temp_schema()::regnamespace);
end $$;

select ok(not has_table_privilege(r, 'kpid.observation', 'insert, update, delete, truncate'),
          r || ' may not write observations')
  from unnest(array['kpid_collector', 't_collector', 'kpi_analyst']) r;
select ok(has_table_privilege('t_collector', 'kpid.observation', 'select'), 'a login of the collector reads as it does');
select ok(not has_table_privilege('kpid_loader', 'kpid.observation', 'select, update, delete, truncate, references, trigger'),
          'the loader may add observations and nothing else');
select is_empty($$select c.oid::regclass from pg_class c
                   where c.relnamespace in ('kpid'::regnamespace, 'kpi'::regnamespace) and c.relkind in ('r', 'v')
                     and c.oid <> 'kpid.observation'::regclass
                     and has_table_privilege('kpid_loader', c.oid, 'select, insert, update, delete, truncate')$$,
                '.. of no other table');
select is_empty($$select p.oid::regprocedure from pg_proc p
                   where p.pronamespace = 'kpid'::regnamespace and has_function_privilege('kpid_loader', p.oid, 'execute')$$,
                '.. and call nothing');
select ok(not pg_has_role('kpid_loader', 'kpid_collector', 'member'), '.. nor become the collector');

-- As a client does it, with a row of its own making.
create function pg_temp.offer() returns int language plpgsql as $$
declare
    l_d int := kpid.receive('f', sha256(random()::text::bytea), '\x00', 'u', 1, '2024-05-31', null, false);
begin
    perform kpid.stage_begin();
    insert into pg_temp.staged_series values (l_d, 0, 202037, 'i', 'M', 'M', '{}', md5(random()::text)::uuid);
    perform kpid.direct_offer(l_d, array[date '2024-01-01'], array[1::bigint]);
    return l_d;
end $$;
create function pg_temp.add(d int, since int, off int) returns void language plpgsql as $$
declare
    l_series int := (select max(series) from kpid.series);
begin
    set local role kpid_loader;
    insert into kpid.observation values (202037, l_series, '2024-01-01', since, d + off, 1, 1, 'A', 1);
    set local role kpid_collector;
end $$;
create function pg_temp.load(since int, off int) returns text language plpgsql as $$
declare
    l_d int := pg_temp.offer();
    l_event int;
begin
    select max(event) into l_event from kpid.direct_begin(l_d);
    perform pg_temp.add(l_d, l_event + since, off);
    return (select inserted::text from kpid.direct_end(l_d, 1));
end $$;

set local session authorization t_collector;
set local role kpid_collector;
select throws_ok($$insert into kpid.observation values (202037, 1, '2024-01-01', 1, 1, 1, 1, 'A', 1)$$,
                 '42501', null, 'the collector adds no observation');
select throws_ok('select pg_temp.add(1, 1, 0)', '42501', 'observations are written by the loading functions',
                 '.. not as the loader either, unless it was asked');
select throws_ok('select * from kpid.direct_begin(1)', null, null, 'nothing is opened that was not offered');
select throws_ok('select kpid.direct_end(1, 1)', null, null, '.. nor ended that was not opened');
select throws_ok('select pg_temp.load(-1, 0)', '42501', null, 'a row that was known before the load is refused');
select throws_ok('select pg_temp.load(0, -1)', '42501', null, 'a row of another delivery is refused');
select throws_ok($$do 'begin perform kpid.direct_begin(pg_temp.offer()); set constraints all immediate; end'$$,
                 '42501', null, 'a load that is not ended cannot be committed');
select throws_ok('select kpid.direct_check()', '42501', null, 'the collector checks nothing itself');
select throws_ok('select kpid.key_lift(1)', '42501', null, '.. nor lifts the key');
select is(pg_temp.load(0, 0), '1', 'what it is for: rows of its own delivery');
select throws_ok('select pg_temp.add(1, 1, 0)', '42501', 'observations are written by the loading functions',
                 '.. and it is closed again');
select lives_ok('set constraints all immediate', '.. and can be committed');
select throws_ok('delete from kpid.observation', '42501', null, '.. but not be taken back');
reset session authorization;
select is((select count(*) from kpid.observation o join kpid.series s using (org, series) where s.indicator = 'i'), 1::bigint, 'one row came');

select * from finish();
rollback;
