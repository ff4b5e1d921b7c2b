-- Hard cases of judging, one row each: what is known, the target, the word.
-- All of them are judged by kpi.assess together, as it is used.
begin;
set local search_path = public, pg_catalog;
set local timezone = 'Asia/Tokyo';
set local kpid.clock = '2025-06-01 09:00+09';
select no_plan();

-- rows: {first day: value}, a value may end in its status (5P);
-- more: further series of the same indicator, [{span, frequency, rows}]
create temp table hard (
    n      int generated always as identity,
    why    text, indicator jsonb, span text, frequency text, rows jsonb, more jsonb,
    target jsonb, as_of date, status text, pace numeric, has text[]);

create function pg_temp.months(i_first date, variadic i_values numeric[]) returns jsonb
language sql as $$
    select jsonb_object_agg((i_first + (n - 1) * interval '1 month')::date, v::text)
      from unnest(i_values) with ordinality u (v, n);
$$;

insert into hard (why, indicator, span, frequency, rows, more, target, as_of, status, pace, has) values
-- levels
('level on its path', '{"decimals":1}', 'D', 'S', '{"2024-09-30":"72.7"}', null,
 '{"value":"73.0","baseline":"70.3","aggregate":"latest"}', '2024-09-30', 'on_track', 1.7778, null),
('19: an approximate baseline is judged at both ends', '{"decimals":1}', 'D', 'S', '{"2024-09-30":"31.2"}', null,
 '{"value":"33.0","baseline":"30","baseline_approximate":"1","aggregate":"latest"}', '2024-09-30', 'watch', 0.8, '{approximate}'),
('1: keep: T = B, a little below', '{"decimals":1}', 'D', 'S', '{"2024-09-30":"32.5"}', null,
 '{"value":"33","baseline":"33","aggregate":"latest"}', '2024-09-30', 'watch', null, null),
('1: keep: T = B, beyond the slack of 5 %', '{"decimals":1}', 'D', 'S', '{"2024-09-30":"31"}', null,
 '{"value":"33","baseline":"33","aggregate":"latest"}', '2024-09-30', 'off_track', null, null),
('2: baseline past the target, value below it', '{"decimals":1}', 'D', 'S', '{"2024-09-30":"32"}', null,
 '{"value":"33","baseline":"34","aggregate":"latest"}', '2024-09-30', 'watch', null, null),
('2: baseline past the target, value above both', '{"decimals":1}', 'D', 'S', '{"2024-09-30":"35"}', null,
 '{"value":"33","baseline":"34","aggregate":"latest"}', '2024-09-30', 'met', null, null),
('14: a level that reached its target and fell is judged by the path again', '{"decimals":1}', 'M', 'M', '{"2024-08-01":"73.1","2024-09-01":"70.9"}', null,
 '{"value":"73.0","baseline":"70.3","aggregate":"latest"}', '2024-09-30', 'off_track', 0.4444, null),
('16: one case in April of an at_most count', '{"decimals":0,"measure":"flow"}', 'M', 'M', '{"2024-04-01":"1"}', null,
 '{"comparator":"at_most","value":"5","aggregate":"sum"}', '2024-05-10', 'on_track', -0.4000, null),
('17: an at_most level above its target is on its way', '{"decimals":0}', 'M', 'M', '{"2024-09-01":"30"}', null,
 '{"comparator":"at_most","value":"10","baseline":"50","aggregate":"latest"}', '2024-09-30', 'on_track', 1, null),
('17: an at_most level far above is off track, not missed', '{"decimals":0}', 'M', 'M', '{"2024-09-01":"45"}', null,
 '{"comparator":"at_most","value":"10","baseline":"50","aggregate":"latest"}', '2024-09-30', 'off_track', 0.25, null),
('no baseline', '{"decimals":1}', 'D', 'S', '{"2024-09-30":"31.2"}', null,
 '{"value":"33.0","aggregate":"latest"}', '2024-09-30', 'not_judgeable', null, null),
('45: 72.96 is below 73.0', '{"decimals":2}', 'D', 'S', '{"2025-03-31":"72.96"}', null,
 '{"value":"73.0","baseline":"70.3","aggregate":"latest"}', '2025-04-10', 'missed', 0.9852, null),
('a corridor: inside', '{"decimals":1}', 'D', 'S', '{"2024-09-30":"55"}', null,
 '{"comparator":"between","value":"40","value_high":"60","baseline":"50","aggregate":"latest"}', '2024-09-30', 'met', null, null),
