-- Forecasts: the special functions against known values, each method against
-- an expectation made by hand, what assessments make of them, the replay.
begin;
set local search_path = public, pg_catalog;
set local timezone = 'Asia/Tokyo';
set local kpid.clock = '2025-06-01 09:00+09';
select no_plan();

-- Special functions. Normal: tables. Beta and negative binomial: the continued
-- fraction, computed apart.
select ok(abs(got - want) <= within, format('%s is %s, not %s', what, want, got))
  from (values ('normal 0', kpid.normal_cdf(0), 0.5, 1e-7),
               ('normal 1.96', kpid.normal_cdf(1.96), 0.9750021, 1e-7),
               ('normal -1', kpid.normal_cdf(-1), 0.1586553, 1e-7),
               ('normal -40', kpid.normal_cdf(-40), 0, 1e-12),
               ('beta 0.5 10 12', kpid.beta_cdf(0.5, 10, 12), 0.6681881, 0.007),
               ('beta 0.05 2 30', kpid.beta_cdf(0.05, 2, 30), 0.4634031, 0.007),
               ('beta below', kpid.beta_cdf(0, 2, 3), 0, 0), ('beta above', kpid.beta_cdf(1, 2, 3), 1, 0),
               ('69 of 60 +- 20', kpid.count_tail(69, 60, 400), 0.3118669, 0.007),
               ('3 of 5', kpid.count_tail(3, 5, 2), 0.8291743, 0.007),
               ('1 of 0.5', kpid.count_tail(1, 0.5, 0.05), 0.3790787, 0.007),
               ('nothing needed', kpid.count_tail(0, 5, 2), 1, 0),
               ('nothing to come', kpid.count_tail(1, 0, 2), 0, 0),
               -- chi-squared with 120 degrees: 10 % lies above 140.2
               ('gamma 60, 60', kpid.gamma_quantile(1.2816, 60, 60), 70.12, 0.05),
               ('at most, none needed to fail', kpid.chance(-1, false, -1, true, 5, 2), 0, 0),
               ('at most 4 is not at least 5',
                kpid.chance(4, false, -1, true, 5, 2) + kpid.chance(5, false, 1, true, 5, 2), 1, 1e-9),
               ('more than 4 is at least 5',
                kpid.chance(4, true, 1, true, 5, 2) - kpid.chance(5, false, 1, true, 5, 2), 0, 1e-9),
               ('an amount of the median', kpid.chance(60, false, 1, false, 60, 1), 0.5, 0.01))
       t (what, got, want, within);

-- A half-year's total alone: the figures that the rule was published with.
select is(round(f.probability::numeric, 2), t.want, format('%s of %s by September', y, aim))
  from (values (51, 120, 0.29), (45, 500, 0.00), (4, 15, 0.11), (400, 800, 0.50)) t (y, aim, want)
 cross join lateral kpid.forecast_total(t.y, t.aim, 0.5, false, 1) f;

-- Months without a known shape.
select is(round(mean::numeric, 6), 60.0, 'as many as in an average month go on')
  from kpid.forecast_run_rate('{10,10,10,10,10,10}', 120, true);
select ok(a.mean > b.mean, 'the later months say more: rising ends higher than falling')
  from kpid.forecast_run_rate('{5,7,9,11,13,15}', 120, true) a,
       kpid.forecast_run_rate('{15,13,11,9,7,5}', 120, true) b;
select is_empty($$ select * from kpid.forecast_run_rate('{10,-2}', 120, true) $$,
                'of what falls there is no run rate');
select ok(max(variance) filter (where months = 11) < min(variance) filter (where months = 1),
          'the last month is surer than the first') from kpid.pace_weight where size = 3;

-- Shares: two years, half a quarter by September. The numbers are those of the
-- formulas in kpid.forecast_seasonal, worked apart in floating point.
create temp table history as
select row(1, 'a', 2024, 1, 1, array_fill(-2, '{12}') || array_fill(-1, '{12}'),
           m || m, array(select (date '2022-05-01' + n * interval '1 month')::date - 1
                           from generate_series(0, 23) n),
           '{5,10,15,20,25,25,35,50,60,70,85,100,5,10,15,20,20,25,35,50,60,70,85,100}'::float8[],
           (array_fill(false, '{11}') || true) || (array_fill(false, '{11}') || true),
           array_fill(false, '{24}'))::kpid.history as h
  from (select array(select generate_series(1, 12)) as m) x;
