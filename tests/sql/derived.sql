-- Computed indicators, rule by rule, as a reader would notice.
begin;
create extension if not exists pgtap with schema public;
set local search_path = public, pg_catalog;
set local client_min_messages = warning;
set local check_function_bodies = off;   -- they name tables made later
select no_plan();

create function pg_temp.declare(variadic i_derived text[]) returns void
language sql as $$
    select kpid.config_sync(jsonb_build_object(
        'feeds', '[{"feed": "town"}, {"feed": "other"},
                   {"feed": "whole", "absent": "withdraw"}]'::jsonb,
        'indicators', (
            select jsonb_agg(jsonb_build_object(
                       'indicator', c[1], 'unit', c[2], 'measure', 'stock',
                       'decimals', 1, 'derived', nullif(c[3], '')::jsonb))
              from unnest(array['a|人|', 'b|人|', 'people|人|', 'ytd|人|']
                          || i_derived) d
             cross join lateral string_to_array(d, '|') c)));
$$;
-- 'a 4=10 5=P11; b 4=O' states months of 2024 of two indicators.
create function pg_temp.stage(i_feed text, i_rows text, i_hour int)
returns int language plpgsql as $$
declare
    l_id int := kpid.receive(i_feed, sha256(i_rows::bytea), '\x01', 'test', 1,
                             timestamptz '2025-01-01 00:00Z'
                             + i_hour * interval '1 hour', null, false);
begin
    insert into pg_temp.staged_series
    select l_id, n, 202037, split_part(p, ' ', 1), 'M', 'M', '{}'
      from regexp_split_to_table(i_rows, '; ') with ordinality x (p, n);
    insert into pg_temp.staged
    select l_id, x.n, make_date(2024 - (c[1]::int > 12)::int * 3,
                                (c[1]::int - 1) % 12 + 1, 1), 1, 2,
           coalesce(nullif(c[2], ''), 'A')::"char",
           nullif(c[3], '')::numeric
      from regexp_split_to_table(i_rows, '; ') with ordinality x (p, n)
     cross join lateral regexp_split_to_table(x.p, ' ') r (cell)
     cross join lateral regexp_match(r.cell, '^(\d+)=([A-Za-z]?)(.*)$') c
     where c is not null;
    return l_id;
end $$;
create function pg_temp.load(i_feed text, i_rows text, i_hour int)
returns int language plpgsql as $$
declare
    l_id int;
begin
    perform kpid.stage_begin();
    l_id := pg_temp.stage(i_feed, i_rows, i_hour);
    perform kpid.merge(array[l_id], true);
    return l_id;
end $$;
-- what is served of an indicator: '4=10 5=P11'
create function pg_temp.served(i_indicator text, i_event int default null)
returns text language sql as $$
    select coalesce(string_agg(
               extract(month from v.period)::text || '='
               || replace(v.status::text, 'A', '')
               || coalesce(v.value::text, ''), ' ' order by v.period), '')
      from kpid.as_of_event(i_event) v
      join kpid.series s using (org, series)
     where s.indicator = i_indicator;
$$;
create function pg_temp.event() returns int language sql as
    'select max(e.event) from kpid.event e';

-- Quotients
select pg_temp.declare('r|%|{"kind": "ratio", "inputs": ["a", "b"]}');
select pg_temp.load('town', 'a 1=1 2=2 3=1 4=5 5=L 6=3 7=Q 8=E1 9=P1 10=7; '
                            'b 1=3 2=3 3=8 4=0 5=1 6=O 7=e 8=P2 9=2 11=9', 1);
select is(pg_temp.served('r'),
          '1=33.3 2=66.7 3=12.5 4=M 5=L 6=O 7=e 8=E50.0 9=P50.0',
          'a share: rounded once, by 0 not applicable, missing for its '
          'inputs'' reasons, as weak as the weakest; no row where one has none');
select is(kpid.quotient(-1, 8, 2), -0.13, 'half is rounded away from 0');
select is(kpid.quotient(2, 3, 15), 0.666666666666667, 'fifteen decimals');
select is(kpid.quotient(123456789012345678901.5, 3, 2),
          41152263004115226300.50, 'numbers of any size stay exact');
select is((select count(*) from kpid.event where kind = 'derive'), 1::bigint,
          'declaring is an event');
select pg_temp.declare('r|%|{"kind": "ratio", "inputs": ["a", "b"]}');
select is((select count(*) from kpid.event where kind = 'derive'), 1::bigint,
          'declaring the same again is none');
select results_eq(
    $$select input, input_period, input_value, input_line
        from kpi.derivation where indicator = 'r' and period = '2024-03'$$,
    $$values ('a', '2024-03', 1::numeric, 1), ('b', '2024-03', 8, 1)$$,
    'where a share comes from');

-- Sums, differences, and one that is computed from a computed one
select pg_temp.declare(
    's|人|{"kind": "sum", "inputs": ["a", "b"]}',
    'd|人|{"kind": "difference", "inputs": ["s", "a"]}');
select is(pg_temp.served('r'), '', 'a dropped definition withdraws');
select is(pg_temp.served('r', pg_temp.event() - 1),
          '1=33.3 2=66.7 3=12.5 4=M 5=L 6=O 7=e 8=E50.0 9=P50.0',
          'what was served before stays');
