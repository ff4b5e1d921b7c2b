-- The gates: each fires, does not fire just below, and knows what a first
-- delivery and a replay are. Loading goes as the collector does it.
begin;
create extension if not exists pgtap with schema public;
set local search_path = public, pg_catalog;
set local client_min_messages = warning;
set local check_function_bodies = off;   -- they name tables made later
select no_plan();

-- rows: 'births/1/4=10': indicator, town, month of 2024 (13 is January 2025)
-- and value; P or E before the value is its status, L is missing.
create function pg_temp.give(i_feed text, i_rows text, i_hour int,
                             i_quiet boolean default false)
returns int language sql as $$
    select kpid.receive(i_feed, sha256(convert_to(i_rows, 'UTF8')), '\x01',
                        'test', 1, timestamptz '2024-12-15 00:00Z'
                        + i_hour * interval '1 hour', null, i_quiet);
$$;
create function pg_temp.stage(i_id int, i_rows text)
returns void language plpgsql as $$
begin
    perform kpid.stage_begin();
    insert into pg_temp.staged_series
    select i_id, dense_rank() over (order by c[1], c[2], c[3]) - 1,
           202010 + c[2]::int, c[1], 'M', 'M',
           case when c[3] = '' then '{}' else jsonb_build_object('sex', c[3]) end
      from (select distinct regexp_match(r.cell, '^(\w+)/(\d+)(\w*)/') as c
              from regexp_split_to_table(i_rows, ' ') r (cell)) x
     where i_rows <> '';
    insert into pg_temp.staged
    select i_id, s.ordinal, make_date(2024, 1, 1) + (c[4]::int - 1) * interval '1 month',
           r.n + 1, 2,
           coalesce(nullif(c[5], ''), 'A')::"char", nullif(c[6], '')::numeric,
           null, null
      from regexp_split_to_table(i_rows, ' ') with ordinality r (cell, n)
     cross join lateral regexp_match(
           r.cell, '^(\w+)/(\d+)(\w*)/(\d+)=([A-Z]?)(.*)$') c
      join pg_temp.staged_series s
           on s.indicator = c[1] and s.org = 202010 + c[2]::int
          and coalesce(s.dims ->> 'sex', '') = c[3]
     where i_rows <> '';
end $$;
-- the kinds that hold it; what passes is loaded
create function pg_temp.gate(i_feed text, i_rows text, i_hour int)
returns text language plpgsql as $$
declare
    l_id   int := pg_temp.give(i_feed, i_rows, i_hour);
    l_kind text;
begin
    perform pg_temp.stage(l_id, i_rows);
    select string_agg(distinct g.kind, ' ' order by g.kind) into l_kind
      from kpid.gates(array[l_id]) g;
    if l_kind is null then
        perform kpid.merge(array[l_id], false);
    else
        perform kpid.delivery_end(l_id, 'held', l_kind);
    end if;
    return coalesce(l_kind, 'passes');
end $$;
-- 'births/1/1=100 births/2/1=100 ..': towns x months of one value each
create function pg_temp.grid(i_indicator text, i_towns int, i_months int,
                             i_value text, i_first int default 1)
returns text language sql as $$
    select string_agg(format('%s/%s/%s=%s', i_indicator, o, m, i_value), ' '
                      order by o, m)
      from generate_series(1, i_towns) o,
           generate_series(i_first, i_first + i_months - 1) m;
$$;
create function pg_temp.last_id() returns int language sql as
    'select max(delivery) from kpid.delivery';
create function pg_temp.mails() returns bigint language sql as
    $$select count(*) from kpid.outbox where kind = 'held'$$;

select kpid.config_sync('{"feeds": [
    {"feed": "f", "title": "出生数", "owner": "shimin@city.example"},
    {"feed": "off", "owner": "shimin@city.example", "gates":
        {"rows_drop": false, "all_zero": false, "jump": false,
         "unit_slip": false, "running_total": false, "ratio_max": false,
         "future": false}},
    {"feed": "low", "owner": "a@b", "gates": {"rows_drop": 0.9, "jump": 5}},
    {"feed": "sex", "owner": "a@b", "gates": {"totals": [
        {"dimension": "sex", "total": "all", "parts": ["men", "women"]},
        {"total": "births", "parts": ["boys", "girls"], "tolerance": 1}]}}],
    "indicators": [
    {"indicator": "births", "name_ja": "出生数", "unit": "人", "measure": "flow",
     "monotone": true},
    {"indicator": "boys", "name_ja": "男児", "unit": "人", "measure": "flow"},
    {"indicator": "girls", "name_ja": "女児", "unit": "人", "measure": "flow"},
    {"indicator": "people", "name_ja": "人口", "unit": "人", "measure": "stock"},
    {"indicator": "ever", "name_ja": "登録者累計", "unit": "人",
     "measure": "stock", "monotone": true},
    {"indicator": "rate", "name_ja": "交付率", "unit": "%", "measure": "ratio",
     "decimals": 1},
    {"indicator": "cards", "name_ja": "交付枚数", "unit": "枚",
     "measure": "flow_ytd", "monotone": true}]}');
