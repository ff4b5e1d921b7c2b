-- The ways into the store that save sending rows: what a delivery repeats as
-- a whole or series by series, and straight into kpid.observation. Whatever
-- way is taken, the answers are those of docs/architecture.md, as if all rows
-- had been staged; digests are a cache of speed, never of meaning.
begin;
create extension if not exists pgtap with schema public;
set local search_path = public, pg_catalog;
set local client_min_messages = warning;
set local check_function_bodies = off;   -- they name tables made later
select no_plan();
set local kpid.clock = '2024-06-01 00:00Z';
select kpid.config_sync('{"feeds": [{"feed": "f"}, {"feed": "g"}, {"feed": "w", "absent": "withdraw"}],
                          "indicators": [{"indicator": "i", "measure": "flow"}]}');

-- What the straight way takes off an empty store, and puts back.
create temp table keys as
select indexdef from pg_indexes
 where schemaname = 'kpid' and tablename in ('observation', 'series', 'feed_series');

-- A delivery as a client makes it: rows [[org, month, value], ..], received
-- on day n. The ways: staged, content (whole repeats are left out), direct.
-- Returns the way that was taken at last, and the counts.
create function pg_temp.stage(d int, rows jsonb) returns void language sql as $$
    insert into pg_temp.staged_series
    select d, dense_rank() over (order by org) - 1, org, 'i', 'M', 'M', '{}', digest
      from (select (r ->> 0)::int as org, md5(string_agg(r::text, ' ' order by r))::uuid as digest
              from jsonb_array_elements(rows) r group by 1) s;
    insert into pg_temp.staged
    select d, s.ordinal, make_date(2024, (r ->> 1)::int, 1), n, 1, 'A', (r ->> 2)::numeric
      from jsonb_array_elements(rows) with ordinality x (r, n)
      join pg_temp.staged_series s on s.org = (r ->> 0)::int and s.delivery = d
$$;
create function pg_temp.straight(d int, rows jsonb) returns boolean language plpgsql as $$
begin
    perform pg_temp.stage(d, rows);
    drop table if exists body, plan;
    create temp table body on commit drop as select * from pg_temp.staged;
    delete from pg_temp.staged;
    if not kpid.direct_offer(d, (select array_agg(distinct period order by period) from body),
                             (select array_agg(n order by period) from (select period, count(*) as n from body group by 1) s)) then
        return false;
    end if;
    create temp table plan on commit drop as select * from kpid.direct_begin(d);
    insert into kpid.observation
    select t.org, p.series, b.period, p.event, d, b.line, b.col, b.status, b.value
      from body b join plan p on p.ordinal = b.series and p.class in ('f', 'n')
      join pg_temp.staged_series t on t.ordinal = b.series;
    insert into pg_temp.staged select b.* from body b join plan p on p.ordinal = b.series and p.class = 'c';
    return true;
end $$;
create function pg_temp.load(feed text, n int, rows jsonb, way text) returns text language plpgsql as $$
declare
    l_at timestamptz := timestamptz '2024-05-01 00:00Z' + n * interval '1 day';
    l_d int := kpid.receive(feed, sha256(random()::text::bytea), '\x00', 'u', 1, l_at, null, false);
    l_way text := 'staged';
    l_counts text;
begin
    perform kpid.stage_begin();
    if way <> 'staged' then
        if exists (select kpid.content(array[l_d], array[md5(rows::text)::uuid],
                                       array[jsonb_array_length(rows)::bigint])) then
            l_way := 'content';
        elsif way = 'direct' then
            if pg_temp.straight(l_d, rows) then
                l_way := (select string_agg(distinct class::text, '' order by class::text) from plan);
                select concat_ws(',', inserted, revised, unchanged, withdrawn) into l_counts
                  from kpid.direct_end(l_d, jsonb_array_length(rows));
                return l_way || ' ' || l_counts;
            end if;
            perform kpid.stage_begin();
        end if;
    end if;
    if l_way = 'staged' then
        perform pg_temp.stage(l_d, rows);
    end if;
    select concat_ws(',', inserted, revised, unchanged, withdrawn) into l_counts
      from kpid.merge(array[l_d], true);
    return l_way || ' ' || l_counts;
