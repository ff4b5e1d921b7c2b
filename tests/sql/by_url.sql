-- Feeds whose bodies are told apart by their URLs: what is no new delivery.
begin;
create extension if not exists pgtap with schema public;
set local search_path = public, pg_catalog;
set local client_min_messages = warning;
set local kpid.clock = '2024-10-15T00:00:00Z';
select no_plan();

select kpid.config_sync('{"feeds": [{"feed": "one"},
                                    {"feed": "many", "by_url": true}],
    "indicators": [{"indicator": "births", "unit": "人",
                    "measure": "flow"}]}');

-- A body of month=value pairs from a URL; its delivery, loaded, or null.
create function pg_temp.load(i_feed text, i_url text, i_rows text)
returns int language plpgsql as $$
declare
    l_id int := kpid.receive(i_feed, sha256(i_rows::bytea), '\x01', i_url, 9,
                             '2024-10-01', null, false);
begin
    if l_id is null then
        return null;
    end if;
    perform kpid.body_put(sha256(i_rows::bytea), 0, i_rows::bytea);
    perform kpid.stage_begin();
    insert into pg_temp.staged_series
    values (l_id, 0, 202037, 'births', 'M', 'M', '{}');
    insert into pg_temp.staged
    select l_id, 0, make_date(2024, split_part(r.cell, '=', 1)::int, 1), n, 2,
           'A', split_part(r.cell, '=', 2)::numeric, null, null
      from regexp_split_to_table(i_rows, ' ') with ordinality r (cell, n);
    perform kpid.merge(array[l_id], true);
    return l_id;
end $$;

select pg_temp.load('many', 'u/04', '4=1') as april \gset
select isnt(:april, null, 'April');
select isnt(pg_temp.load('many', 'u/05', '5=1'), null, 'May');
select is(pg_temp.load('many', 'u/04', '4=1'), null,
          'April again, though May came between');
select is(pg_temp.load('many', 'u/05', '5=1'), null, 'and May');
select isnt(pg_temp.load('many', 'u/06', '5=1'), null,
            'the same bytes at another address are a delivery');
select isnt(pg_temp.load('many', 'u/04', '4=2'), null, 'April changes');
select isnt(pg_temp.load('many', 'u/04', '4=1'), null, 'and back: A B A');
select is((select l.outcome from kpid.last_outcome('many', 'u/04') l),
          'loaded', 'what became of the last of an address');
select is_empty($$select * from kpid.last_outcome('many', 'u/07')$$,
                'of one that never was nothing');
select isnt((select l.delivery from kpid.last_outcome('many') l), null,
            'of any address the last');

select isnt(pg_temp.load('one', 'u/04', '4=1'), null, 'of one address');
select is(pg_temp.load('one', 'u/05', '4=1'), null,
          'the same bytes are the same wherever they came from');
select isnt(pg_temp.load('one', 'u/05', '5=1'), null, 'others are not');
select isnt(pg_temp.load('one', 'u/04', '4=1'), null, 'A B A');

-- A replay of one address says nothing of another.
select kpid.replay(:april, '\x02', false) as again \gset
select is((select f.url from kpid.feed_before(kpid.feed_id('many'),
                                              'u/05') f),
          'u/05', 'a replay of April is not the last of May');

-- A feed may become one of many addresses, and none again.
select kpid.config_sync('{"feeds": [{"feed": "many"}], "indicators": []}');
select is((select f.by_url from kpid.feed f where f.feed = 'many'), false,
          'the configuration says which');
select * from finish();
rollback;