create temp table shape as
select s from history cross join lateral kpid.forecast_shape(h, true) s;
select is((s).method, 'seasonal', 'the pooled share is the method') from shape;
select is(round((s).w[1]::numeric, 6), round(10 / 192.0, 6), 'April: 5 and 0.8 x 5 of 180, one a month added') from shape;
select is(round((s).error[5]::numeric, 2), 0.20, 'August would have been a fifth off') from shape;
select is(round((s).scatter::numeric, 4), -145.4861, 'months scatter less than by chance') from shape;
select is(round(f.mean::numeric, 4), 70.8195, 'what is to come')
  from shape cross join lateral kpid.forecast_seasonal(s, '{1,2,3,4,5,6}', '{5,5,5,4,4,2}', 12, 100, true) f;
select is(round(f.variance::numeric, 3), 212.269, 'and how sure that is')
  from shape cross join lateral kpid.forecast_seasonal(s, '{1,2,3,4,5,6}', '{5,5,5,4,4,2}', 12, 100, true) f;
select is((s).drift, 1::float8, 'what was never further off than months scatter did not drift') from shape;
create function pg_temp.years(variadic i_v float8[]) returns kpid.history language sql as $$
    select row(1, 'a', 2024, 1, 1, array_agg(n / 12 - cardinality(i_v) / 12 order by n), array_agg(n % 12 + 1 order by n),
               array_agg((date '2000-05-01' + n * interval '1 month')::date - 1 order by n),
               array_agg(y order by n), array_agg(n % 12 = 11 order by n), array_agg(false))::kpid.history
      from (select i - 1 as n, sum(v) over (partition by (i - 1) / 12 order by i) as y
              from unnest(i_v) with ordinality u (v, i)) x;
$$;
select is(round((s).drift::numeric, 6), 1.317308, 'years whose halves change places drift')
  from kpid.forecast_shape(pg_temp.years(50, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 50, 10, 10, 10, 10, 10, 50, 50, 10, 10, 10, 10, 10,
                                         40, 10, 10, 10, 10, 10, 10, 10, 10, 10, 20, 60), true) s;
select ok(wide.high - wide.low > 1.1 * (exact.high - exact.low), 'and what is to come is less sure by it')
  from (select h, s from pg_temp.years(50, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 50, 10, 10, 10, 10, 10, 50, 50, 10, 10, 10, 10, 10,
                                       40, 10, 10, 10, 10, 10, 10, 10, 10, 10, 20, 60) h
         cross join lateral kpid.forecast_shape(h, true) s) x
 cross join lateral kpid.forecast_seasonal(x.s, '{1,2,3}', '{20,10,10}', 12, 200, true) f
 cross join lateral kpid.prospect_of(40, 200, 1, false, true, 0, f.mean, f.variance) wide
 cross join lateral kpid.forecast_seasonal(row((x.s).method, (x.s).pos, (x.s).w, (x.s).blur, (x.s).error, (x.s).scatter,
                                               (x.s).basis, 1)::kpid.shape, '{1,2,3}', '{20,10,10}', 12, 200, true) e
 cross join lateral kpid.prospect_of(40, 200, 1, false, true, 0, e.mean, e.variance) exact;
select is((s).method, want, why)
  from (values (array_fill(10::float8, '{24}') || array_fill(11::float8, '{12}'), 'seasonal', 'two foretold years choose nothing'),
               ('{1}'::float8[] || array_fill(10::float8, '{11}'), 'last_year', 'one year is the last one'),
               ('{90,2,2,2,2,2,2,2,2,2,2,90,2,2,2,2,90,2,2,2,2,2,2,90}'::float8[] || array_fill(17::float8, '{36}'), 'run_rate',
                'years that became even: an equal share errs least')) t (v, want, why)
 cross join lateral kpid.forecast_shape(pg_temp.years(variadic t.v), true) s;