savepoint clean;

-- how much
select is(pg_temp.gate('f', pg_temp.grid('births', 5, 1, '30'), 1), 'passes',
          'a first delivery is held against nothing');
select is(pg_temp.gate('f', pg_temp.grid('births', 10, 2, '30'), 2), 'passes',
          'more rows than before');
select is(pg_temp.gate('f', pg_temp.grid('births', 5, 2, '30'), 3), 'passes',
          'half of the rows is not fewer than half');
select is(pg_temp.gate('f', pg_temp.grid('births', 10, 2, '31'), 4), 'passes',
          'back to twenty');
select is(pg_temp.gate('f', pg_temp.grid('births', 9, 1, '30'), 5),
          'rows_drop', 'nine of twenty');
select is(pg_temp.gate('f', '', 6), 'rows_drop', 'no row at all');
select is(pg_temp.gate('f', pg_temp.grid('births', 10, 1, '30', 2), 7),
          'passes', 'a window that moved on: the month before is not missed');
select is(pg_temp.gate('f', pg_temp.grid('births', 4, 1, '30', 3), 8),
          'rows_drop', 'another month, of fewer than half the towns');
select is(pg_temp.gate('f', pg_temp.grid('births', 10, 3, '30'), 9), 'passes',
          'a longer file');
select is(pg_temp.gate('f', pg_temp.grid('births', 10, 1, '30', 4), 10),
          'passes', 'a year begins with one month where the last had more');
select is(pg_temp.gate('low', pg_temp.grid('people', 3, 3, '30'), 1), 'passes',
          'nine rows');
select is(pg_temp.gate('low', pg_temp.grid('people', 3, 1, '30'), 2), 'passes',
          'small deliveries may shrink');
select is(pg_temp.gate('low', pg_temp.grid('people', 10, 1, '30'), 3),
          'passes', 'ten rows');
select is(pg_temp.gate('low', pg_temp.grid('people', 8, 1, '30'), 4),
          'rows_drop', 'eight of ten where nine tenths are declared');
rollback to clean;

-- zeros
select is(pg_temp.gate('f', pg_temp.grid('births', 3, 1, '7'), 1), 'passes', 'three');
select is(pg_temp.gate('f', pg_temp.grid('births', 2, 1, '0') || ' births/3/1=1', 2),
          'passes', 'one number that is not 0');
select is(pg_temp.gate('f', pg_temp.grid('births', 3, 1, '0'), 3), 'passes',
          'where one was not 0, all may be');
select is(pg_temp.gate('f', pg_temp.grid('births', 9, 1, '4', 2), 3), 'passes', 'nine');
select is(pg_temp.gate('f', pg_temp.grid('births', 9, 1, '0', 3), 3), 'passes',
          'nine series may come to rest in a new month');
select is(pg_temp.gate('f', pg_temp.grid('births', 3, 1, '8'), 4), 'passes', 'again');
select is(pg_temp.gate('f', pg_temp.grid('births', 3, 1, '0'), 5), 'all_zero',
          'where three were not 0');
select is(pg_temp.gate('f', pg_temp.grid('births', 3, 1, 'L'), 6), 'passes',
          'missing values are no zeros');
rollback to clean;
select is(pg_temp.gate('f', pg_temp.grid('cards', 12, 1, '80', 3), 1), 'passes', 'March');
select is(pg_temp.gate('f', pg_temp.grid('cards', 12, 1, '0', 4), 2), 'passes',
          'running totals begin a year with 0');
rollback to clean;
select is(pg_temp.gate('f', pg_temp.grid('births', 12, 1, '80', 3), 1), 'passes', 'March');
select is(pg_temp.gate('f', pg_temp.grid('births', 12, 1, '0', 4), 2), 'all_zero',
          'counts by month do not');
rollback to clean;

-- units
select is(pg_temp.gate('f', pg_temp.grid('people', 4, 1, '1234'), 1), 'passes', 'people');
select is(pg_temp.gate('f', pg_temp.grid('people', 4, 1, '1234000'), 2),
          'unit_slip', 'a thousand times the same month');
