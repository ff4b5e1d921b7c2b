-- What a mail draws: the last twelve periods as they are judged, last year's
-- before them, holes as holes.
begin;
set local search_path = public, pg_catalog;
set local timezone = 'Asia/Tokyo';
set local kpid.clock = '2025-01-10 09:00+09';
select no_plan();

insert into kpid.indicator (indicator, name_ja, unit, measure, decimals, monotone) values
    ('sum', 'x', '件', 'flow', 0, true), ('level', 'x', '%', 'ratio', 1, false),
    ('month_end', 'x', '人', 'stock', 0, false), ('half', 'x', '回', 'flow_ytd', 0, true);
insert into kpid.series (org, series, indicator, frequency, span) overriding system value values
    (202037, 1, 'sum', 'M', 'M'), (202037, 2, 'level', 'M', 'M'),
    (202037, 3, 'month_end', 'M', 'D'), (202037, 4, 'half', 'S', 'D');
insert into kpid.event values (1, '2024-03-31 12:00', 'load', null, null, null);
-- a sum: 10 a month, all of last year, October 2024 not told
insert into kpid.observation
select 202037, 1, m::date, 1, 1, 1, 1, 'A', 10
  from generate_series('2023-04-01', '2024-12-01', interval '1 month') m
 where m <> '2024-10-01';
insert into kpid.observation values (202037, 1, '2024-10-01', 1, 1, 1, 1, 'L', null);
-- a level from 70 in March, August missing
insert into kpid.observation
select 202037, 2, m::date, 1, 1, 1, 1, 'A', 70 + n * 0.25
  from generate_series('2024-03-01', '2024-11-01', interval '1 month') with ordinality x (m, n)
 where m <> '2024-08-01';
-- last days of months
insert into kpid.observation
select 202037, 3, (m + interval '1 month')::date - 1, 1, 1, 1, 1, 'A', 1000
  from generate_series('2024-04-01', '2024-12-01', interval '1 month') m
 where m <> '2024-06-01';
insert into kpid.observation values (202037, 4, '2024-09-30', 1, 1, 1, 1, 'A', 45);

select kpid.target_import(jsonb_build_object('targets', jsonb_agg(jsonb_build_object(
        'target', t.name, 'org', '202037', 'fiscal_year', '2024', 'goal', '1', 'name', t.name,
        'indicator', t.name, 'aggregate', t.aggregate, 'comparator', 'at_least', 'value', t.value,
        'baseline', t.base, 'path', 'linear', 'department', '課', 'owner', 'a@example.jp'))), 'x')
  from (values ('sum', 'sum', '180', null), ('level', 'latest', '76', '70'),
               ('month_end', 'latest', '1000', '1000'), ('half', 'ytd', '500', null))
       t (name, aggregate, value, base);

create temp table p as
select s.target, s.plot ->> 'from' as "from", (s.plot ->> 'cumulative')::boolean as cumulative, r.*
  from kpid.plots(kpid.event_at(null), kpid.today(), 202037) s
 cross join lateral jsonb_to_recordset(s.plot -> 'periods')
       r (period text, period_ja text, actual numeric, expected numeric, status text, bar int, path int);
create function pg_temp.list(i_target text, i_what text) returns text language plpgsql as $$
declare
    l_list text;
begin
    execute format('select string_agg(coalesce(%s::text, ''?''), '' '' order by period) '
                   'from p where target = %L', i_what, i_target) into l_list;
    return l_list;
end;
$$;

select is(pg_temp.list('sum', 'period'),
          '2024-01 2024-02 2024-03 2024-04 2024-05 2024-06 2024-07 2024-08 2024-09 2024-10 2024-11 2024-12',
          'twelve months, up to the newest that was stated');
select is(pg_temp.list('sum', 'actual'), '100 110 120 10 20 30 40 50 60 ? ? ?',
          'running totals of both years; a month that was not told makes the sum unknown, never 0');
select is(pg_temp.list('sum', 'expected'), '? ? ? 15 30 45 60 75 90 ? ? ?',
          'what was expected of this year, of last year nothing');
select is(pg_temp.list('sum', 'status'),
          '? ? ? watch watch watch watch watch watch ? ? ?', 'judged as an alert judges them');
select is(pg_temp.list('sum', 'bar'), '833 917 1000 83 167 250 333 417 500 ? ? ?',
          'thousandths of the longest, from 0; unknown is no bar');
select is(pg_temp.list('sum', 'period_ja'),
          '令和6年1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月', 'the year once');
select ok(bool_and(cumulative), 'a sum says that it runs') from p where target = 'sum';

select is(pg_temp.list('level', 'actual'), '70.25 70.50 70.75 71.00 71.25 ? 71.75 72.00 72.25',
          'a hole in a level is one period; before the first value there is nothing');
select is(pg_temp.list('level', 'period_ja'),
          '令和6年3月 4月 5月 6月 7月 8月 9月 10月 11月', 'the hole has its name');
select is(pg_temp.list('level', 'expected'), '? 70.50 71.00 71.50 72.00 ? 73.00 73.50 74.00',
          'the path, with the decimals of the values');
select is(max("from"), '69', 'bars of levels begin below the least') from p where target = 'level';
select ok(min(bar) > 0 and max(greatest(bar, path)) = 1000, 'and none is empty')
  from p where target = 'level';
select is(pg_temp.list('month_end', 'period'),
          '2024-04-30 2024-05-31 2024-06-30 2024-07-31 2024-08-31 2024-09-30 2024-10-31 '
          '2024-11-30 2024-12-31', 'months'' last days, a missing one too');
select is(pg_temp.list('month_end', 'actual'), '1000 1000 ? 1000 1000 1000 1000 1000 1000', 'unknown');
select is(pg_temp.list('month_end', 'bar'), '1000 1000 ? 1000 1000 1000 1000 1000 1000',
          'what does not move still has its bars');
select is(pg_temp.list('half', 'period || '' '' || actual'), '2024-09-30 45', 'a report is one period');
select is_empty($$ select from kpid.plots(kpid.event_at(null), '2024-04-15', 202037)
                    where target = 'sum' $$, 'before the year''s first value there is no plot');
select is_empty('select from kpid.plots(kpid.event_at(null), kpid.today(), 999)', 'of no one, nothing');

-- The same periods stand in the mail.
select kpid.evaluate();
select is((select t -> 'plot' from kpid.outbox o
            cross join lateral jsonb_array_elements(o.payload -> 'targets') t
            where t ->> 'target' = 'level'),
          (select l.plot from kpid.plots(kpid.event_at(null), kpid.today(), 202037) l
            where l.target = 'level'), 'a mail carries the plot of its target');
select finish();
rollback;
