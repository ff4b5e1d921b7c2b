-- The rules of the store, as histories that a reader would notice.
-- Loading goes as the collector does it: stage, copy, merge.
begin;
create extension if not exists pgtap with schema public;
set local search_path = public, pg_catalog;
set local client_min_messages = warning;
set local check_function_bodies = off;   -- they name tables made later
select no_plan();

-- rows: '1=10 2=P11 3=L 4=?' states January to April; ? cannot be read.
create function pg_temp.give(i_feed text, i_rows text, i_fetched int,
                             i_published int default null,
                             i_tainted boolean default false)
returns int language plpgsql as $$
declare
    l_id int;
begin
    l_id := kpid.receive(i_feed, sha256(i_rows::bytea), '\x01', 'test', 1,
                         timestamptz '2024-01-01 00:00Z' + i_fetched * interval '1 hour',
                         timestamptz '2024-01-01 00:00Z' + i_published * interval '1 hour',
                         false);
    if l_id is not null then
        perform pg_temp.stage(l_id, i_rows, i_tainted);
    end if;
    return l_id;
end $$;
create function pg_temp.stage(i_id int, i_rows text, i_tainted boolean)
returns void language sql as $$
    insert into pg_temp.staged_series
    values (i_id, 0, 202037, 'births', 'M', 'M', '{"sex": "all"}');
    insert into pg_temp.staged
    select i_id, 0, make_date(2024, c[1]::int, 1), n + 1, 2,
           case when c[3] = '?' then null
                else coalesce(nullif(c[2], ''), 'A')::"char" end,
           nullif(nullif(c[3], '?'), '')::numeric,
           case when c[3] = '?' then '?' end,
           case when c[3] = '?' then 'not a number' end
      from regexp_split_to_table(i_rows, ' ') with ordinality r (cell, n)
     cross join lateral regexp_match(r.cell, '^(\d+)=([A-Z]?)(.*)$') c
     where i_rows <> '';
    insert into pg_temp.staged
    select i_id, null, null, 99, 1, null, null, 'total', 'no such month'
     where i_tainted;
$$;
create function pg_temp.load(i_feed text, i_rows text, i_fetched int,
                             i_published int default null,
                             i_tainted boolean default false)
returns text language plpgsql as $$
declare
    l_id int;
begin
    perform kpid.stage_begin();
    l_id := pg_temp.give(i_feed, i_rows, i_fetched, i_published, i_tainted);
    return (select format('r%s i%s v%s u%s x%s w%s', m.read, m.inserted,
                          m.revised, m.unchanged, m.rejected, m.withdrawn)
              from kpid.merge(array[l_id], false) m
             where l_id is not null);
end $$;
-- what is served: '1=10 2=P11'
create function pg_temp.served(i_event int default null)
returns text language sql as $$
    select coalesce(string_agg(
               extract(month from v.period)::text || '='
               || replace(v.status::text, 'A', '') || coalesce(v.value::text, ''),
               ' ' order by v.period), '')
      from kpid.as_of_event(i_event) v;
$$;
create function pg_temp.published(i_hour int)
returns text language sql as $$
    select coalesce(string_agg(
               extract(month from v.period_start)::text || '='
               || coalesce(v.value::text, v.missing), ' '
               order by v.period_start), '')
      from kpi.as_published(timestamptz '2024-01-01 00:00Z'
                            + i_hour * interval '1 hour') v;
$$;
create function pg_temp.history(i_month int)
returns text language sql as $$
    select string_agg(pg_temp.served_month(e.event, i_month), ' '
                      order by e.event)
      from kpid.event e;
$$;
create function pg_temp.served_month(i_event int, i_month int)
returns text language sql as $$
    select coalesce((select coalesce(v.value::text, v.status::text)
                       from kpid.as_of_event(i_event) v
                      where v.period = make_date(2024, i_month, 1)), '-');
$$;
create function pg_temp.last_id() returns int language sql as
    'select max(delivery) from kpid.delivery';

select kpid.config_sync('{"feeds": [{"feed": "f"}, {"feed": "g"},
    {"feed": "w", "absent": "withdraw"}], "indicators": [{"indicator":
    "births", "name_ja": "出生数", "unit": "人", "measure": "flow"}]}');

