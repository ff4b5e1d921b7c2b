-- The hard cases of judging by their numbers, with what is stored, what is
-- known later and what is asked. Those that one row of data can show stand in
-- judge.sql; here are versions, vintages, calendars and dimensions.
begin;
set local search_path = public, pg_catalog;
set local timezone = 'Asia/Tokyo';
set local kpid.clock = '2024-04-01 09:00+09';
select no_plan();

-- One indicator and one series for each case; values by month from April.
create function pg_temp.series(i_code text, i_measure text, i_span text default 'M',
                               i_frequency text default null, i_dims jsonb default '{}')
returns int language sql as $$
    insert into kpid.indicator (indicator, name_ja, unit, measure, decimals, monotone)
    values (i_code, i_code, '件', i_measure, 0, true) on conflict do nothing;
    insert into kpid.series (org, indicator, frequency, span, dims)
    values (202037, i_code, coalesce(i_frequency, i_span), i_span, i_dims)
    returning series;
$$;
create function pg_temp.event(i_at timestamptz) returns int language sql as $$
    insert into kpid.event (event, at, kind)
    select coalesce(max(event), 0) + 1, i_at, 'load' from kpid.event returning event;
$$;
-- says a value at an event; what was said before is superseded
create function pg_temp.say(i_series int, i_period date, i_value numeric, i_event int,
                            i_status "char" default 'A') returns void language sql as $$
    insert into kpid.superseded
    select o.org, o.series, o.period, o.since, i_event, o.delivery, o.line, o.col, o.status, o.value
      from kpid.observation o where (o.series, o.period) = (i_series, i_period);
    insert into kpid.observation as o (org, series, period, since, delivery, line, col, status, value)
    values (202037, i_series, i_period, i_event, i_event, 1, 1, i_status, i_value)
    on conflict on constraint observation_pkey do update
   set since = excluded.since, status = excluded.status, value = excluded.value;
$$;
create function pg_temp.months(i_series int, i_first date, i_event int, variadic i_values numeric[])
returns void language sql as $$
    select pg_temp.say(i_series, (i_first + (n - 1) * interval '1 month')::date, v, i_event)
      from unnest(i_values) with ordinality u (v, n) where v is not null;
$$;
create function pg_temp.target(i_target text, i_fields jsonb) returns void language sql as $$
    select kpid.target_import(jsonb_build_object('targets', jsonb_build_array(
        jsonb_build_object('target', i_target, 'org', '202037', 'fiscal_year', '2024', 'goal', '1',
                           'name', i_target, 'comparator', 'at_least', 'indicator', i_target)
        || i_fields)), i_target);
$$;
create function pg_temp.status(i_target text, i_as_of date, i_known_at timestamptz default null)
returns text language sql as $$
    select concat_ws(' ', a.status, a.actual, a.pace_index, nullif(a.modifiers, '{}'))
      from kpi.assess(i_as_of, i_known_at) a where a.target = i_target;
$$;

-- 13: a count reached, then revised below
select pg_temp.event('2024-07-01 09:00+09'), pg_temp.event('2024-08-01 09:00+09');
select pg_temp.months(pg_temp.series('n13', 'flow'), '2024-04-01', 1, 20, 20, 20);
select pg_temp.target('n13', '{"value":"50","aggregate":"sum","path":"linear"}');
select is(pg_temp.status('n13', '2024-07-10'), 'achieved 60 4.8000', '13: reached');
select pg_temp.say(s.series, '2024-06-01', 2, 2) from kpid.series s where s.indicator = 'n13';
select is(pg_temp.status('n13', '2024-07-10'), 'on_track 42 3.3600 {revised}',
          '13: revised below, it is judged by what is known');
select is(pg_temp.status('n13', '2024-07-10', '2024-07-20'), null,
          '38: before the target was known there is nothing to judge');