select is(pg_temp.served('s'), '1=4 2=5 3=9 4=5 5=L 6=O 7=e 8=E3 9=P3',
          'a sum needs all its parts');
select is(pg_temp.served('d'), '1=3 2=3 3=8 4=0 5=L 6=O 7=e 8=E2 9=P2',
          'computed from one that is computed');
select pg_temp.load('town', 'a 10=2 11=1', 2);
select is(pg_temp.served('d'),
          '1=3 2=3 3=8 4=0 5=L 6=O 7=e 8=E2 9=P2 11=9',
          'a value appears when its last input does');

-- A population
select pg_temp.declare(
    'p|人|{"kind": "per_population", "inputs": ["a", "people"], "per": 10}');
select is(pg_temp.served('p'), '', 'no population, no rate');
select pg_temp.load('other', 'people 17=2 18=4', 3);
select is(pg_temp.served('p'), '', 'one of 2021 is too old for 2024');
select pg_temp.load('other', 'people 2=4 3=O 9=1', 4);
select is(pg_temp.served('p'),
          '2=5.0 3=2.5 4=12.5 5=L 6=7.5 7=Q 8=E2.5 9=P10.0 10=20.0 11=10.0',
          'the newest number at the end of the month counts');

-- Months and running totals
select pg_temp.declare(
    'm|人|{"kind": "monthly_of", "inputs": ["ytd"]}',
    'y|人|{"kind": "ytd_of", "inputs": ["m"]}');
select pg_temp.load('town', 'ytd 3=90 4=10 5=25 6=24 8=30 9=P35', 5);
select is(pg_temp.served('m'), '3=O 4=10 5=15 6=-1 8=O 9=P5',
          'April is itself, a total that falls gives what it gives, and '
          'after a gap nobody knows');
select is(pg_temp.served('y'), '3=O 4=10 5=25 6=24 8=O 9=O',
          'a running total ends at a gap');
select pg_temp.load('other', 'ytd 7=28', 6);
select is(pg_temp.served('y'), '3=O 4=10 5=25 6=24 7=28 8=30 9=P35',
          'and goes on when it is filled');

-- History
select pg_temp.declare('s|人|{"kind": "sum", "inputs": ["a", "b"]}');
create temp table at_first as
select pg_temp.event() as event, pg_temp.served('s') as served;
do $$
declare
    l_ids int[] := '{}';
begin
    perform kpid.stage_begin();
    l_ids := l_ids || pg_temp.stage('town', 'a 1=10', 10);
    l_ids := l_ids || pg_temp.stage('town', 'a 1=20', 11);
    l_ids := l_ids || pg_temp.stage('other', 'b 1=5', 12);
    perform kpid.merge(l_ids, true);
end $$;
select is((select string_agg(split_part(pg_temp.served('s', e.event), ' ', 1),
                             ', ' order by e.event)
             from kpid.event e, at_first f where e.event >= f.event),
          '1=4, 1=13, 1=23, 1=25', 'a batch of files leaves each its state');
select is(pg_temp.served('s', event), served, 'as_of never changes')
  from at_first;
select pg_temp.load('town', 'a 1=99', 7);
select is(split_part(pg_temp.served('s'), ' ', 1), '1=25',
          'a late file changes nothing');
select kpid.retract(d.delivery, 'me', 'wrong')
  from kpid.delivery d
 where d.fetched_at = timestamptz '2025-01-01 11:00Z';
select is(split_part(pg_temp.served('s'), ' ', 1), '1=15',
          'a retraction of an input is followed');
select results_eq(
    $$select revised_at, previous_value, value from kpi.revision
       where indicator = 's' and period = '2024-01' order by revision$$,
    $$values (timestamptz '2025-01-01 07:00Z', 4::numeric, 102::numeric),
             ('2025-01-01 10:00Z', 102, 13), ('2025-01-01 12:00Z', 13, 15)$$,
    'the true history has the late file and not the retracted one');
select is((select value from kpi.first_release
            where indicator = 's' and period = '2024-01'), 4::numeric,
          'first published when both inputs were');
select pg_temp.load('whole', 'a 1=7 12=1; b 1=1 12=1', 20);
select pg_temp.load('whole', 'a 12=1; b 1=1 12=1', 21);
select is(split_part(pg_temp.served('s'), ' ', 1), '1=11',
          'an input that is withdrawn uncovers the one before');

-- What a feed stated is not mixed with what is computed.
select pg_temp.load('other', 'both 1=5', 30);
select pg_temp.declare('both|人|{"kind": "sum", "inputs": ["a", "b"]}');
select is(pg_temp.served('both'), '1=5', 'a stated series stays the feed''s');
select kpid.retract(max(d.delivery), 'me', 'now computed')
  from kpid.delivery d;
select pg_temp.declare('both|人|{"kind": "sum", "inputs": ["b", "a"]}');
select is(split_part(pg_temp.served('both'), ' ', 1), '1=11',
          'retracted, it is computed');
select pg_temp.declare(variadic '{}');
select pg_temp.load('other', 'both 1=6', 31);
select is(pg_temp.served('both'), '1=6', 'and a feed may state it again');
select is_empty($$
    select from kpid.keys_of(1) k join kpid.series s using (org, series)
     where s.derived$$, 'a delivery never states what is computed from it');
select finish();
rollback;
