-- A feed's first delivery may be copied while it is read: what the database
-- lets a client do meanwhile, and what is left when it is done.
begin;
create extension if not exists pgtap with schema public;
set local search_path = public, pg_catalog;
set local client_min_messages = warning;
select no_plan();
set local kpid.clock = '2024-06-01 00:00Z';
select kpid.config_sync('{"feeds": [{"feed": "f"}, {"feed": "g"}, {"feed": "h"}, {"feed": "w", "absent": "withdraw"}],
                          "indicators": [{"indicator": "i", "measure": "flow"}]}');
create role t_collector in role kpid_collector;
do $$ begin
    execute format('grant usage on schema %I to public', pg_my_temp_schema()::regnamespace);
end $$;

create function pg_temp.received(feed text) returns int language sql as $$
    select kpid.receive(feed, sha256(random()::text::bytea), '\x00', 'u', 1, '2024-05-31', null, false);
$$;
-- What a client does: names of organizations, a row each, digests.
create function pg_temp.stream(feed text, orgs int[], month date default '2024-01-01') returns text language plpgsql as $$
declare
    l_d int := pg_temp.received(feed);
    l_event int;
    l_first int;
begin
    perform kpid.stage_begin();
    select b.event, b.series into l_event, l_first from kpid.stream_begin(l_d, 1) b;
    if l_event is null then
        return 'staged';
    end if;
    for i in 1 .. array_length(orgs, 1) loop        -- a chunk each
        insert into pg_temp.staged_series values (l_d, i - 1, orgs[i], 'i', 'M', 'M', '{}');
        perform kpid.stream_names(l_d);
        set local role kpid_loader;
        insert into kpid.observation values (orgs[i], l_first + i - 1, month, l_event, l_d, i, 1, 'A', i);
        set local role kpid_collector;
        insert into pg_temp.said values (i - 1, md5(i::text)::uuid);
    end loop;
    perform kpid.content(array[l_d], array[null::uuid], array[cardinality(orgs)::bigint]);
    perform kpid.stream_end(l_d, array[month], array[cardinality(orgs)::bigint]);
    return (select concat_ws(',', e.read, e.inserted, e.revised, e.unchanged) from kpid.direct_end(l_d, cardinality(orgs)) e);
end $$;

set local session authorization t_collector;
set local role kpid_collector;
select throws_ok('select kpid.stream_names(1)', null, null, 'no names without a batch');
select is(pg_temp.stream('f', '{202037,152048,131016}'), '3,3,0,0', 'a first delivery, in chunks');
reset session authorization;
select is((select count(*) from kpi.observation o where o.value is not null), 3::bigint, '.. all of it is there');
select is((select array_agg(s.org order by s.series) from kpid.series s), '{202037,152048,131016}', '.. series numbered as they came');
select is((select count(*) from kpid.feed_series f join kpid.delivery d on d.delivery = f.base where f.digest is not null), 3::bigint,
          '.. what each says is known');
select is((select sum(h.keys) from kpid.delivery_shape h), 3::numeric, '.. and how many of each period');
select is((select p.period from kpid.period p where p.first = '2024-01-01'), '2024-01', '.. a period analysts find');
select is_empty('select from kpid.direct_load', '.. the load is closed');
select isnt((select nextval('kpid.series_series_seq')), (select max(series)::bigint from kpid.series), '.. no number is given twice');

set local session authorization t_collector;
set local role kpid_collector;
select is(pg_temp.stream('f', '{202037}', '2024-02-01'), 'staged', 'the second is held against the first');
select is(pg_temp.stream('w', '{202045}'), 'staged', 'one that withdraws is read first');
select throws_ok($$select pg_temp.stream('g', '{202037}')$$, 'P0001', null, 'a series another feed stated: begin again');
select throws_ok($$select pg_temp.stream('g', '{202045,202045}')$$, '23505', null, 'two names that are one series');
select throws_ok($$select pg_temp.stream('g', '{202045}', '2030-01-01')$$, 'P0001', null, 'the future is for the gate to see');
select throws_ok($$do 'begin perform kpid.stage_begin(); perform kpid.stream_begin(pg_temp.received(''h''), 1); set constraints all immediate; end'$$,
                 '42501', null, 'what is not ended cannot be committed');
reset session authorization;
drop table pg_temp.streamed;
set local session authorization t_collector;
set local role kpid_collector;
create temp table streamed (delivery int, first int);
insert into pg_temp.streamed values (1, -7);
select throws_ok($$do 'begin perform kpid.stage_begin(); perform kpid.stream_names(1); end'$$, 'P0001', 'delivery 1 is no stream',
                 'a client''s own table says nothing');
select throws_ok($$select pg_temp.stream('h', '{202053}')$$, '42501', null, '.. nor is it taken for ours');
reset session authorization;
select is((select count(*) from kpid.observation), 3::bigint, 'nothing of all that is left');
select * from finish();
rollback;
