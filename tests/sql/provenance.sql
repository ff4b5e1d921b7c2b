-- From a value to what it rests on: replays, values typed by hand, history,
-- and bodies that are kept no longer.
begin;
create extension if not exists pgtap with schema public;
set local search_path = public, pg_catalog;
set local client_min_messages = warning;
set local check_function_bodies = off;   -- they name tables made later
set local kpid.clock = '2024-10-15T00:00:00Z';
select no_plan();

select kpid.config_sync('{"feeds": [{"feed": "f"}, {"feed": "g"}],
    "indicators": [{"indicator": "births", "unit": "人",
                    "measure": "flow"}]}');

-- A body of month=value pairs, fetched on a day; its delivery, or null.
create function pg_temp.receive(i_feed text, i_rows text, i_contract text,
                                i_day date)
returns int language sql as $$
    with d as materialized (
        select kpid.receive(i_feed, sha256(i_rows::bytea),
                            i_contract::bytea, 'https://x.example', 9,
                            i_day::timestamptz, null, false) as id
    ), kept as (
        select kpid.body_put(sha256(i_rows::bytea), 0, i_rows::bytea)
    )
    select d.id from d, kept;
$$;
create function pg_temp.stage(i_id int, i_rows text)
returns void language plpgsql as $$
begin
    perform kpid.stage_begin();
    insert into pg_temp.staged_series
    values (i_id, 0, 202037, 'births', 'M', 'M', '{}');
    insert into pg_temp.staged
    select i_id, 0, make_date(2024, c[1]::int, 1), n + 1, 2,
           coalesce(nullif(c[2], ''), 'A')::"char", nullif(c[3], '')::numeric,
           null, null
      from regexp_split_to_table(i_rows, ' ') with ordinality r (cell, n)
     cross join lateral regexp_match(r.cell, '^(\d+)=([A-Z]?)(.*)$') c;
end $$;
create function pg_temp.load(i_feed text, i_rows text, i_day date)
returns int language plpgsql as $$
declare
    l_id int := pg_temp.receive(i_feed, i_rows, 'c1', i_day);
begin
    perform pg_temp.stage(l_id, i_rows);
    perform kpid.merge(array[l_id], true);
    return l_id;
end $$;
create function pg_temp.replay(i_delivery int, i_rows text, i_contract text)
returns int language plpgsql as $$
declare
    l_id int := kpid.replay(i_delivery, i_contract::bytea, false);
begin
    perform pg_temp.stage(l_id, i_rows);
    perform kpid.merge(array[l_id], true);
    return l_id;
end $$;

-- Rule 9: a replay that was loaded is the feed's last delivery.
select pg_temp.load('f', '1=10 2=20', '2024-02-01') as d1 \gset
select pg_temp.replay(:d1, '1=1 2=20 3=5', 'c2') as d2 \gset
select is(pg_temp.receive('f', '1=10 2=20', 'c2', '2024-03-01'), null,
          'the same bytes under the mended contract are no new delivery');
select is((select l.delivery from kpid.last_outcome('f') l), :d2,
          'the last one is the replay');
select is((select decode(s.contract, 'hex') from kpid.feed_states() s
            where s.feed = 'f'), 'c2'::bytea,
          '.. and its contract is the one that answers "not modified"');
select isnt(pg_temp.receive('f', '1=10 2=20', 'c1', '2024-03-01'), null,
            'under the old contract they are one');
delete from kpid.delivery where outcome = 'received';
select kpid.replay(:d2, 'c3'::bytea, false) as d3 \gset
select is(pg_temp.receive('f', '1=10 2=20', 'c2', '2024-03-01'), null,
          'a replay that was not loaded changes nothing');
select lives_ok(format('select kpid.retract(%s, ''a'', ''b'')', :d2),
                'retract the replay');
select is(pg_temp.receive('f', '1=10 2=20', 'c2', '2024-03-01'), null,
          'retracted A still served: not loaded again');

-- What a replay changed, as a list.
select is((select array_agg(format('%s %s>%s %s/%s', c.period, c.before,
                                   c.after, c.kind, c.total) order by c.period)
             from kpid.delivery_changes(:d2, 10) c),
          array['2024-01 10>1 revised/2', '2024-03 >5 inserted/2'],
          'what the replay changed, and what it did not');
select is((select count(*) from kpid.delivery_changes(:d2, 1)), 1::bigint,
          '.. no more than was asked for');
select pg_temp.load('f', '5=7 6=P8', '2024-07-01') as d4 \gset
select pg_temp.replay(:d4, '6=8', 'c4') as d5 \gset
select is((select array_agg(format('%s %s>%s %s', c.period, c.before,
                                   c.after, c.kind) order by c.period)
             from kpid.delivery_changes(:d5, 10) c),
          array['2024-05 7> withdrawn', '2024-06 8>8 revised'],
          'a value that goes, and one whose flag alone changes');