savepoint clean;
select is(pg_temp.load('f', '1=10 2=1.5', 1), 'r2 i2 v0 u0 x0 w0', 'first load');
select is(pg_temp.load('f', '1=12 2=1.50', 2), 'r2 i0 v1 u1 x0 w0',
          '1.5 then 1.50 is no revision');
select is(pg_temp.served(), '1=12 2=1.5', '.. and is shown as it first came');
select is(pg_temp.load('f', '1=12 2=1.50', 3), null,
          'the same bytes as the last delivery are no new one');
select is(pg_temp.load('f', '1=10 2=1.5', 4), 'r2 i0 v1 u1 x0 w0',
          'A B A: the third is new');
select is(pg_temp.served(1), '1=10 2=1.5', 'as of the first event');
select is(pg_temp.load('f', '1=P10', 5), 'r1 i0 v1 u0 x0 w0',
          'another status is a revision');
select is(pg_temp.load('f', '1=L', 6), 'r1 i0 v1 u0 x0 w0',
          'missing with a reason replaces the number');
select is(pg_temp.history(1), '10 12 10 10 L', 'every step stands');
select is((select missing from kpi.observation where period = '2024-01'),
          'not_collected', 'a missing value tells why');
rollback to clean;

select pg_temp.load('f', '1=20', 9, 8);
select is(pg_temp.load('f', '1=10 2=1', 10, 3), 'r2 i2 v0 u0 x0 w0',
          'a late file counts against its own predecessor');
select is(pg_temp.served(), '1=20 2=1',
          '.. never replaces, but serves where it alone has the key');
select is(pg_temp.published(4), '1=10 2=1', '.. and stands at its place');
select is(pg_temp.served(1), '1=20', '.. the past is as it was');
rollback to clean;

select pg_temp.load('f', '1=10', 10, 1);
select pg_temp.load('f', '1=10 2=1', 30, 3);
select is(pg_temp.load('f', '1=20', 40, 2), 'r1 i0 v1 u0 x0 w0',
          'between two that agree');
select is(pg_temp.served(), '1=10 2=1', 'March said 10 again: 10 stays');
select is(pg_temp.published(1) || ', ' || pg_temp.published(2) || ', '
          || pg_temp.published(3), '1=10, 1=20, 1=10 2=1', 'three steps');
rollback to clean;

select pg_temp.load('f', '1=13', 20, 3);
select pg_temp.load('f', '1=11', 21, 1);
select pg_temp.load('f', '1=12', 22, 2);
select is(pg_temp.published(1) || pg_temp.published(2) || pg_temp.published(3),
          '1=111=121=13', 'a backfill in any order rebuilds the history');
select results_eq('select value from kpi.first_release', 'values (11.0)',
                  'the first release');
select results_eq(
    'select previous_value, value, change from kpi.revision order by revision',
    'values (11.0, 12.0, 1.0), (12.0, 13.0, 1.0)', 'each revision''s size');
rollback to clean;

select pg_temp.load('f', '1=10', 1);
select pg_temp.load('f', '1=12 2=5', 2);
select ok(kpid.retract(pg_temp.last_id(), 'me', 'wrong file'), 'retracting');
select is(pg_temp.served(), '1=10', 'the earlier value returns, the other goes');
select is(pg_temp.served(2), '1=12 2=5', '.. and history still shows it');
select ok(not kpid.retract(pg_temp.last_id(), 'me', 'again'), 'twice is a no-op');
select is(pg_temp.load('f', '1=12 2=5', 3), null,
          'retracted bytes that are still served are not loaded again');
select is(pg_temp.load('g', '2=6', 4), 'r1 i1 v0 u0 x0 w0',
          'after a retraction it is inserted');
rollback to clean;

select pg_temp.load('f', '1=10', 1);
select pg_temp.load('f', '1=12', 2);
select pg_temp.load('f', '1=12 2=1', 3);
select kpid.retract(pg_temp.last_id() - 1, 'me', 'wrong');
select is(pg_temp.served(), '1=12 2=1', 'confirmed by the third: it stands');
select is((select delivery from kpi.observation where period = '2024-01'),
          pg_temp.last_id(), '.. and rests on the third');
rollback to clean;

select pg_temp.load('f', '1=1', 1);
select is(pg_temp.load('f', '1=2 1=3 2=5 2=5 3=?', 2), 'r5 i1 v0 u1 x3 w0',
          'contradictions are rejected, equal repeats unchanged');