-- 37, 38: the target is changed in mid-year
select pg_temp.months(pg_temp.series('n38', 'flow'), '2024-04-01', 1, 10, 10, 10, 10, 10, 10);
set local kpid.clock = '2024-09-01 09:00+09';
select pg_temp.target('n38', '{"value":"120","aggregate":"sum","path":"linear","valid_from":"2024-04-01"}');
set local kpid.clock = '2024-10-15 09:00+09';
select pg_temp.target('n38', '{"value":"240","aggregate":"sum","path":"linear","valid_from":"2024-09-15"}');
select is(pg_temp.status('n38', '2024-09-30'), 'off_track 60 0.5000', '38: the newest version judges the current period');
select is(pg_temp.status('n38', '2024-09-30', '2024-10-01'), 'on_track 60 1.0000',
          '37, 38: as known before, the old judgement stands');
select results_eq($$
    select p.t, p.version, p.status from kpid.period_status(kpid.event_at(null), '2024-09-30') p
     where p.target = 'n38' order by p.t $$,
    $$ values (date '2024-04-30', 1, 'on_track'), ('2024-05-31', 1, 'on_track'),
              ('2024-06-30', 1, 'on_track'), ('2024-07-31', 1, 'on_track'),
              ('2024-08-31', 1, 'on_track'), ('2024-09-30', 2, 'off_track') $$,
    '38: a period is judged by the version in force at its end');

-- 39: withdrawn in mid-year
select pg_temp.target('n38', '{"value":"240","comparator":"withdrawn","aggregate":"sum"}');
select is(pg_temp.status('n38', '2024-10-31'), 'not_applicable', '39: withdrawn is not applicable');

-- 10: a new plan never changes past statuses
select pg_temp.say(pg_temp.series('n10', 'flow_ytd', 'D', 'S'), '2024-09-30', 1, 1);
select pg_temp.target('n10', '{"value":"6","path":"plan","plan_stated":"2024-09-30",
    "plan":[{"first":"2024-10-01","last":"2025-03-31","amount":"3"}]}');
select is(pg_temp.status('n10', '2024-09-30'), 'watch 1 0.6667 {plan_short}', '8, 10: what no step covers is linear');
select pg_temp.say(s.series, '2024-06-30', 1, 1) from kpid.series s where s.indicator = 'n10';
select is((select a.path from kpi.assess('2024-07-10') a where a.target = 'n10'), 'linear',
          '10: the plan does not reach back before it was stated');

-- 18: the windows of calendar and fiscal year
select pg_temp.months(pg_temp.series('n18', 'flow'), '2024-01-01', 1, 10, 10, 10, 20, 20, 20);
select pg_temp.target('n18', '{"comparator":"at_most","value":"120","aggregate":"sum","path":"linear"}');
select pg_temp.event('2024-10-16 09:00+09');
select is(pg_temp.status('n18', '2024-07-10'), 'off_track 60 0.0000', '18: the fiscal year counts from April');
select pg_temp.target('n18', '{"comparator":"at_most","value":"120","aggregate":"sum","path":"linear",
                               "window":"calendar","due":"2024-12-31"}');
select is(pg_temp.status('n18', '2024-07-10'), 'off_track 90 0.5000', '18: the calendar year counts from January');

-- 27: a denominator of 0, one that is suppressed: out of both parts
insert into kpid.indicator (indicator, name_ja, unit, measure, decimals, numerator, denominator, monotone)
values ('n27', 'n27', '%', 'ratio', 1, 'n27a', 'n27b', false);
select pg_temp.months(pg_temp.series('n27a', 'flow'), '2024-04-01', 1, 30, 30, 30, 0, 30, 30);
select pg_temp.months(pg_temp.series('n27b', 'flow'), '2024-04-01', 1, 100, 100, null, 0, 100, 50);
select pg_temp.target('n27', '{"value":"33.0","unit":"%","aggregate":"ratio_of_sums"}');
select is(pg_temp.status('n27', '2024-09-30'), 'met 34.3 1.0394', '27: 120 of 350 and not 150 of 350');
select alike((select a.reason from kpi.assess('2024-09-30') a where a.target = 'n27'),
             '%6期間のうち値のある4期間による%', '27: coverage is printed');