-- Typed by hand.
select kpid.hand_feed('by_hand');
select kpid.hand_feed('by_hand');
select is((select array[f.feed, f.active::text] from kpid.feed f
            where f.feed = 'by_hand'), array['by_hand', 'false'],
          'its feed is known once, and is no configured one');
select pg_temp.receive('by_hand', '6=9', 'h', '2024-08-01') as h1 \gset
select kpid.delivery_typed(:h1, '山田', '電話');
select pg_temp.stage(:h1, '6=9');
select is((select m.revised from kpid.merge(array[:h1], true) m), 1::bigint,
          'a value typed by hand is loaded');
select kpid.delivery_typed(:h1, '佐藤', '');
select is((select array[d.typed_by, d.typed_why] from kpi.delivery d
            where d.delivery = :h1), array['山田', '電話'],
          'who typed it is not changed afterwards');
select is((select array_agg(t.period || ' ' || t.typed_by)
             from kpid.typed_values(null) t), array['2024-06 山田'],
          'it is in force');
select is((select o.typed_by from kpi.observation o
            where o.period = '2024-06'), '山田', '.. and analysts see who');
select ok(kpid.hand_stands('{"org": 202037, "indicator": "births",
    "frequency": "M", "span": "M", "dims": {}}', '2024-06-01', 9.0, null),
          'typed again it stands');
select pg_temp.load('g', '6=8', '2024-09-01') as d6 \gset
select ok(not kpid.hand_stands('{"org": 202037, "indicator": "births",
    "frequency": "M", "span": "M", "dims": {}}', '2024-06-01', 9, null),
          'until a file says something else');
select is_empty('select * from kpid.typed_values(null)',
                '.. and nobody typed what serves now');
select is((select array_agg(k.kind || coalesce(' ' || k.name, ''))
             from kpid.hand_series('births', 202037, 'M', '{}') k),
          array['same M', 'org'], 'the series that a value belongs to');
select is((select array_agg(k.kind || coalesce(' ' || k.name, '')
                            order by k.kind desc)
             from kpid.hand_series('births', 202037, 'FY', '{}') k),
          array['other 2024-06', 'org'], 'a year beside months');
select is_empty($$select * from kpid.hand_series('births', 199991, 'M', '{}')$$,
                'a town that nobody knows');

-- All that was said about a key.
select s.series as series from kpid.series s \gset
select is((select array_agg(format('%s %s %s %s', h.kind,
                                   coalesce(h.value::text, '-'), h.status,
                                   coalesce(h.who, '')))
             from kpid.value_history(202037, :series, '2024-06-01',
                                     kpid.event_at(null)) h),
          array['load 8 P ', 'replay 8 A ', 'load 9 A 山田', 'load 8 A '],
          'every vintage with its event and who');
select is((select array[c.delivery, c.line, c.col]
             from kpid.value_cited(202037, :series, '2024-06-01',
                                   kpid.event_at(null)) c),
          array[:d6, 2, 2], 'the place that it rests on');
select is((select k.hint from kpid.value_key('births', 202037, 'M',
                                            '2020-01-01', '{}') k), '2024-06',
          'a period that there is');

-- Bodies.
create function pg_temp.kept() returns text language sql as $$
    select string_agg(d.delivery::text, ' ' order by d.delivery)
      from kpi.delivery d where d.body_kept;
$$;
select is((select p.bodies from kpid.body_prune('{}', 100, false) p),
          0::bigint, 'without a policy nothing goes');
select is((select p.bodies from kpid.body_prune('{"feeds": {"g": 1}}', 100,
                                                true) p), 0::bigint,
          'what a latest value cites stays');
select pg_temp.receive('g', 'held', 'c1', '2024-09-02') as d7 \gset
select kpid.delivery_end(:d7, 'held', 'x');
select is((select array[p.bodies::text, p.more::text]
             from kpid.body_prune('{"keep_days": 10}', 1, true) p),
          array['1', 'true'], 'no more than was asked for, told so');
select is((select p.bodies
             from kpid.body_prune('{"keep_days": 10}', 100, false) p),
          2::bigint, 'what nothing rests on goes');
select is(pg_temp.kept(), format('%s %s %s %s %s', :d1, :d2, :d3, :d6, :d7),
          'what is cited, held or about to be read stays');
select is((select count(*) from kpi.observation_vintage), 10::bigint,
          'no value went');
set local role kpid_collector;
select lives_ok($$select * from kpid.body_prune('{"keep_days": 1}', 1, false)$$,
                'the collector prunes by the function');
select throws_ok($$select * from kpid.body_due('{"keep_days": 1}')$$, '42501',
                 null, '.. and calls no inner one');
reset role;
set local role kpi_analyst;
select throws_ok($$select * from kpid.body_prune('{}', 1, true)$$, '42501',
                 null, 'the analyst does not');
reset role;
select * from finish();
rollback;