select is(pg_temp.gate('f', pg_temp.grid('people', 4, 1, '1.234'), 3),
          'unit_slip', 'a thousandth');
select is(pg_temp.gate('f', pg_temp.grid('people', 4, 1, '12400000', 2), 4),
          'unit_slip', 'ten thousand times the month before');
select is(pg_temp.gate('f', pg_temp.grid('people', 4, 1, '5400000', 2), 5),
          'jump', 'far, but by no unit');
select is(pg_temp.gate('f', pg_temp.grid('people', 4, 1, '1240', 2), 6),
          'passes', 'the month after');
select is((select x.text from kpid.finding x), null, 'gates tell, they do not write');
rollback to clean;

-- jumps
select pg_temp.gate('f', pg_temp.grid('people', 30, 2, '5000'), 1);
select is(pg_temp.gate('f', pg_temp.grid('people', 29, 1, '5100', 3)
                            || ' people/30/3=499999', 2), 'passes',
          'one of thirty by less than a hundred times');
select is(pg_temp.gate('f', pg_temp.grid('people', 28, 1, '5100', 4)
                            || ' people/29/4=700000 people/30/4=60000000', 3),
          'jump', 'two of thirty by a hundred times');
select is(pg_temp.gate('f', pg_temp.grid('people', 29, 1, '5100', 4)
                            || ' people/30/4=700000', 4), 'passes',
          'one of thirty by a hundred and forty times');
select is(pg_temp.gate('f', pg_temp.grid('people', 29, 1, '5100', 5)
                            || ' people/30/5=800000000', 5), 'jump',
          'one of thirty by a thousand times');
select is(pg_temp.gate('f', pg_temp.grid('people', 30, 1, '52000', 5), 6),
          'jump', 'all by ten times');
select is(pg_temp.gate('f', 'people/1/2=5000000', 7), 'jump rows_drop',
          'a thousand times its own served value');
rollback to clean;
select pg_temp.gate('off', 'people/1/1=5000 people/1/2=5000000 people/1/3=5000', 1);
select pg_temp.gate('f', 'people/1/1=5000', 2);
select is(pg_temp.gate('f', 'people/1/2=5000', 3), 'passes',
          'a correction that leads back is no jump');
select is(pg_temp.gate('off', pg_temp.grid('people', 30, 1, '9000000'), 4),
          'passes', 'a feed without gates');
rollback to clean;
select pg_temp.gate('f', pg_temp.grid('births', 6, 1, '1'), 1);
select is(pg_temp.gate('f', pg_temp.grid('births', 6, 1, '180', 2), 2), 'passes',
          'from 1 to 180 births is no jump');
select pg_temp.gate('f', 'births/1/1=30 births/1/2=9000 births/1/3=40', 3);
select is(pg_temp.gate('f', 'births/1/4=9500', 4), 'passes',
          'a flow that was that high within a year');
rollback to clean;

-- totals
select is(pg_temp.gate('sex', 'people/1all/1=10 people/1men/1=4 people/1women/1=6', 1),
          'passes', 'total and parts');
select is(pg_temp.gate('sex', 'people/1all/1=11 people/1men/1=4 people/1women/1=6', 2),
          'totals', 'a total that is not their sum');
select is(pg_temp.gate('sex', 'people/1all/1=11 people/1men/1=4', 3), 'passes',
          'a part that is not there proves nothing');
select is(pg_temp.gate('sex', 'people/1all/1=11 people/1men/1=4 people/1women/1=L', 4),
          'passes', 'nor does one that is missing');
select is(pg_temp.gate('sex', 'births/1/1=11 boys/1/1=4 girls/1/1=6', 5),
          'passes', 'indicators, within the tolerance');
select is(pg_temp.gate('sex', 'births/1/1=12 boys/1/1=4 girls/1/1=6', 6),
          'totals', 'and beyond it');
rollback to clean;

-- running totals
select is(pg_temp.gate('f', 'cards/1/4=10 cards/1/5=20 cards/1/6=20', 1), 'passes',
          'a running total');
select is(pg_temp.gate('f', 'cards/1/4=10 cards/1/5=20 cards/1/6=19', 2),
          'running_total_falls', 'that falls within the file');
select is(pg_temp.gate('f', 'cards/1/7=19', 3), 'running_total_falls',
          '48: or below what is served');
select is(pg_temp.gate('f', 'cards/1/7=E40 cards/1/8=21', 4), 'passes',
          'an estimate may have been too high');
select is(pg_temp.gate('f', 'cards/1/3=90 cards/2/3=90', 5), 'passes',
          'another fiscal year');