-- 26: a share that grows evenly from last year's mean
insert into kpid.indicator (indicator, name_ja, unit, measure, decimals, numerator, denominator, monotone)
values ('n26', 'n26', '%', 'ratio', 1, 'n26a', 'n26b', false);
select pg_temp.months(pg_temp.series('n26a', 'flow'), '2024-04-01', 1, 31, 31, 31, 31, 31, 31);
select pg_temp.months(pg_temp.series('n26b', 'flow'), '2024-04-01', 1, 100, 100, 100, 100, 100, 100);
select pg_temp.target('n26', '{"value":"34.0","baseline":"30.0","unit":"%","aggregate":"ratio_of_sums","preset":"rising_mean"}');
select is((select concat_ws(' ', a.status, a.expected, a.pace_index) from kpi.assess('2024-09-30') a
            where a.target = 'n26'), 'off_track 33.0000 0.3333',
          '26: rising_mean expects B + (T - B)(1 + p)/2');

-- 29, 30, 31: last year is a reference, at the same vintage
select pg_temp.event('2024-12-01 09:00+09');
select pg_temp.say(pg_temp.series('n30', 'flow', 'FY'), '2023-04-01', 120, 1, 'E');
select pg_temp.say(s.series, '2024-04-01', 121, 1) from kpid.series s where s.indicator = 'n30';
select pg_temp.target('n30', '{"comparator":"more_than_last_year","aggregate":"sum"}');
select is(pg_temp.status('n30', '2025-04-01'), 'achieved 121 1.0083 {provisional}', '30: the base is an estimate');
select pg_temp.event('2025-05-01 09:00+09');
select pg_temp.say(s.series, '2023-04-01', 125, (select max(event) from kpid.event))
  from kpid.series s where s.indicator = 'n30';
select is(pg_temp.status('n30', '2025-04-01'), 'missed 121 0.9680 {base_revised}', '30: the base moved, and says so');
select is(pg_temp.status('n30', '2025-04-01', '2025-04-01'), 'achieved 121 1.0083 {provisional}',
          '30: both years as known at the same moment');
select pg_temp.say(pg_temp.series('n29', 'flow', 'FY'), '2022-04-01', 120, 1);
select pg_temp.say(s.series, '2024-04-01', 121, 1) from kpid.series s where s.indicator = 'n29';
select pg_temp.target('n29', '{"comparator":"more_than_last_year","aggregate":"sum"}');
select is(pg_temp.status('n29', '2025-04-01'), 'not_judgeable 121', '29: never the year before');

-- first releases against first releases
select pg_temp.months(pg_temp.series('nfirst', 'flow'), '2023-04-01', 1,
                      10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10);
select pg_temp.months(s.series, '2024-04-01', 1, 11, 11, 11) from kpid.series s where s.indicator = 'nfirst';
select pg_temp.say(s.series, '2023-06-01', 20, 2) from kpid.series s where s.indicator = 'nfirst';
select pg_temp.target('nfirst', '{"comparator":"more_than_last_year","aggregate":"sum"}');
select is((select a.expected from kpi.assess('2024-07-10') a where a.target = 'nfirst'), 40.0000,
          '30: the same vintage: 33 against the revised 40');
select pg_temp.target('nfirst', '{"comparator":"more_than_last_year","aggregate":"sum","compare":"first_release"}');
select is((select a.expected from kpi.assess('2024-07-10') a where a.target = 'nfirst'), 30.0000,
          'compare first_release: 33 against the 30 that was said first');

-- 32: a leap day compares with 28 February
select pg_temp.say(pg_temp.series('n32', 'flow_ytd', 'D', 'S'), '2024-02-29', 40, 1);
select pg_temp.say(s.series, '2024-03-31', 50, 1) from kpid.series s where s.indicator = 'n32';
select pg_temp.say(s.series, '2025-02-28', 44, 1) from kpid.series s where s.indicator = 'n32';
select pg_temp.target('n32', '{"comparator":"more_than_last_year","aggregate":"ytd"}');
select is((select concat_ws(' ', a.expected, a.path) from kpi.assess('2025-03-10') a where a.target = 'n32'),
          '40.0000 last_year', '32: 29 February joins the 28th');

-- 33: weeks across 31 March, incomplete months
select pg_temp.say(s.s, d, 2, 1)
  from (select pg_temp.series('n33', 'flow', 'W') as s) s,
       unnest(array['2024-03-25', '2024-04-01', '2024-04-08', '2024-04-15']::date[]) d;
select pg_temp.target('n33', '{"value":"104","aggregate":"sum","path":"linear"}');
select is((select a.actual from kpi.assess('2024-04-20') a where a.target = 'n33'), 4::numeric,
          '33: weeks wholly inside, complete ones');