end $$;
create function pg_temp.latest(org int) returns text language sql as $$
    select string_agg(extract(month from o.period) || '=' || trim_scale(o.value)
                      || case when o.line = 0 then '?' else '' end, ' ' order by o.period)
      from kpid.observation o where o.org = $1 and o.status <> 'X'
$$;
create function pg_temp.newest() returns int language sql as 'select max(delivery) from kpid.delivery';

-- 1. Series that nobody ever stated go straight in; what was said is known.
select is(pg_temp.load('f', 1, '[[202037,1,10],[202037,2,11],[152048,1,20]]', 'direct'), 'f 3,0,0,0', 'fresh series: all straight in');
select is(pg_temp.latest(202037), '1=10 2=11', '.. and latest');
select set_eq($$ select indexdef from pg_indexes where schemaname = 'kpid' and tablename in ('observation', 'series', 'feed_series') $$,
              'select indexdef from pg_temp.keys', '.. and all keys are what they were');
select is_empty('select from kpid.direct_load', '.. the load is closed');
select is(pg_temp.load('f', 2, '[[202037,1,10],[202037,2,11],[152048,1,20]]', 'direct'), 'content 0,0,3,0', 'the same as a whole: nothing is sent');
select is((select repeats from kpid.delivery where delivery = pg_temp.newest()), pg_temp.newest() - 1, '.. it repeats its base');
select is(pg_temp.load('f', 3, '[[202037,1,10],[202037,2,11],[152048,1,20]]', 'direct'), 'content 0,0,3,0', '.. a third time');
select is((select repeats from kpid.delivery where delivery = pg_temp.newest()), pg_temp.newest() - 2, '.. which repeats the base, not the repeat');
-- 2. One series differs: the other is confirmed by its number.
select is(pg_temp.load('f', 4, '[[202037,1,10],[202037,2,11],[152048,1,21]]', 'direct'), 'cs 0,1,2,0', 'one series changed, one the same');
select is((select array_length(series, 1) from kpid.repeated where delivery = pg_temp.newest()), 1, '.. one number says so');
select is(pg_temp.load('f', 5, '[[202037,1,10],[202037,2,11],[152048,1,21],[202045,1,1]]', 'direct'), 'fs 1,0,3,0', 'a new series beside them');
-- 3. Retracting what others repeat: the value rests on those, whose bodies know the line.
savepoint s;
select ok(kpid.retract(min(delivery), 'w', 'y'), 'the base is retracted') from kpid.delivery;
select is(pg_temp.latest(202037), '1=10? 2=11?', '.. its values rest on what repeats it, line unknown');
select is((select string_agg(distinct delivery::text, ',') from kpid.observation where org = 202037),
          (select (min(delivery) + 4)::text from kpid.delivery), '.. on the newest of them');