select is(pg_temp.served(), '1=1 2=5', 'the last good value serves');
select results_eq('select line, raw from kpi.reject order by line',
                  $$values (2, '2'), (3, '3'), (6, '?')$$,
                  'all of them can be looked up');
rollback to clean;

select kpid.stage_begin();
select pg_temp.give('f', '1=10', 1);
select pg_temp.give('f', '1=12', 2);
select pg_temp.give('f', '1=10 2=1', 3);
select results_eq(
    'select inserted, revised, unchanged from kpid.merge((select array_agg(delivery) from kpid.delivery), true) order by delivery',
    'values (1::bigint, 0::bigint, 0::bigint), (0, 1, 0), (1, 1, 0)',
    'a batch is its deliveries one after the other');
select is(pg_temp.history(1), '10 12 10', '.. each an event of its own');
rollback to clean;

select pg_temp.load('g', '2=7', 1);
select pg_temp.load('w', '1=1 2=2 3=3', 2);
select is(pg_temp.load('w', '1=1 3=3', 3), 'r2 i0 v0 u2 x0 w0',
          'a withdrawn key that another feed states is not gone');
select is(pg_temp.served(), '1=1 2=7 3=3', '.. the other feed''s value serves');
select is(pg_temp.load('w', '1=1 2=2 4=4', 4), 'r3 i1 v1 u1 x0 w1',
          'absent is withdrawn and counted beside the sum');
select is(pg_temp.served(), '1=1 2=2 4=4', 'withdrawn');
select is(pg_temp.published(3), '1=1 2=7 3=3', '.. but not before');
savepoint withdrawn;
select kpid.retract(pg_temp.last_id(), 'me', 'cut off');
select is(pg_temp.served(), '1=1 2=7 3=3',
          'what a retracted file withdrew returns');
rollback to withdrawn;
select is(pg_temp.load('w', '2=2 4=4', 5), 'r2 i0 v0 u2 x0 w0',
          'a window that moves on withdraws nothing behind it');
select is(pg_temp.load('w', '1=1 2=? 4=4', 6), 'r3 i0 v0 u2 x1 w0',
          'an unreadable cell is not absent');
select is(pg_temp.load('w', '1=1 4=5', 7, null, true), 'r3 i0 v1 u1 x1 w0',
          'a row whose key is unreadable stops all withdrawing');
select is(pg_temp.served(), '1=1 2=2 4=5', 'so all are there');
rollback to clean;

select pg_temp.load('f', '1=1000 2=2000', 1);
select pg_temp.load('f', '1=5', 2);
select kpid.stage_begin();
select pg_temp.stage(kpid.replay(pg_temp.last_id() - 1, '\x02', false), '1=1 2=2', false);
select lives_ok('select * from kpid.merge(array[pg_temp.last_id()], true)', 'replay');
select is(pg_temp.served(), '1=5 2=2', 'mended at its place, a newer one wins');
select kpid.retract(pg_temp.last_id(), 'me', 'no');
select is(pg_temp.served(), '1=5', 'the old mapping does not come back');
rollback to clean;

select kpid.stage_begin();
select pg_temp.give('f', '1=999', 1);
select kpid.delivery_end(pg_temp.last_id(), 'held', 'a jump of 100x');
select pg_temp.load('f', '1=9', 2);
select kpid.stage_begin();
select pg_temp.stage(pg_temp.last_id() - 1, '1=999', false);
select lives_ok('select * from kpid.merge(array[pg_temp.last_id() - 1], true)',
                'a held delivery can be released');
select is(pg_temp.served(), '1=9', '.. and keeps the rank of its receipt');
select throws_like('select * from kpid.merge(array[pg_temp.last_id()], true)',
                   '%loaded or retracted already%', 'nothing is loaded twice');
select is_empty('select * from kpi.delivery where read <> inserted + revised + unchanged + rejected',
                'the counts sum to what was read');
rollback to clean;

set local kpid.clock = '2024-10-01 00:00Z';
select pg_temp.load('f', '1=1', 1);
select pg_temp.load('f', '1=2', 2);
select is((select count(distinct known_at) from kpi.event), 2::bigint,
          'events have instants of their own though the clock stands');
select is((select value from kpi.as_of('2024-10-01 00:00Z')), 1.0,
          'as of the very instant of the first');
select is_empty('select event from kpi.event group by event having count(*) > 1',
                'no number twice');
select * from finish();
rollback;