-- 34, 36: weekly calendars with days out; a period missed
select is((select count(*) from kpid.calendar_due('weekdays:wed,fri holidays:out out:2024-07-25..2024-08-25',
                                                  '2024-04-01', '2024-09-30')), 42::bigint,
          '34: Wednesdays and Fridays without holidays and the vacation');
select pg_temp.say(s.s, d.first, case when d.first = '2024-06-03' then 0 else 2 end, 1)
  from (select pg_temp.series('n34', 'flow', 'W') as s) s,
       kpid.calendar_due('weekly:2', '2024-04-01', '2024-09-30') d;
select pg_temp.target('n34', '{"comparator":"each_period_at_least","calendar":"weekly:2","aggregate":"sum"}');
select is(pg_temp.status('n34', '2024-09-30'), 'on_track 25 0.9615', '36: 25 of 26 weeks; one missed is not missed for ever');
select pg_temp.say(s.s, d.first, 1, 1)
  from (select pg_temp.series('n36', 'flow') as s) s,
       kpid.calendar_due('monthly:1', '2024-04-01', '2025-03-31') d where d.first <> '2024-06-01';
select pg_temp.target('n36', '{"comparator":"each_period_at_least","calendar":"monthly:1","aggregate":"sum"}');
select is(pg_temp.status('n36', '2025-04-01'), 'missed 11 1.0000', '36: without June eleven of twelve are kept: missed at the due date');
select pg_temp.target('n36', '{"comparator":"each_period_at_least","calendar":"monthly:1 allow:1","aggregate":"sum"}');
select is(pg_temp.status('n36', '2025-04-01'), 'achieved 11 1.0000', '36: achieved when one may be left out');
-- 35: odd and even months swapped: only the months tell
select pg_temp.months(pg_temp.series('n35', 'flow'), '2024-04-01', 1, 1, 2, 1, 2, 1, 2);
select pg_temp.target('n35', '{"comparator":"each_period_at_least","calendar":"odd:1 even:2","aggregate":"sum"}');
select is((select a.actual from kpi.assess('2024-09-30') a where a.target = 'n35'), 3::numeric, '35: three of six under this calendar');
select pg_temp.target('n35', '{"comparator":"each_period_at_least","calendar":"odd:2 even:1","aggregate":"sum"}');
select is((select a.actual from kpi.assess('2024-09-30') a where a.target = 'n35'), 6::numeric, '35: all of them under the other');
select pg_temp.say(pg_temp.series('n35t', 'flow_ytd', 'D', 'S'), '2025-03-31', 18, 1);
select pg_temp.target('n35t', '{"comparator":"each_period_at_least","calendar":"odd:1 even:2"}');
select is(pg_temp.status('n35t', '2025-04-01'), 'not_judgeable 18 1.0000 {by_total}',
          '35: a total of 18 never proves each month');

-- 41: accounts stay open until 31 May
select pg_temp.say(pg_temp.series('n41', 'flow_ytd', 'D', 'S'), '2025-03-31', 50, 1);
update kpid.indicator set settles_on = '05-31' where indicator = 'n41';
select pg_temp.target('n41', '{"value":"50"}');
select is(pg_temp.status('n41', '2025-05-31'), 'achieved 50 1.0000 {provisional}', '41: provisional until it settles');
select is(pg_temp.status('n41', '2025-06-01'), 'achieved 50 1.0000', '41: final from then on');

-- 42: due in September
select pg_temp.say(pg_temp.series('n42', 'flow_ytd', 'D', 'S'), '2024-09-30', 0, 1);
select pg_temp.target('n42', '{"value":"1","due":"2024-09-30"}');
select is(pg_temp.status('n42', '2024-09-30'), 'missed 0 0.0000', '42: the path ends at the target''s own due date');
-- 44: a date that the report does not name
select pg_temp.target('n42', '{"value":"1","reported":"as_reported"}');
select is(pg_temp.status('n42', '2024-09-30'), 'not_judgeable 0 0.0000 {as_reported}', '44: as reported');
-- 6: the sentence names the first step
select pg_temp.target('n42', '{"value":"2","path":"plan","plan":[{"first":"2025-02-01","last":"2025-02-28","amount":null}]}');
select alike((select a.reason from kpi.assess('2024-09-30') a where a.target = 'n42'), '%最初の予定は令和7年2月です。%',
             '6: when the first step is due');