('a corridor has the worse of its sides', '{"decimals":1}', 'D', 'S', '{"2024-09-30":"65"}', null,
 '{"comparator":"between","value":"40","value_high":"60","baseline":"50","aggregate":"latest"}', '2024-09-30', 'off_track', null, null),
-- counts
('3: negative target of a net flow', '{"decimals":0,"monotone":false}', 'D', 'S', '{"2024-09-30":"-200"}', null,
 '{"value":"-300"}', '2024-09-30', 'watch', 0.6667, null),
('4: nobody shall die and nobody did', '{"decimals":0}', 'D', 'S', '{"2024-09-30":"0"}', null,
 '{"comparator":"at_most","value":"0"}', '2024-09-30', 'on_track', null, null),
('4: nobody shall die and one did', '{"decimals":0}', 'D', 'S', '{"2024-09-30":"1"}', null,
 '{"comparator":"at_most","value":"0"}', '2024-09-30', 'missed', null, null),
('4: net flow of 0 or more, below', '{"decimals":0,"monotone":false}', 'D', 'S', '{"2024-09-30":"-5"}', null,
 '{"value":"0"}', '2024-09-30', 'watch', null, null),
('5: ahead of a plan of the second half', '{"decimals":0}', 'D', 'S', '{"2024-09-30":"1"}', null,
 '{"value":"3","path":"plan","plan":[{"first":"2024-10-01","last":"2025-03-31","amount":"3"}]}', '2024-09-30', 'on_track', null, null),
('6, 7: a step without amount takes the remainder', '{"decimals":0}', 'D', 'S', '{"2024-09-30":"0"}', null,
 '{"value":"2","path":"plan","plan":[{"first":"2025-02-01","last":"2025-02-28","amount":null}]}', '2024-09-30', 'not_judgeable', null, null),
('8: a plan that falls short is at best watch', '{"decimals":0}', 'D', 'S', '{"2024-09-30":"1"}', null,
 '{"value":"6","path":"plan","plan":[{"first":"2024-10-01","last":"2025-03-31","amount":"3"}]}', '2024-09-30', 'watch', 0.6667, '{plan_short}'),
('8: a plan hides nothing', '{"decimals":0}', 'D', 'S', '{"2024-09-30":"7"}', null,
 '{"value":"30","path":"plan","plan":[{"first":"2024-10-01","last":"2025-03-31","amount":"3"}]}', '2024-09-30', 'off_track', 0.5185, '{plan_short}'),
('7: one meeting of two, when the step means one, is short', '{"decimals":0}', 'D', 'S', '{"2024-09-30":"0"}', null,
 '{"value":"2","path":"plan","plan":[{"first":"2025-02-01","last":"2025-02-28","amount":"1"}]}', '2024-09-30', 'not_judgeable', 0.0000, '{plan_short}'),
('9: steps beyond the target give slack', '{"decimals":0}', 'D', 'S', '{"2024-09-30":"0"}', null,
 '{"value":"3","path":"plan","plan":[{"first":"2024-07-01","last":"2024-07-31","amount":"2"},{"first":"2024-10-01","last":"2025-03-31","amount":"3"}]}', '2024-09-30', 'not_judgeable', null, null),
('11: once a year is not late in autumn', '{"decimals":0}', 'D', 'S', '{"2024-09-30":"0"}', null,
 '{"value":"1","path":"linear"}', '2024-09-30', 'not_judgeable', 0, null),
('12: 3 of 7 courses are the whole ones expected', '{"decimals":0}', 'D', 'S', '{"2024-09-30":"3"}', null,
 '{"value":"7","path":"linear"}', '2024-09-30', 'on_track', 0.8571, null),
('13: a count that only grows is achieved when reached', '{"decimals":0}', 'D', 'S', '{"2024-09-30":"79"}', null,
 '{"value":"50","path":"linear"}', '2024-09-30', 'achieved', 3.16, null),
('money that can flow back is only met', '{"decimals":0,"monotone":false}', 'D', 'S', '{"2024-09-30":"79"}', null,
 '{"value":"50","path":"linear"}', '2024-09-30', 'met', 3.16, null),
('15, 21: no row is not 0', '{"decimals":0}', 'D', 'S', '{}', null,
 '{"comparator":"at_most","value":"500"}', '2024-09-30', 'not_judgeable', null, null),
('16: want of history caps at watch in spring', '{"decimals":0,"measure":"flow"}', 'M', 'M', '{"2024-04-01":"60"}', null,
 '{"comparator":"at_most","value":"500","aggregate":"sum"}', '2024-05-10', 'watch', 0.56, null),