select is(pg_temp.gate('f', 'births/1/4=10 births/1/5=20 births/1/6=19', 6),
          'passes', 'a count by month may fall');
select is(pg_temp.gate('f', 'ever/1/4=10 ever/1/5=9', 7),
          'running_total_falls', 'a level that can only grow');
rollback to clean;
select is(pg_temp.gate('f', 'cards/1/4=10 cards/1/5=9', 1), 'running_total_falls',
          'also in a first delivery');
rollback to clean;

-- ratios
select is(pg_temp.gate('f', 'rate/1/1=727', 1), 'passes',
          'a first delivery may be above 100 %');
select is(pg_temp.gate('f', 'rate/1/2=741 rate/2/2=72.7', 2), 'passes',
          'and those that were above');
select is(pg_temp.gate('f', 'rate/2/3=100', 3), 'passes', '100 % is all');
select is(pg_temp.gate('f', 'rate/2/4=100.1', 4), 'ratio_above', 'more is not');
rollback to clean;

-- periods to come
select is(pg_temp.gate('f', 'births/1/12=5', 1), 'passes', 'the month that runs');
select is(pg_temp.gate('f', 'births/1/12=5 births/1/13=L', 2), 'passes',
          'a column that is still empty');
select is(pg_temp.gate('f', 'births/1/12=5 births/1/13=E9', 3), 'passes',
          'an estimate');
select is(pg_temp.gate('f', 'births/1/12=5 births/1/13=0', 4), 'future_period',
          'a number for a month that has not begun');
rollback to clean;
select is(pg_temp.gate('f', 'births/1/13=0', 1), 'future_period',
          'also in a first delivery');
rollback to clean;

-- people decide
select pg_temp.gate('f', pg_temp.grid('births', 10, 2, '30'), 1);
select is(pg_temp.gate('f', pg_temp.grid('births', 4, 2, '31'), 2), 'rows_drop', 'held');
select is((select count(*) from kpi.observation where value = 30), 20::bigint,
          'the last good values keep serving');
select is(pg_temp.mails(), 1::bigint, 'one mail');
select is((select recipient from kpid.outbox), 'shimin@city.example',
          '.. to the owner of the feed');
select pg_temp.stage(kpid.replay(pg_temp.last_id(), '\x02', false), pg_temp.grid('births', 4, 2, '31'));
select is((select count(*) from kpid.gates(array[pg_temp.last_id()])), 0::bigint, 'a replay passes');
select lives_ok('select kpid.merge(array[pg_temp.last_id()], true)', '.. and loads');
select is((select count(*) from kpi.observation where value = 31), 8::bigint,
          '.. what was held');
select is(pg_temp.gate('f', pg_temp.grid('births', 4, 2, '32'), 3), 'passes',
          'the next one is held against the replay');
select lives_ok($$select kpid.delivery_end(min(delivery), 'held', 'again')
                    from kpid.delivery where outcome = 'held'$$, 'said twice');
select is(pg_temp.mails(), 1::bigint, '.. is told once');
rollback to clean;
select pg_temp.gate('f', pg_temp.grid('births', 10, 2, '30'), 1);
select kpid.delivery_end(pg_temp.give('f', 'x', 2, true), 'held', 'changed_unit');
select is(pg_temp.mails(), 0::bigint, 'an import tells nobody');
select kpid.delivery_end(pg_temp.give('f', 'y', 3), 'held', 'line 1: changed unit');
select is((select payload ->> 'error' from kpid.outbox), 'line 1: changed unit',
          'findings that hold are told, too');
select is((select (payload ->> 'last_delivery')::int from kpid.outbox),
          pg_temp.last_id() - 2,
          '.. with the delivery that serves');
select kpid.retract(pg_temp.last_id() - 2, 'me', 'wrong file');
select is(pg_temp.gate('f', pg_temp.grid('births', 10, 2, '33'), 4), 'passes',
          'what is put aside is held against nothing');
rollback to clean;

-- The words of a finding, once.
select pg_temp.gate('f', pg_temp.grid('people', 4, 2, '1234'), 1);
select pg_temp.stage(pg_temp.give('f', 'z', 2),
                     pg_temp.grid('people', 3, 2, '1234000'));
select results_eq(
    $$select kind, line, col, text, text_ja from kpid.gates(array[pg_temp.last_id()])$$,
    $$values ('unit_slip', 2, 0,
        'the numbers of ''people'' are 1000 times what they were (median of 6: 1000.0)',
        '「人口」の数値が、これまでの1,000倍になっています（6件の中央値）。単位が'
        '変わった可能性があります。')$$, 'a finding in words');
select * from finish();
rollback;