-- Shapes of others: one even, one with four fifths in the second half.
create temp table kin as
select row('kindred', null, array_fill(1 / 12.0, '{12}') || array_fill(1 / 30.0, '{6}') || array_fill(4 / 30.0, '{6}'),
           array_fill(0.01, '{24}'), null, 0, 0, 1)::kpid.shape as s;
select ok(late.probability > 0.3 and alone.probability < 0.1 and even.probability between 0.3 and 0.7,
          'four a month of 120: lost in an even year, not in one whose second half has most')
  from kin
 cross join lateral kpid.forecast_kindred(s, '{4,4,4,4,4,4}', 120, 96, '{1,0}', true) late
 cross join lateral kpid.forecast_kindred(row('kindred', null, (s).w[1:12], (s).blur[1:12], null, 0, 0, 1)::kpid.shape,
                                          '{4,4,4,4,4,4}', 120, 96, '{1,0}', true) alone
 cross join lateral kpid.forecast_kindred(s, '{10,10,10,10,10,10}', 120, 60, '{1,0}', true) even;
select is(array[round(e.mean), round(e.probability * 100), round(l.mean), round(l.probability * 100), round(b.probability * 100)],
          '{35,1,96,48,46}', 'the worked example: an even kin, a late one, both')
  from kin
 cross join lateral kpid.forecast_kindred(row('kindred', null, (s).w[1:12], (s).blur[1:12], null, 0, 0, 1)::kpid.shape,
                                          '{4,4,4,4,4,4}', 120, 96, '{1,0}', true) e
 cross join lateral kpid.forecast_kindred(row('kindred', null, (s).w[13:24], (s).blur[13:24], null, 0, 0, 1)::kpid.shape,
                                          '{4,4,4,4,4,4}', 120, 96, '{1,0}', true) l
 cross join lateral kpid.forecast_kindred(s, '{4,4,4,4,4,4}', 120, 96, '{1,0}', true) b;
select ok(abs(m.probability + l.probability - 1) < 1e-6, 'at most 119 is not at least 120')
  from kin
 cross join lateral kpid.forecast_kindred(s, '{10,10,10}', 120, 90, '{1,0}', true) m
 cross join lateral kpid.forecast_kindred(s, '{10,10,10}', 120, 89, '{-1,0}', true) l;
select ok(f.mean > 0 and f.variance > 0 and f.probability < 0.01, 'nothing at all in ten months of 5000 is no overflow')
  from kin cross join lateral kpid.forecast_kindred(s, array_fill(0::float8, '{10}'), 5000, 5000, '{1,0}', true) f;
select ok(abs(a.probability - b.probability) < 0.02 and a.mean / b.mean between 0.999 and 1.001, 'amounts know no unit')
  from kin
 cross join lateral kpid.forecast_kindred(s, '{4e6,5e6,6e6}', 1e8, 8.5e7, '{1,0}', false) a
 cross join lateral kpid.forecast_kindred(s, '{4,5,6}', 100, 85, '{1,0}', false) b0
 cross join lateral (select b0.probability, b0.mean * 1e6 as mean) b;
select is((kpid.forecast_shape(row(1, 'a', 2024, 1, 1, '{-1,-1,0}', '{1,2,1}',
              '{2023-09-30,2024-03-31,2024-09-30}', '{10,4,3}', '{f,t,f}', '{f,f,f}')::kpid.history, true)).method,
          null, 'a series that falls has no shares');

-- Levels.
create function pg_temp.level(variadic i_y float8[]) returns kpid.history language sql as $$
    select row(1, 'a', 2024, 1, 1, array_fill(0, array[cardinality(i_y)]), array_fill(1, array[cardinality(i_y)]),
               array(select (date '2023-01-01' + n * interval '1 month')::date - 1
                       from generate_series(1, cardinality(i_y)) n),
               i_y, array_fill(false, array[cardinality(i_y)]), array_fill(false, array[cardinality(i_y)]))::kpid.history;
$$;
select is(f.method || ' ' || round(f.guess::numeric, 3), want, why)
  from (values (pg_temp.level(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12), 3, 'trend 15.000', 'a straight line goes on'),
               (pg_temp.level(5, 6, 5, 6, 5, 6, 5, 6, 5, 6, 5, 6, 5, 6, 5), 2, 'no_change 5.000',
                'what goes to and fro has no trend')) t (h, ahead, want, why)
 cross join lateral kpid.forecast_level(t.h, '2024-12-31', t.ahead, 0.9, false) f;