select alike((select a.reason_en from kpi.assess('2024-09-30') a where a.target = 'n42'), '%planned for 2025-02.%',
             '6: in English');

-- 45: 72.96 that kpid computed is 73.0 where one decimal counts
insert into kpid.indicator (indicator, name_ja, unit, measure, decimals, numerator, denominator, monotone)
values ('n45', 'n45', '%', 'ratio', 1, 'n45a', 'n45b', false);
select pg_temp.months(pg_temp.series('n45a', 'flow'), '2024-04-01', 1, 7296);
select pg_temp.months(pg_temp.series('n45b', 'flow'), '2024-04-01', 1, 10000);
select pg_temp.target('n45', '{"value":"73.0","unit":"%","aggregate":"ratio_of_sums"}');
select is(pg_temp.status('n45', '2024-05-10'), 'met 73.0 1.0000', '45: what is printed is what is judged');

-- 47: two targets, one series
select pg_temp.target('n45b', '{"value":"74.0","unit":"%","aggregate":"ratio_of_sums","indicator":"n45"}');
select is(pg_temp.status('n45b', '2024-05-10'), 'on_track 73.0 0.9865', '47: each is judged by itself');

-- shares of past years: zeros, gaps and breaks do not count, the leap day does
create function pg_temp.expected(i_target text, i_as_of date) returns text language sql as $$
    select concat_ws(' ', a.path, a.expected) from kpi.assess(i_as_of) a where a.target = i_target;
$$;
select pg_temp.months(s.s, y.first, 1, 30, 30, 30, 20, 20, 20, 10, 10, 10, 10, 5, 5)
  from (select pg_temp.series('past', 'flow') as s) s,
       (values (date '2021-04-01'), ('2022-04-01')) y (first);