('a declared linear path does not', '{"decimals":0,"measure":"flow"}', 'M', 'M', '{"2024-04-01":"60"}', null,
 '{"comparator":"at_most","value":"500","aggregate":"sum","path":"linear"}', '2024-05-10', 'off_track', 0.56, null),
('17: an at_most count above its limit is missed at once', '{"decimals":0,"measure":"flow"}', 'M', 'M', '{"2024-04-01":"501"}', null,
 '{"comparator":"at_most","value":"500","aggregate":"sum"}', '2024-05-10', 'missed', null, null),
('33: a month without report stops the sum before it', '{"decimals":0,"measure":"flow"}', 'M', 'M',
 '{"2024-04-01":"10","2024-05-01":"10","2024-07-01":"1"}', null,
 '{"value":"120","aggregate":"sum","path":"linear"}', '2024-08-10', 'on_track', 1, null),
('33: only complete months count', '{"decimals":0,"measure":"flow"}', 'M', 'M', pg_temp.months('2024-04-01', 10, 10, 10, 10, 10, 1), null,
 '{"value":"120","aggregate":"sum","path":"linear"}', '2024-09-29', 'on_track', 1, null),
('own past shares: a quarter by September', '{"decimals":0,"measure":"flow"}', 'M', 'M',
 pg_temp.months('2022-04-01', 5, 5, 5, 5, 5, 0, 10, 15, 10, 10, 15, 15)
 || pg_temp.months('2023-04-01', 5, 5, 5, 5, 0, 5, 10, 15, 10, 10, 15, 15)
 || pg_temp.months('2024-04-01', 5, 5, 5, 4, 4, 2), null,
 '{"value":"100","aggregate":"sum"}', '2024-09-30', 'on_track', 1, null),
('33: weeks wholly inside the year', '{"decimals":0,"measure":"flow"}', 'W', 'W',
 '{"2024-03-25":"99","2024-04-01":"2","2024-04-08":"2"}', null,
 '{"value":"104","aggregate":"sum","path":"linear"}', '2024-04-15', 'on_track', null, null),
('18: a window of the calendar year', '{"decimals":0,"measure":"flow"}', 'M', 'M', pg_temp.months('2024-01-01', 10, 10, 10), null,
 '{"comparator":"at_most","value":"120","aggregate":"sum","window":"calendar","due":"2024-12-31","path":"linear"}', '2024-04-10', 'on_track', 1, null),
('stale: the next value is long due', '{"decimals":0,"measure":"flow"}', 'M', 'M', pg_temp.months('2024-04-01', 10, 10, 10), null,
 '{"value":"120","aggregate":"sum","path":"linear"}', '2024-09-30', 'on_track', 1, '{stale}'),
('40: due date passed, last month not there', '{"decimals":0,"measure":"flow"}', 'M', 'M',
 pg_temp.months('2024-04-01', 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 9), null,
 '{"value":"120","aggregate":"sum","path":"linear"}', '2025-04-10', 'on_track', 0.9909, '{awaiting_final}'),
('46: provisional values say so', '{"decimals":0}', 'D', 'S', '{"2025-03-31":"50P"}', null,
 '{"value":"50"}', '2025-04-10', 'achieved', 1, '{provisional}'),
('20: 2回程度 is 2', '{"decimals":0}', 'D', 'S', '{"2025-03-31":"1"}', null,
 '{"value":"2","approximate":"程度"}', '2025-04-10', 'missed', 0.5, '{approximate}'),
-- last year
('29: more than last year, which is not known', '{"decimals":0,"measure":"flow"}', 'FY', 'FY', '{"2022-04-01":"121"}', null,
 '{"comparator":"more_than_last_year","aggregate":"sum"}', '2024-09-30', 'not_judgeable', null, null),
('32: more than last year, at the same place', '{"decimals":0,"measure":"flow"}', 'M', 'M',
 pg_temp.months('2023-04-01', 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10)
 || pg_temp.months('2024-04-01', 9, 9, 9, 9, 9, 9), null,
 '{"comparator":"more_than_last_year","aggregate":"sum"}', '2024-09-30', 'watch', 0.9, null),
('28: only last year''s total: linear', '{"decimals":0,"measure":"flow"}', 'M', 'M', pg_temp.months('2024-04-01', 9, 9, 9, 9, 9, 9),
 '[{"span":"FY","frequency":"FY","rows":{"2023-04-01":"120"}}]',
 '{"comparator":"more_than_last_year","aggregate":"sum"}', '2024-09-30', 'watch', 0.9, null),
