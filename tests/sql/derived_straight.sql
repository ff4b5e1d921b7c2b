-- A large delivery goes straight into kpid.observation; what is computed from
-- it follows it all the same, in its own event.
begin;
create extension if not exists pgtap with schema public;
set local search_path = public, pg_catalog;
set local client_min_messages = warning;
set local check_function_bodies = off;   -- they name tables made later
select plan(5);

select kpid.config_sync('{"feeds": [{"feed": "town"}], "indicators": [
    {"indicator": "a", "unit": "人", "measure": "stock", "decimals": 0},
    {"indicator": "b", "unit": "人", "measure": "stock", "decimals": 0},
    {"indicator": "both", "unit": "人", "measure": "stock", "decimals": 0,
     "derived": {"kind": "sum", "inputs": ["a", "b"]}}]}');

-- Both indicators of a month of 2024, as the client sends them.
create function pg_temp.straight(i_month int, i_a numeric, i_b numeric)
returns text language plpgsql as $$
declare
    l_id int := kpid.receive('town', sha256(i_month::text::bytea), '\x01',
                             'test', 2, timestamptz '2025-01-01 00:00Z'
                             + i_month * interval '1 day', null, false);
    l_period date := make_date(2024, i_month, 1);
    l_way text;
begin
    perform kpid.stage_begin();
    insert into pg_temp.staged_series
    values (l_id, 0, 202037, 'a', 'M', 'M', '{}'),
           (l_id, 1, 202037, 'b', 'M', 'M', '{}');
    if not kpid.direct_offer(l_id, array[l_period], array[2::bigint]) then
        return 'staged';
    end if;
    perform kpid.gates(array[l_id]);
    drop table if exists pg_temp.plan;
    create temp table plan on commit drop as
    select * from kpid.direct_begin(l_id);
    insert into kpid.observation
    select 202037, p.series, l_period, p.event, l_id, 1, 1, 'A',
           case p.ordinal when 0 then i_a else i_b end
      from pg_temp.plan p;
    select string_agg(p.class::text, '') into l_way from pg_temp.plan p;
    return l_way || (select ' ' || e.inserted from kpid.direct_end(l_id, 2) e);
end $$;
create function pg_temp.served() returns text language sql as $$
    select string_agg(extract(month from o.period) || '=' || o.value, ' '
                      order by o.period)
      from kpid.observation o
      join kpid.series s using (org, series)
     where s.indicator = 'both' and s.derived
$$;

select is(pg_temp.straight(1, 1, 2), 'ff 2', 'a first delivery');
select is(pg_temp.served(), '1=3', '.. is followed by the sum');
select is(pg_temp.straight(2, 10, 20), 'nn 2', 'a new month');
select is(pg_temp.served(), '1=3 2=30', '.. as well');
select is((select count(distinct o.since) from kpid.observation o
            where o.period = '2024-02-01'), 1::bigint,
          'in the event of its inputs');
select * from finish();
rollback;
