-- What analysts read explains itself: comments, names, labels, and how far
-- first figures can be trusted.
begin;
create extension if not exists pgtap with schema public;
set local search_path = public, pg_catalog;
set local client_min_messages = warning;
select no_plan();

-- Every view, column, function and argument of schema kpi is described.
select is_empty($$
    select c.oid::regclass, a.attname
      from pg_class c
      left join pg_attribute a
           on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relnamespace = 'kpi'::regnamespace
       and (c.relkind <> 'v'
            or coalesce(obj_description(c.oid, 'pg_class'), '') = ''
            or coalesce(col_description(c.oid, a.attnum), '') = '') $$,
    'kpi has views alone, and each column says what it is');
select is_empty($$
    select p.oid::regprocedure, a.name
      from pg_proc p
     cross join lateral unnest(p.proargnames[1:p.pronargs]) a (name)
     where p.pronamespace = 'kpi'::regnamespace
       and coalesce(obj_description(p.oid, 'pg_proc'), '')
           !~ ('\m' || a.name || '\M') $$,
    'the comment of each function speaks of each of its arguments');
select is_empty($$
    select p.oid::regprocedure, f.name
      from pg_proc p
     cross join lateral unnest(p.proargnames[p.pronargs + 1:]) f (name)
     where p.pronamespace = 'kpi'::regnamespace
       and not exists (
           select from pg_attribute a
            where a.attrelid in ('kpi.observation'::regclass,
                                 'kpi.target_status'::regclass)
              and a.attname = f.name) $$,
    'a function answers in columns that a view describes');
select set_eq($$
    select c.relname || '.' || a.attname
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
     where c.relnamespace = 'kpi'::regnamespace
       and a.attname = 'period'
       and not exists (select from pg_attribute j where j.attrelid = c.oid
                          and j.attname = 'period_ja') $$,
    '{}'::text[], 'a period has its Japanese label beside it');

-- Names of the local governments come with the schema.
select results_eq(
    $$select name, prefecture, full_name, kind from kpi.organization
       where org in ('202037', '200000', '000000') order by org desc$$,
    $$values ('上田市', '長野県', '長野県上田市', 'municipality'),
             ('長野県', '長野県', '長野県', 'prefecture'),
             ('全国', null, '全国', 'nation')$$,
    'a town, a prefecture and the nation have names');
select results_eq(
    $$select kind, count(*) from kpi.organization group by kind order by 2$$,
    $$values ('nation', 1::bigint), ('prefecture', 47::bigint),
             ('municipality', 1741::bigint)$$,
    '47 prefectures, 1,741 municipalities');
select is((select count(distinct full_name) from kpi.organization), 1789::bigint,
          'full names are unique');

-- Three months of two towns: first figures 100 and 200 each month; then
-- January +10 and -20, February +5, and a missing one becomes a number.
select kpid.config_sync('{"feeds": [{"feed": "f"}], "indicators": [
    {"indicator": "loans", "name_ja": "貸出", "unit": "冊", "measure": "flow"}]}');
create function pg_temp.load(n int, rows text) returns void language plpgsql as $f$
declare
    l_delivery int := kpid.receive('f', sha256(rows::bytea), '\x01', 'test', 1,
        timestamptz '2024-06-01 00:00Z' + n * interval '1 day', null, false);
begin
    perform kpid.stage_begin();
    insert into pg_temp.staged_series
    values (l_delivery, 0, 202037, 'loans', 'M', 'M', '{}'),
           (l_delivery, 1, 202088, 'loans', 'M', 'M', '{}'),
           (l_delivery, 2, 202011, 'loans', 'M', 'M', '{}');
    insert into pg_temp.staged (delivery, series, period, line, col, status, value)
    select l_delivery, r.series, r.period, r.n, 2,
           case when r.value is null then 'O' else 'A' end::"char", r.value
      from (select row_number() over () as n, split_part(t, ' ', 1)::int as series,
                   split_part(t, ' ', 2)::date as period,
                   nullif(split_part(t, ' ', 3), '-')::numeric as value
              from unnest(string_to_array(rows, ',')) t) r;
    perform kpid.merge(array[l_delivery], false);
end $f$;
select pg_temp.load(1, '0 2024-01-01 100,0 2024-02-01 100,0 2024-03-01 -,1 2024-01-01 200,1 2024-02-01 200,1 2024-03-01 200');
select pg_temp.load(2, '0 2024-01-01 110,0 2024-02-01 103,0 2024-03-01 90,1 2024-01-01 180');
select pg_temp.load(3, '0 2024-02-01 105');
select results_eq(
    $$select periods, revised, mean_revision, mean_absolute_revision,
             relative_mean_absolute_revision, largest_revision, largest_percent,
             upward, unit
        from kpi.revision_summary where indicator = 'loans'$$,
    $$values (6, 3, round(-5 / 6.0, 4), round(35 / 6.0, 4),
              round(100 * 35 / 885.0, 4), 20::numeric, 10.0000, 2, '冊')$$,
    'mean and mean absolute revision: newest less first, 0 where nothing moved');
select results_eq(
    $$select period, change, change_percent from kpi.revision
       where org = '202037' order by period_start, revised_at$$,
    $$values ('2024-01', 10::numeric, 10.0000), ('2024-02', 3, 3.0000),
             ('2024-02', 2, 1.9417), ('2024-03', null, null)$$,
    'a revision has its size in units and in percent; from missing it has none');
select results_eq(
    $$select organization, first_period, latest_period, latest_period_ja,
             latest_value, name_ja, delivery is not null
        from kpi.series where indicator = 'loans' order by org$$,
    $$values ('上田市', '2024-01', '2024-03', '令和6年3月', 90::numeric, '貸出', true),
             ('小諸市', '2024-01', '2024-03', '令和6年3月', 200, '貸出', true)$$,
    'a series has names, its reach and its newest number');

select * from finish();
rollback;
