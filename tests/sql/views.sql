-- What analysts see: growth, fiscal years and gaps over months with a hole.
begin;
create extension if not exists pgtap with schema public;
set local search_path = public, pg_catalog;
set local client_min_messages = warning;
select no_plan();

-- births of 25 months from 2023-04, i-th month = i, but no 2024-02 (11th)
select kpid.config_sync('{"feeds": [{"feed": "f", "owner": "x@example.jp"}],
    "indicators": [{"indicator": "births", "name_ja": "出生数", "unit": "人",
    "measure": "flow"}, {"indicator": "pop", "unit": "人",
    "measure": "stock"}]}');
select kpid.receive('f', '\x01', '\x01', 'test', 1, '2025-06-01 00:00Z',
                    '2025-05-20 00:00Z', false) as delivery \gset
select kpid.stage_begin();
insert into pg_temp.staged_series values
    (:delivery, 0, 11002, 'births', 'M', 'M', '{}'),
    (:delivery, 1, 11002, 'pop', 'M', 'D', '{}');
insert into pg_temp.staged (delivery, series, period, line, col, status, value)
select :delivery, 0, (date '2023-03-01' + i * interval '1 month')::date, i, 2,
       'A', i
  from generate_series(1, 25) i
 where i <> 11;
insert into pg_temp.staged (delivery, series, period, line, col, status, value)
values (:delivery, 1, '2024-06-30', 30, 2, 'A', 100),
       (:delivery, 1, '2024-07-31', 31, 2, 'A', 101),
       (:delivery, 1, '2024-09-30', 32, 2, 'P', 103);
select is(m.inserted, 27::bigint, 'loaded') from kpid.merge(array[:delivery], true) m;

select is_empty($$select * from kpi.observation_vintage
                  where period is null or period_ja is null
                     or period_end is null$$,
                'every row has its period as text');
select results_eq(
    $$select period, mom, yoy, fiscal_year_to_date, rolling_12
        from kpi.growth
       where org = '011002' and indicator = 'births'
         and period in ('2023-06', '2024-01', '2024-03', '2024-04',
                        '2025-01', '2025-03')
       order by period_start$$,
    $$values ('2023-06', 1.0, null, 6.0, null),
             ('2024-01', 1.0, null, 55.0, null),
             ('2024-03', null, null, null, null),
             ('2024-04', 1.0, 12.0, 13.0, null),
             ('2025-01', 1.0, 12.0, 175.0, null),
             ('2025-03', 1.0, 12.0, 222.0, 222.0)$$,
    'null while a month is missing, never a sum of eleven');
select results_eq(
    $$select fiscal_year, fiscal_year_ja, periods, complete, value, to_date
        from kpi.fiscal_year where indicator = 'births' order by 1$$,
    $$values (2023, '令和5年度', 11, false, null, 67.0),
             (2024, '令和6年度', 12, true, 222.0, 222.0),
             (2025, '令和7年度', 1, false, null, 25.0)$$,
    'a fiscal year has a value when it is complete');
select results_eq(
    $$select period, value, gap from kpi.series_filled
       where indicator = 'pop' order by period_start$$,
    $$values ('2024-06-30', 100.0, false), ('2024-07-31', 101.0, false),
             ('2024-08-31', null, true), ('2024-09-30', 103.0, false)$$,
    'a gap is a row, month ends step by month end');
select is((select count(*) from kpi.series_filled where indicator = 'births'),
          25::bigint, 'every month is there');
select results_eq(
    $$select org, period, period_ja, period_end, value, status, unit, line,
             col, event, published_at
        from kpi.observation where indicator = 'pop' and status = 'P'$$,
    $$values ('011002', '2024-09-30', '令和6年9月30日', date '2024-09-30',
              103.0, 'P', '人', 32, 2, 1, timestamptz '2025-05-20 00:00Z')$$,
    'an observation leads to its delivery, line and column');
select results_eq(
    $$select feed, owner, last_release from kpi.catalog order by indicator$$,
    $$values ('f', 'x@example.jp', timestamptz '2025-05-20 00:00Z'),
             ('f', 'x@example.jp', timestamptz '2025-05-20 00:00Z')$$,
    'the catalog tells where an indicator comes from');

set local kpid.clock = '2025-06-02 00:00Z';
select kpid.feed_checked('f', '"a"', 'Mon', true, null);
select kpid.feed_checked('f', null, null, false, 'timeout');
select kpid.feed_checked('f', null, null, false, 'timeout');
select results_eq('select etag, failures, error from kpid.feed_states()',
                  $$values ('"a"', 2, 'timeout')$$,
                  'a failed attempt keeps the validators');
select kpid.feed_checked('f', '"b"', null, true, null);
select results_eq(
    'select etag, last_modified, failures, error from kpid.feed_states()',
    $$values ('"b"', null::text, 0, null::text)$$, 'a new body brings its own');
-- of many bodies one that came says nothing of those that did not
update kpid.feed set by_url = true where feed = 'f';
select kpid.feed_checked('f', null, null, false, 'one of its addresses');
set local kpid.clock = '2025-06-03 00:00Z';
select kpid.feed_checked('f', null, null, true, null);
select kpid.feed_checked('f', null, null, false, 'one of its addresses');
select results_eq(
    'select checked_at, changed_at, failures, error from kpid.feed_states()',
    $$values (timestamptz '2025-06-03 00:00Z', timestamptz '2025-06-03 00:00Z', 2,
              'one of its addresses')$$,
    'a body that came ends no failure of another address');
set local kpid.clock = '2025-06-04 00:00Z';
select kpid.feed_checked('f', null, null, true, null);
select is((select checked_at from kpid.feed_states()), '2025-06-03 00:00Z',
          'nor is it a look at all of them');
select kpid.feed_checked('f', null, null, false, null);
select is((select failures from kpid.feed_states()), 0, 'a good turn does');
select kpid.feed_next('f', '2025-06-10 00:00Z');
select is((select next_check from kpi.calendar), '2025-06-10 00:00Z',
          'the calendar tells when it is due');
select kpid.config_sync('{"feeds": []}');
select is_empty('select * from kpi.calendar', 'no longer configured');
select isnt_empty('select * from kpi.observation', '.. and still served');
select * from finish();
rollback;