select ok(100 / (1 + exp(- guess)) between 98.9 and 99.99, 'a rate comes near 100, not past it')
  from kpid.forecast_level(pg_temp.level(90, 92, 94, 95, 96, 97, 97.6, 98.1, 98.5, 98.8), '2024-12-31', 3, 0.9, true);
select is_empty($$ select * from kpid.forecast_level(pg_temp.level(1, 2, 3, 4, 5), '2024-12-31', 3, 0.9, false) $$,
                'five points say nothing about three steps ahead');
select is(round(p.probability, 4), 0.5, 'half a decimal before the target is an even chance')
  from kpid.prospect_level(72.95, 0.4, false, 73.0 - 0.05, null, 1, 1) p;
select is(round(p.probability, 2), 0.5, 'of a rate, too')
  from kpid.prospect_level(kpid.logit(72.95), 0.1, true, 72.95, null, 1, 1) p;
select is(p.low || ' ' || p.high, '72.4 73.4', 'four times of five') from kpid.prospect_level(72.9, 0.4, false, 73, null, 1, 1) p;

-- Averages: 30 at mid-year, and what it did from there on in three years.
select is(method || ' ' || guess, want, why)
  from (values ('{30,32,30,32,30,32}'::float8[], 'seasonal 32', 'up by two each year'),
               ('{30,31,30,29,30,30}', 'run_rate 30', 'no two years alike'),
               ('{30,36,30,40,30,44}', 'last_year 44', 'more each year: the last one says most')) t (y, want, why)
 cross join lateral kpid.forecast_average(
     row(1, 'a', 2024, 1, 1, '{-3,-3,-2,-2,-1,-1}', '{6,12,6,12,6,12}', null, t.y,
         '{f,t,f,t,f,t}', '{f,f,f,f,f,f}')::kpid.history, 6, 30) f;

-- What a period means for an alert.
select is(kpid.alert_sign(status, p, early), want, format('%s at %s%s', status, p, case when early then ', early' end))
  from (values ('missed', null::numeric, false, -1), ('missed', 0.9, true, -1), ('achieved', 1, false, 1),
               ('met', 0.1, false, 1), ('on_track', 0.19, false, -1), ('watch', 0.2, false, 0),
               ('on_track', 0.49, false, 0), ('on_track', 0.5, false, 1), ('watch', 0.9, false, 0),
               ('off_track', 0.3, false, 0), ('off_track', 0.19, true, 0), ('off_track', null, true, -1),
               ('watch', null, false, 0), ('on_track', null, false, 1), ('not_judgeable', 0.1, false, null),
               ('not_applicable', null, false, 1)) t (status, p, early, want);

-- As analysts see it: targets on series of their own.
insert into kpid.event values (1, '2024-01-01', 'load', null, null, null), (2, '2025-01-01', 'load', null, null, null);
insert into kpid.indicator (indicator, name_ja, unit, measure, decimals, monotone)
select i, i, '件', case when i = 'level' then 'stock' when i = 'report' then 'flow_ytd' else 'flow' end, 0, i <> 'level'
  from unnest('{past,new,level,report,declared,money,late,net}'::text[]) i;
update kpid.indicator set monotone = false where indicator = 'money';
insert into kpid.series (org, indicator, frequency, span)
select 202037, indicator, case indicator when 'report' then 'S' else 'M' end, case indicator when 'report' then 'D' else 'M' end
  from kpid.indicator where indicator in ('past', 'new', 'level', 'report', 'declared', 'money', 'late', 'net');
create function pg_temp.months(i_indicator text, i_first date, variadic i_v numeric[]) returns void language sql as $$
    insert into kpid.observation (org, series, period, since, delivery, line, col, status, value)
    select 202037, s.series, (i_first + (n - 1) * interval '1 month')::date, 1, 1, 1, 1, 'A', v
      from kpid.series s, unnest(i_v) with ordinality u (v, n) where s.indicator = i_indicator;