('31: as many as last year is not more', '{"decimals":0,"measure":"flow"}', 'FY', 'FY', '{"2023-04-01":"120","2024-04-01":"120"}', null,
 '{"comparator":"more_than_last_year","aggregate":"sum"}', '2025-04-10', 'missed', 1, null),
('31: one more is', '{"decimals":0,"measure":"flow"}', 'FY', 'FY', '{"2023-04-01":"120","2024-04-01":"121"}', null,
 '{"comparator":"more_than_last_year","aggregate":"sum"}', '2025-04-10', 'achieved', null, null),
('30: an estimated base is named', '{"decimals":0,"measure":"flow"}', 'FY', 'FY', '{"2023-04-01":"361249E"}', null,
 '{"comparator":"more_than_last_year","aggregate":"sum"}', '2024-09-30', 'not_judgeable', null, '{provisional}'),
-- each period
('36: each month once, one of six left out', '{"decimals":0,"measure":"flow"}', 'M', 'M', pg_temp.months('2024-04-01', 1, 1, 0, 1, 2, 1), null,
 '{"comparator":"each_period_at_least","calendar":"monthly:1","aggregate":"sum"}', '2024-09-30', 'watch', 0.8333, null),
('35: odd once, even twice', '{"decimals":0,"measure":"flow"}', 'M', 'M', pg_temp.months('2024-04-01', 2, 1, 2, 1, 2, 1), null,
 '{"comparator":"each_period_at_least","calendar":"odd:1 even:2","aggregate":"sum"}', '2024-09-30', 'on_track', 1, null),
('34: a bare total, days out not stated', '{"decimals":0}', 'D', 'S', '{"2024-09-30":"40"}', null,
 '{"comparator":"each_period_at_least","calendar":"weekdays:wed,fri"}', '2024-09-30', 'not_judgeable', null, '{by_total}'),
('34: a bare total against 51 dates', '{"decimals":0}', 'D', 'S', '{"2024-09-30":"40"}', null,
 '{"comparator":"each_period_at_least","calendar":"weekdays:wed,fri holidays:out"}', '2024-09-30', 'watch', 0.7843, '{by_total}'),
-- averages
('26: a share of the year''s sums against its target', '{"decimals":1,"measure":"ratio","numerator":"num","denominator":"den"}', 'M', 'M', '{}', null,
 '{"value":"33.0","unit":"%","aggregate":"ratio_of_sums"}', '2024-09-30', 'watch', 0.9091, null),
-- presets
('tama wants the whole of it', '{"decimals":1}', 'D', 'S', '{"2024-09-30":"48"}', null,
 '{"value":"100","path":"linear","preset":"tama"}', '2024-09-30', 'watch', 0.96, null),
('clearpoint looks at the target alone', '{"decimals":1}', 'D', 'S', '{"2024-09-30":"89"}', null,
 '{"value":"100","baseline":"0","aggregate":"latest","preset":"clearpoint"}', '2024-09-30', 'off_track', 1.78, null),
-- by a date
('text is never a failure', null, null, null, null, null, '{"comparator":"milestone"}', '2024-09-30', 'not_applicable', null, null),
('nothing reported after the due date', null, null, null, null, null, '{"comparator":"milestone"}', '2025-03-31', 'not_judgeable', null, null),
('reported as not done', null, null, null, null, null, '{"comparator":"milestone","reported":"not_done"}', '2025-04-01', 'missed', null, null),
('done late', null, null, null, null, null, '{"comparator":"milestone","due":"2024-09-30","done_on":"2024-10-05"}', '2024-11-01', 'missed', null, null),
('done in time', null, null, null, null, null, '{"comparator":"milestone","done_on":"2024-10-05"}', '2024-11-01', 'achieved', null, null),
('planned in time', null, null, null, null, null, '{"comparator":"milestone","planned_on":"2025-01-05"}', '2024-11-01', 'on_track', null, null);

insert into kpid.event values (1, '2024-01-01', 'load', null, null, null);
insert into kpid.indicator (indicator, name_ja, unit, measure, decimals, monotone)
values ('num', 'n', '件', 'flow', 0, true), ('den', 'd', '件', 'flow', 0, true);
insert into kpid.indicator (indicator, name_ja, unit, measure, decimals, numerator, denominator, monotone)
select 'c' || n, why, coalesce(target ->> 'unit', '件'), coalesce(indicator ->> 'measure', 'flow_ytd'),
       (indicator ->> 'decimals')::int, indicator ->> 'numerator', indicator ->> 'denominator',
       coalesce((indicator ->> 'monotone')::boolean, true)
  from hard where indicator is not null;