select ok(kpid.retract(delivery, 'w', 'y'), 'all are retracted') from kpid.delivery where retracted is null;
select is(pg_temp.latest(202037), null, '.. nothing is left');
rollback to s;
-- 4. Another feed touches a series: nothing of it is known by digest any more.
savepoint s;
select is(pg_temp.load('g', 6, '[[202037,1,12]]', 'direct'), 'c 0,1,0,0', 'another feed revises');
select is(pg_temp.load('f', 7, '[[202037,1,10],[202037,2,11],[152048,1,21],[202045,1,1]]', 'direct'), 'cs 0,1,3,0', 'the first says its own again: that is a revision');
select is(pg_temp.latest(202037), '1=10 2=11', '.. and latest');
rollback to s;
-- 5. Late, retracted, held against: digests of what was touched are forgotten.
savepoint s;
select is(pg_temp.load('f', 0, '[[202037,1,9]]', 'direct'), 'staged 1,0,0,0', 'a late file is staged and derived');
select is((select count(digest) from kpid.feed_series where org = 202037), 0::bigint, '.. its series has no digest');
select is((select count(digest) from kpid.delivery), 0::bigint, '.. no delivery has');
select is(pg_temp.load('f', 8, '[[202037,1,10],[202037,2,11],[152048,1,21],[202045,1,1]]', 'content'), 'staged 0,0,4,0', '.. so that all is staged, and unchanged');
rollback to s;
savepoint s;
select ok(kpid.retract(pg_temp.newest() - 1, 'w', 'y'), 'a revision is retracted');
select is((select count(digest) from kpid.feed_series where org = 152048), 0::bigint, '.. its series has no digest');
select isnt((select count(digest) from kpid.feed_series where org = 202037), 0::bigint, '.. others have');
rollback to s;
-- 6. A feed that withdraws: the whole is known, series are not.
select is(pg_temp.load('w', 10, '[[131016,1,1],[131016,2,2]]', 'direct'), 'staged 2,0,0,0', 'a feed that withdraws is staged');
select is(pg_temp.load('w', 11, '[[131016,1,1]]', 'direct'), 'staged 0,0,1,0', '.. a window that ends earlier withdraws nothing');
select is(pg_temp.load('w', 12, '[[131016,1,1],[131016,2,2],[131016,3,3]]', 'direct'), 'staged 1,0,2,0', '.. again, and one more');
select is(pg_temp.load('w', 13, '[[131016,1,1],[131016,3,3]]', 'direct'), 'staged 0,0,2,1', '.. a gap withdraws');
select is(pg_temp.load('w', 14, '[[131016,1,1],[131016,3,3]]', 'direct'), 'staged 0,0,2,0', '.. again, which was derived and is not known as a whole');
select is(pg_temp.latest(131016), '1=1 3=3', '.. and stays withdrawn');
-- 7. Digests are a cache: without them the same is answered.
savepoint s;
update kpid.feed_series set digest = null;
update kpid.delivery set digest = null;
select is(pg_temp.load('f', 20, '[[202037,1,10],[202037,2,11],[152048,1,22],[202045,1,1]]', 'direct'), 'c 0,1,3,0', 'without digests all is compared');
select is(pg_temp.latest(152048), '1=22', '.. with the same answer');
rollback to s;
select is(pg_temp.load('f', 20, '[[202037,1,10],[202037,2,11],[152048,1,22],[202045,1,1]]', 'direct'), 'cs 0,1,3,0', 'with them, what changed');
select is(pg_temp.latest(152048), '1=22', '.. with the same answer');
-- 8. Periods that the feed never stated: straight in, once its shapes are counted; older digests go all at once.
create function pg_temp.shapes() returns void language sql as $$
    insert into kpid.delivery_shape
    select d.delivery, p.period, 1 from kpid.delivery d
     cross join (select distinct o.period from kpid.observation o where o.org <> 131016) p
     where d.loaded is not null
        on conflict do nothing
$$;
select is(pg_temp.load('f', 21, '[[202037,3,1],[152048,3,1]]', 'direct'), 'c 2,0,0,0', 'a new month, nobody knows of what periods the others were: compared');
select pg_temp.shapes();
select is(pg_temp.load('f', 22, '[[202037,4,1],[152048,4,2],[131024,4,3]]', 'direct'), 'fn 3,0,0,0', 'a new month, and a new series in it: straight in');
select is(pg_temp.latest(152048), '1=22 3=1 4=2', '.. beside what was there');
select is(pg_temp.load('f', 23, '[[202045,1,1]]', 'direct'), 'c 0,0,1,0', '.. what was known by digest is compared now');
select pg_temp.shapes();
select is(pg_temp.load('f', 24, '[[202037,4,2],[152048,4,2],[131024,4,3]]', 'direct'), 'cs 0,1,2,0', 'that month again: only what has a digest is not');
select pg_temp.shapes();
select is(pg_temp.load('g', 25, '[[131024,5,1]]', 'direct'), 'c 1,0,0,0', 'another feed''s series is compared, whatever the month');
select is(pg_temp.load('f', 26, '[[131024,5,7],[152048,5,2]]', 'direct'), 'cn 1,1,0,0', '.. and compared by its own feed, too');
select is(pg_temp.latest(131024), '4=3 5=7', '.. which has the last word');

select * from finish();
rollback;