$$;
do $$ begin
    perform pg_temp.months('past', '2022-04-01', 5, 5, 5, 5, 5, 0, 10, 15, 10, 10, 15, 15, 5, 5, 5, 5, 0, 5, 10, 15, 10, 10, 15, 15,
                           5, 5, 5, 4, 4, 2, 1, 1, 1, 1, 1, 1);
    perform pg_temp.months('new', '2024-04-01', 2, 2, 2, 1, 2, 2, 2, 2, 2, 2, 2, 2);
    perform pg_temp.months('declared', '2024-04-01', 2, 2, 2, 1, 2, 2);
    perform pg_temp.months('money', '2024-04-01', 2, 2, -2, 1, 2, 2);
    perform pg_temp.months('level', '2024-08-01', 50, 52);
    perform pg_temp.months('report', '2024-09-30', 51);
    perform pg_temp.months('net', '2021-04-01', 9, 9, 9, -5, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, -6, 9, 9, 9, 9, 9, 9, 9, 9,
                           9, 9, 9, -4, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 0, 9, 9);
    perform pg_temp.months('late', '2024-04-01', 60, 60, 60, 60, 60);
end $$;
-- the past's September was first said to be 32
insert into kpid.superseded
select org, series, period, 1, 2, 1, 1, 1, 'A', 32 from kpid.observation o
 where series = (select series from kpid.series where indicator = 'past') and period = '2024-09-01';
update kpid.observation set since = 2
 where series = (select series from kpid.series where indicator = 'past') and period = '2024-09-01';