create temp table given as
select 'c' || h.n as indicator, s.span, s.frequency, r.key::date as period, r.value
  from hard h
 cross join lateral (
    select h.span, h.frequency, h.rows union all
    select m.span, m.frequency, m.rows
      from jsonb_to_recordset(h.more) m (span text, frequency text, rows jsonb)) s
 cross join lateral jsonb_each_text(s.rows) r
 union all     -- 30 of 100 in each month; 0 of 0 in September is left out
select v.i, 'M', 'M', d::date, case when d = '2024-09-01' then '0' else v.n end
  from (values ('num', '30'), ('den', '100')) v (i, n)
 cross join generate_series(date '2024-04-01', '2024-09-01', interval '1 month') d;
insert into kpid.series (org, indicator, frequency, span)
select distinct 202037, indicator, frequency, span from given;
insert into kpid.observation (org, series, period, since, delivery, line, col, status, value)
select 202037, s.series, g.period, 1, 1, 1, 1, coalesce(substring(g.value, '[A-Z]$'), 'A')::"char",
       rtrim(g.value, 'ABEP')::numeric
  from given g join kpid.series s using (indicator, frequency, span);

select is(i.inserted, (select count(*) from hard), 'every target is new')
  from kpid.target_import((select jsonb_build_object('targets', jsonb_agg(
           jsonb_build_object('target', 't' || n, 'org', '202037', 'fiscal_year', '2024', 'goal', '1',
                              'name', why, 'comparator', 'at_least',
                              'indicator', case when indicator is not null then 'c' || n end)
           || target)) from hard), 'test') i;

create temp table got as
select d.as_of, a.* from (select distinct as_of from hard) d cross join lateral kpi.assess(d.as_of) a;

select is(g.status, h.status, h.why)
  from hard h join got g on g.target = 't' || h.n and g.as_of = h.as_of order by h.n;
select is(g.pace_index, h.pace, h.why || ': pace')
  from hard h join got g on g.target = 't' || h.n and g.as_of = h.as_of
 where h.pace is not null order by h.n;
select is(g.modifiers, coalesce(h.has, '{}'), h.why || ': modifiers')
  from hard h join got g on g.target = 't' || h.n and g.as_of = h.as_of order by h.n;
select is_empty($$ select target, status from got where reason is null $$, 'every status has its reason');

-- the same document again, one that changed, one that is gone
select results_eq($$ select * from kpid.target_import(
    '{"targets":[{"target":"again","org":"202037","fiscal_year":"2024","goal":"1","name":"x","comparator":"milestone"},
                 {"target":"gone","org":"202037","fiscal_year":"2024","goal":"1","name":"x","comparator":"milestone"}]}', 'a') $$,
    $$ values (2::bigint, 0::bigint, 0::bigint, 0::bigint) $$, 'two new targets');
select results_eq($$ select * from kpid.target_import(
    '{"targets":[{"target":"again","org":"202037","fiscal_year":"2024","goal":"1","name":"x","comparator":"milestone"}]}', 'a') $$,
    $$ values (0::bigint, 0::bigint, 1::bigint, 1::bigint) $$, 'one unchanged, one withdrawn');
select results_eq($$ select * from kpid.target_import(
    '{"targets":[{"target":"again","org":"202037","fiscal_year":"2024","goal":"1","name":"y","comparator":"milestone"}]}', 'a') $$,
    $$ values (0::bigint, 1::bigint, 0::bigint, 0::bigint) $$, 'one changed');
select is(a.status, 'not_applicable', 'what is withdrawn is judged no more')
  from kpi.assess('2025-04-01') a where a.target = 'gone';
select is(a.version, 1, 'what was known before names the old version')
  from kpi.assess('2024-10-01', (select at from kpid.event order by event desc offset 2 limit 1)) a
 where a.target = 'again';

-- calendars
select is((select count(*) from kpid.calendar_due('weekdays:wed,fri', '2024-04-01', '2024-09-30')), 52::bigint,
          'Wednesdays and Fridays of half a year');
select is((select count(*) from kpid.calendar_due('weekly:2', '2024-04-01', '2025-03-31')), 52::bigint,
          'weeks wholly inside the year');
select is(kpid.month_clock('2024-09-30') - kpid.month_clock('2024-03-31'), 6::numeric, 'month ends are exact');
select is(kpid.year_position('2023-04-01', '2024-02-29', 'D'), kpid.year_position('2024-04-01', '2025-02-28', 'D'),
          '29 February joins the 28th');
select * from finish();
rollback;