select pg_temp.months(s.series, '2023-04-01', 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
  from kpid.series s where s.indicator = 'past';
select pg_temp.months(s.series, '2020-04-01', 1, 1, 1, 1, 1, null, 1, 1, 1, 1, 1, 1, 1)
  from kpid.series s where s.indicator = 'past';
select pg_temp.months(s.series, '2024-04-01', 1, 40, 40, 40) from kpid.series s where s.indicator = 'past';
select pg_temp.target('past', '{"value":"400","aggregate":"sum"}');
select is(pg_temp.expected('past', '2024-07-10'), 'seasonal 180.0000', 'two complete years: 45 % by June');
select pg_temp.say(s.series, '2021-04-01', 30, 1, 'B') from kpid.series s where s.indicator = 'past';
select is(pg_temp.expected('past', '2024-07-10'), 'linear 100.0000', 'with a break only one year is left');
select pg_temp.say(s.s, d.day::date, d.value, 1)
  from (select pg_temp.series('past_ytd', 'flow_ytd', 'D', 'S') as s) s,
       (values ('2023-02-28', 60), ('2023-03-31', 100), ('2024-02-29', 80), ('2024-03-31', 100),
               ('2025-02-28', 70)) d (day, value);
select pg_temp.target('past_ytd', '{"value":"200","aggregate":"ytd"}');
select is(pg_temp.expected('past_ytd', '2025-03-10'), 'seasonal 140.0000',
          '32: running totals of 28 and 29 February');
select pg_temp.say(s.s, d.first, 1, 1)
  from (select pg_temp.series('past_week', 'flow', 'W') as s) s,
       generate_series(2022, 2024) y,
       kpid.calendar_due('weekly:1', make_date(y, 4, 1), make_date(y + 1, 3, 31)) d
 where d.last < '2024-10-01';
select pg_temp.target('past_week', '{"value":"52","aggregate":"sum"}');
select is(pg_temp.expected('past_week', '2024-10-01'), 'seasonal 26.2524', '33: weeks by their number, 26 of 51 and 26 of 52');

-- 22: words are no number: they are quoted, and kpid put is the way in
insert into kpid.goal (org, fiscal_year, n, goal, item, kind, text, midterm_text, source)
values (202037, 2024, 1, 1, '1-22', 'sub', '会議', E'ブロック会議に参加し、\n意見を交換', 'test');
select pg_temp.series('n22', 'flow_ytd', 'D', 'S');
select pg_temp.target('n22', '{"value":"3","item":"1-22","path":"linear"}');
select results_eq($$ select a.status, a.reason from kpi.assess('2024-09-30') a where a.target = 'n22' $$,
    $$ values ('not_judgeable', '今年度の実績値が報告されていません。報告にない値は0とみなさず、判定しません。'
               || 'この項目の報告書の記載：「ブロック会議に参加し、 意見を交換」') $$, '22: what the sheet says is quoted');
select alike((select a.reason_en from kpi.assess('2024-09-30') a where a.target = 'n22'),
             '%The report says: %ブロック会議に参加し、 意見を交換%', '22: in English');
select pg_temp.say(s.series, '2024-09-30', 2, 1) from kpid.series s where s.indicator = 'n22';
select is(pg_temp.status('n22', '2024-09-30'), 'on_track 2 1.3333', '22: judged once somebody states a number');

-- 23: a figure of another measure never stands for the one that is meant
select pg_temp.say(pg_temp.series('n23grants', 'flow_ytd', 'D', 'S'), '2024-09-30', 17, 1);
select pg_temp.series('n23', 'flow_ytd', 'D', 'S');
select pg_temp.target('n23', '{"value":"20","path":"linear"}');
select is(pg_temp.status('n23', '2024-09-30'), 'not_judgeable', '23: grants decided are no people who came');

-- 24: the sum of a stock, the latest of a flow
select pg_temp.months(pg_temp.series('n24', 'flow'), '2024-04-01', 1, 10, 10, 10);
select pg_temp.target('n24', '{"value":"120","aggregate":"sum","path":"linear"}');
select is(pg_temp.status('n24', '2024-07-10'), 'on_track 30 1.0000', '24: a flow is summed; kpid check refuses others');

-- 25: a stock of 1 April whose contract says opening is that of 31 March
select pg_temp.say(pg_temp.series('n25', 'stock', 'D', 'A'), '2025-03-31', 80, 1);
select pg_temp.target('n25', '{"value":"70","baseline":"60","aggregate":"latest"}');
select is(pg_temp.status('n25', '2025-04-10'), 'achieved 80 2.0000', '25: it ends the year that it closes');

-- 48: a running total that falls is held (gates.sql): the status stays, and is stale in time
select pg_temp.months(pg_temp.series('n48', 'flow_ytd', 'M'), '2024-04-01', 1, 10, 20, 30);
select pg_temp.target('n48', '{"value":"120","aggregate":"ytd","path":"linear"}');
select is(pg_temp.status('n48', '2024-08-14'), 'on_track 30 1.0000', '48: the held month is not there');
select is(pg_temp.status('n48', '2024-09-14'), 'on_track 30 1.0000 {stale}', '48: in time it is missed');

-- stale when its feed is late, by the feed's own grace, earlier or later than usual
insert into kpid.feed (feed_id, feed, title, schedule, time_zone, grace_days, known_since)
overriding system value
values (900, 'f48', 'f', '0 7 5 * *', 'Asia/Tokyo', 3, '2024-01-01');
insert into kpid.feed_series (org, series, feed_id)
select s.org, s.series, 900 from kpid.series s where s.indicator = 'n48';
insert into kpid.expected (feed_id, frequency, period, span, ends, asked_at)
values (900, 'M', '2024-07-01', 'M', '2024-08-01 00:00+09', '2024-08-05 07:00+09');
select is(pg_temp.status('n48', '2024-08-07'), 'on_track 30 1.0000', 'in the days of grace nothing is stale');
select is(pg_temp.status('n48', '2024-08-08'), 'on_track 30 1.0000 {stale}',
          'stale from the day on which its owner is told that it is late');
update kpid.feed set grace_days = 60 where feed_id = 900;
select is(pg_temp.status('n48', '2024-09-30'), 'on_track 30 1.0000', 'a feed that may take long makes nothing stale');
select is(pg_temp.status('n48', '2024-10-04'), 'on_track 30 1.0000 {stale}', '.. until its grace is over');

-- dimensions: a target names the one it means
select pg_temp.say(pg_temp.series('dims', 'flow_ytd', 'D', 'S', '{"sex":"F"}'), '2024-09-30', 30, 1);
select pg_temp.say(pg_temp.series('dims', 'flow_ytd', 'D', 'S', '{"sex":"M"}'), '2024-09-30', 90, 1);
select pg_temp.target('dims', '{"value":"100","path":"linear"}');
select is(pg_temp.status('dims', '2024-09-30'), 'not_judgeable', 'no part stands for the whole');
select pg_temp.target('dims', '{"value":"100","path":"linear","dims":"sex=F"}');
select is(pg_temp.status('dims', '2024-09-30'), 'watch 30 0.6000', 'the dimension that the target names');

-- presets
select pg_temp.say(pg_temp.series('pre', 'stock', 'D', 'S'), '2024-09-30', 57, 1);
select pg_temp.target('pre', '{"value":"70","baseline":"60","aggregate":"latest","preset":"nagayo"}');
select is(pg_temp.status('pre', '2024-09-30'), 'watch 57 -0.6000', 'nagayo: within 10 % of the baseline');
select alike((select a.reason from kpi.assess('2024-09-30') a where a.target = 'pre'), '%（判定基準：nagayo「B」）',
             'nagayo: its word is B');
select pg_temp.target('pre', '{"value":"70","baseline":"60","aggregate":"latest","preset":"statcan"}');
select alike((select a.reason from kpi.assess('2024-09-30') a where a.target = 'pre'), '%statcan「deterioration」）',
             'statcan: below 0 is deterioration');
select pg_temp.target('pre', '{"value":"70","aggregate":"latest","preset":"nagayo"}');
select is(pg_temp.status('pre', '2024-09-30'), 'not_judgeable 57', 'nagayo: without a baseline nothing is judged');
select pg_temp.target('pre', '{"value":"60","baseline":"40","aggregate":"latest","preset":"clearpoint"}');
select is(pg_temp.status('pre', '2024-09-30'), 'watch 57 1.7000', 'clearpoint: 0.95 of the target');
select pg_temp.target('pre', '{"value":"70","baseline":"46","aggregate":"latest","preset":"tama"}');
select is(pg_temp.status('pre', '2024-09-30'), 'watch 57 0.9167', 'tama: 92 % of the linear path is 概ね');

-- the sheet's order, and a file that moved with its installation
select * from kpid.target_import('{"targets":[
    {"target":"z","org":"202037","fiscal_year":"2024","goal":"9","item":"9-(1)","name":"x","comparator":"milestone","line":2},
    {"target":"a","org":"202037","fiscal_year":"2024","goal":"9","item":"9-(1)","name":"x","comparator":"milestone","line":3}]}',
    '/old/config/goals/r6.csv');