select lives_ok($$ select kpid.target_import(jsonb_build_object('targets', (
    select jsonb_agg(jsonb_build_object('target', n, 'org', '202037', 'fiscal_year', '2024', 'goal', '1',
               'name', n, 'indicator', i, 'comparator', c, 'value', v, 'baseline', b, 'path', p, 'plan', plan::jsonb,
               'valid_from', '2024-04-01'))
      from (values ('past', 'past', 'at_least', '100', null, null, null),
                   ('new', 'new', 'at_least', '100', null, null, null),
                   ('level', 'level', 'at_least', '60', '40', null, null),
                   ('report', 'report', 'at_least', '120', null, null, null),
                   ('limit', 'late', 'at_most', '500', null, null, null),
                   ('money', 'money', 'at_least', '100', null, null, null),
                   ('net', 'net', 'at_least', '100', null, null, null),
                   ('planned', 'new', 'at_least', '24', null, 'plan',
                    '[{"first":"2024-10-01","last":"2025-03-31","amount":"14"}]'),
                   ('declared', 'declared', 'at_least', '44', null, 'seasonal',
                    '[{"first":"2024-04-01","last":"2024-09-30","amount":"1"},
                      {"first":"2024-10-01","last":"2025-03-31","amount":"3"}]'))
           t (n, i, c, v, b, p, plan))), 'test') $$, 'the targets are imported');
update kpid.target set event = 1;

create temp table got as select * from kpi.assess('2024-09-30');
select is(array[g.forecast ->> 'value', g.forecast ->> 'method', g.anticipated, g.path], t.want, t.why)
  from (values ('past', '{96,seasonal,watch,seasonal}'::text[], 'own shares: 25 + 70.8'),
               ('report', '{110,run_rate,watch,linear}', 'a half-year''s figure'),
               ('planned', '{25,plan,achieved,plan}', 'a plan: done and planned, no forecast'),
               ('level', '{NULL,NULL,NULL,linear}', 'two points: silence'),
               ('money', '{NULL,NULL,NULL,linear}', 'months that fall: silence'),
               ('net', '{99,seasonal,off_track,seasonal}', 'what fell in past years is a net flow')) t (target, want, why)
  join got g using (target);
select is(array[cardinality((k).w), cardinality((k).blur)], '{12,12}', 'one of these counts has past years: the shape of others')
  from kpid.forecast_kin(1, 202037, 2024, 'fiscal') k;
select is(round((k).w[12]::numeric, 6), round((15 + 0.8 * 15 + 1) / 192, 6), 'the last month of the year is the last share')
  from kpid.forecast_kin(1, 202037, 2024, 'fiscal') k;
select is((kpid.forecast_kin(1, 202037, 2019, 'fiscal')).method, null, 'before them nothing is known');
select is(g.forecast ->> 'method', 'kindred', 'a count without a past goes by the shapes of others') from got g where g.target = 'new';
select is(kpid.forecast_ja(g.forecast, '件'), '期限に110件（8割の確率で71～159件）　達成の確率 29%　'
          || '方法 run_rate（これまでの進み方が続くものとして推計）', 'a forecast in words') from got g where g.target = 'report';
select is(kpid.forecast_ja(g.forecast, '回'), '期限に25回　方法 plan（実績と今後の予定の合計）', 'a plan in words')
  from got g where g.target = 'planned';
select ok(kpid.forecast_ja(g.forecast, '件') like '%方法 kindred（%ほかの指標の%', 'what it rests on is said') from got g where g.target = 'new';
select is(kpid.forecast_ja(null, '件'), null, 'no forecast, no words');
select is(kpid.forecast_ja('{"value": 1234.5, "probability": 0.004, "error": 3, "method": "trend"}', null),
          '期限に1,234.5　達成の確率 1%以下　方法 trend（最近の増減が続くものとして推計）　過去に当てはめたときの平均誤差 3', 'and how far off it was');
select is(g.path || ' ' || g.expected, 'seasonal 11.0000', 'declared shares: a quarter of 44 is expected by September')
  from got g where g.target = 'declared';
select is(g.forecast ->> 'method', 'declared', 'and the forecast goes by them') from got g where g.target = 'declared';
select ok((g.forecast ->> 'value')::numeric between 40 and 48, 'on its way to 44') from got g where g.target = 'declared';
select is((g.forecast ->> 'probability')::numeric, 0.2898, 'the published 0.29, with four decimals') from got g where g.target = 'report';
select is(g.forecast -> 'probability', 'null'::jsonb, 'a plan has no probability') from got g where g.target = 'planned';
select ok((g.forecast ->> 'probability')::numeric between 0.38 and 0.42, 'P(50 more of 70.8)') from got g where g.target = 'past';
select ok((g.forecast ->> 'low')::numeric < (g.forecast ->> 'value')::numeric
          and (g.forecast ->> 'value')::numeric < (g.forecast ->> 'high')::numeric
          and g.forecast ->> 'error' = '0.0', 'interval and error are printed') from got g where g.target = 'past';
select is((select (forecast ->> 'value')::numeric > 110 from kpi.assess('2024-09-30', '2024-12-31') where target = 'past'),
          true, 'as known before the correction the forecast is another');
select ok((forecast ->> 'probability')::numeric < 0.2, 'a limit of 500 with 60 a month is likely passed')
  from kpi.assess('2024-08-31') where target = 'limit';

-- Alerts take it: 11 of 100 by September is no question of pace.
select is((select level from kpid.alert_now(2, '2024-09-30') where target = 'new'), 2, 'three bad months: escalated');
select is((select level from kpid.alert_now(2, '2024-05-31') where target = 'new'), 0,
          'before a quarter of a linear year nothing is bad by probability');

-- The replay: 'new' is missed, and had its alert in July, eight months before.
create temp table replayed as select * from kpid.backtest('2024-04-01', '2025-04-01', null);
select is(array_agg(day || ' ' || kind order by day), '{2024-07-31 opened,2024-08-31 escalated}', 'what would have been mailed about it')
  from replayed where target = 'new' and kind is not null;
select is(bool_and(outcome = 'missed' and lead = case kind when 'opened' then 8 else 7 end), true, 'and how early')
  from replayed where target = 'new' and kind is not null;
create temp table score as select kpid.backtest_score('2024-04-01', '2025-04-01', null) as s;
select is(array[s ->> 'from', s ->> 'to', s ->> 'missed', s ->> 'caught', s ->> 'recall'],
          '{2024-04-30,2025-03-31,3,2,0.6667}', 'two of three misses are caught; the plan fell one short at its very end') from score;
select is(s ->> 'alerted', s ->> 'right', 'and no alert was false') from score;
select is((s ->> 'precision')::numeric, 1.0, 'so that precision is 1') from score;
select is(jsonb_array_length(s -> 'mails') > 2, true, 'the mails are listed') from score;
select * from finish();
rollback;
