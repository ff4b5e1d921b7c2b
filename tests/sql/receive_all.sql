-- Many bodies at once: what one after the other would have been.
begin;
create extension if not exists pgtap with schema public;
set local search_path = public, pg_catalog;
set local client_min_messages = warning;
set local kpid.clock = '2024-10-15T00:00:00Z';
select no_plan();
select kpid.config_sync('{"feeds": [{"feed": "a"}, {"feed": "b"},
                                    {"feed": "many", "by_url": true}]}');
set local role kpid_collector;

-- Bodies as words "feed/url/bytes"; what becomes of each: n1, n2, .. are new
-- deliveries, the same one twice has the same number.
create function pg_temp.receive(variadic bodies text[])
returns text language sql as $$
with got as (
    select r.*, row_number() over () as n
      from kpid.receive_all(
           (select array_agg(split_part(b, '/', 1) order by n) from unnest(bodies) with ordinality x (b, n)),
           (select array_agg(sha256(split_part(b, '/', 3)::bytea) order by n)
              from unnest(bodies) with ordinality x (b, n)),
           array_fill('\x01'::bytea, array[cardinality(bodies)]),
           (select array_agg(split_part(b, '/', 2) order by n) from unnest(bodies) with ordinality x (b, n)),
           array_fill(9::bigint, array[cardinality(bodies)]),
           array_fill(timestamptz '2024-10-01 00:00Z', array[cardinality(bodies)]),
           array_fill(null::timestamptz, array[cardinality(bodies)]),
           array_fill(false, array[cardinality(bodies)])) r
)
select string_agg(coalesce('n' || dense, outcome), ' ' order by n)
  from (select g.*, case when g.delivery is not null
                         then dense_rank() over (order by g.delivery) end as dense
          from got g) g $$;
create function pg_temp.loaded() returns void language sql security definer as $$
select kpid.delivery_end(d.delivery, 'held', 'why') from kpi.delivery d
 where d.outcome = 'received' $$;

select is(pg_temp.receive('a/u/1', 'b/u/1', 'a/u/2', 'a/u/1'), 'n1 n2 n3 n4',
          'A B A is three, and feeds do not meet');
select is(pg_temp.receive('a/u/1', 'a/u/1', 'b/u/2', 'b/u/2'), 'n1 n1 n2 n2',
          'the same bytes one after the other are one; what was never finished is given out again');
select is((select count(*) from kpi.delivery where feed = 'a'), 3::bigint, '.. and no other is made');
reset role;
select pg_temp.loaded();
set local role kpid_collector;
select is(pg_temp.receive('a/u/1', 'b/u/2', 'b/u/3'), 'held held n1',
          'what stands is none: what became of it is told');
select is(pg_temp.receive('a/u/2', 'a/u/2', 'a/u/1'), 'n1 n1 n2',
          'against the one before it, not against what stood');
select is(pg_temp.receive('many/x/1', 'many/y/1', 'many/x/1', 'many/y/2', 'many/y/1'), 'n1 n2 n1 n3 n4',
          'by address, where a feed is told apart so');
select throws_like($$ select pg_temp.receive('a/u/9', 'zz/u/1') $$, '%no feed ''zz''%',
                   'a name that the store does not know');
select is_empty($$ select * from kpid.receive_all('{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}') $$,
                'none at all');

-- Attempts at feeds: of one feed they are taken one after the other.
select kpid.feeds_checked('{a,b,a}', '{"\"1\"",null,null}', '{null,null,null}', '{t,f,f}', '{null,gone,late}');
select results_eq(
    $$ select feed, etag, failures, error from kpid.feed_states() where feed in ('a', 'b') order by feed $$,
    $$ values ('a', '"1"', 1, 'late'), ('b', null, 1, 'gone') $$,
    'two attempts at one feed: the second is a failure after a good one');
select kpid.feeds_checked('{b,b}', '{null,null}', '{null,null}', '{f,f}', '{gone,gone}');
select is((select failures from kpid.feed_states() where feed = 'b'), 3, 'each failure counts');
select throws_like($$ select kpid.feeds_checked('{zz}', '{null}', '{null}', '{f}', '{null}') $$,
                   '%no feed ''zz''%', 'a name that the store does not know');
select kpid.feeds_next('{a,b,a}', '{2024-11-01 00:00Z,2024-11-02 00:00Z,2024-11-03 00:00Z}');
reset role;
select results_eq(
    $$ select f.feed, s.next_at from kpid.feed_state s join kpid.feed f using (feed_id) order by 1 $$,
    $$ values ('a', timestamptz '2024-11-03 00:00Z'), ('b', '2024-11-02 00:00Z') $$,
    'of two next looks the last counts');
select * from finish();
rollback;