select results_eq($$ select target from kpi.assess('2024-09-30') where goal = 9 $$, $$ values ('z'), ('a') $$,
                  'targets of one item stand as on the sheet');
select results_eq($$ select unchanged, withdrawn from kpid.target_import('{"targets":[
    {"target":"z","org":"202037","fiscal_year":"2024","goal":"9","item":"9-(1)","name":"x","comparator":"milestone","line":5}]}',
    'goals/r6.csv') $$, $$ values (1::bigint, 1::bigint) $$, 'a target dropped at the move of the file is withdrawn');
select is((select line from kpid.target where target = 'z'), 5, 'a moved line is no new version');

-- a year whose final report is closed opens no alert
set local kpid.clock = '2024-10-20 09:00+09';
select pg_temp.say(pg_temp.series('closed', 'flow_ytd', 'D', 'S'), '2024-09-30', 1, 1);
select pg_temp.target('closed', '{"value":"100","path":"linear"}');
select is((select c.kind from kpid.alert_change(kpid.event_at(null), '2024-10-20') c where c.target = 'closed'),
          'opened', '43: one half-yearly figure is enough to open');
select is(kpid.year_close(202037, 2024, 'kikaku'), true, 'the year is closed');
select is(kpid.year_close(202037, 2024, 'kikaku'), null, 'twice is once');
select is_empty($$ select from kpid.alert_change(kpid.event_at(null), '2024-10-20') c where c.target = 'closed' $$,
                'no alert of a closed year opens');
select * from finish();
rollback;
