-- What is expected of a feed with a release, what counts as its coming, and
-- the holidays that a feed lists.
begin;
set local search_path = public, pg_catalog;
set local timezone = 'Asia/Tokyo';
select no_plan();

create function pg_temp.clock(i_at text) returns void language sql as $$
    select set_config('kpid.clock', i_at, true);
$$;

create function pg_temp.configure(i_more jsonb) returns void language sql as $$
    select kpid.config_sync(jsonb_build_object('feeds', jsonb_build_array(
        jsonb_build_object('feed', 'visitors', 'title', '来庁者', 'owner', 'a@example.jp',
                           'schedule', '0 9 10> * *') || i_more,
        jsonb_build_object('feed', 'plain', 'title', '他', 'owner', 'b@example.jp',
                           'schedule', '0 9 10 * *'))));
$$;

-- a delivery of a feed states values of days or months; no more is needed here
create function pg_temp.states(i_feed text, i_span text, i_name text, variadic i_periods date[])
returns void language plpgsql as $$
declare
    l_event int := kpid.open_event('load', null, null, null);
    l_series int;
begin
    insert into kpid.series (org, indicator, frequency, span, dims)
    select 0, i_feed, i_span, i_span, jsonb_strip_nulls(jsonb_build_object('name', i_name))
        on conflict do nothing;
    select series into l_series from kpid.series
     where indicator = i_feed and span = i_span
       and dims = jsonb_strip_nulls(jsonb_build_object('name', i_name));
    insert into kpid.feed_series (org, series, feed_id)
    select 0, l_series, kpid.feed_id(i_feed) on conflict do nothing;
    insert into kpid.observation
    select 0, l_series, p, l_event, 1, 1, 1, 'A', 1 from unnest(i_periods) p;
end;
$$;

-- looks around; the hour that the program would have reckoned is given
create function pg_temp.looks(i_asked text) returns void language sql as $$
    select kpid.watch();
    select kpid.expected_asked(feed, frequency, period, i_asked::timestamptz)
      from kpid.expected_open() where feed = 'visitors';
    select kpid.watch();
$$;

create function pg_temp.stands() returns text language sql as $$
    select concat_ws(' ', newest_period, expected_period, expected_at::date, late_at,
                     case when late_since is not null then 'late' end)
      from kpi.calendar where feed = 'visitors';
$$;

insert into kpid.indicator (indicator, name_ja, unit, measure, decimals, monotone)
values ('visitors', 'x', '人', 'flow', 0, false), ('plain', 'x', '人', 'flow', 0, false),
       ('holidays', 'x', '日', 'flow', 0, false);
select pg_temp.clock('2026-09-15 10:00+09');
select pg_temp.configure('{"release": {"after_days": 0, "give_up_days": 20}}');
select pg_temp.states('visitors', 'M', null, '2026-07-01', '2026-08-01');
select pg_temp.looks('2026-10-13 09:00+09');

select is(pg_temp.stands(), '2026-08 2026-09 2026-10-13 2026-11-02',
          'the period after the newest, late when it is given up');
select is((select ends from kpid.expected where feed_id = kpid.feed_id('visitors')),
          '2026-10-01 00:00+09', 'it can be there when it is over');
select results_eq('select * from kpid.awaited()',
    $$values ('visitors', '2026-10-13 09:00+09'::timestamptz)$$,
    'polled is what has a release; the other feed is not');
select results_eq('select feed, period_ja, newest_ja from kpid.releases() where period is not null',
    $$values ('visitors', '令和8年9月', '令和8年8月')$$, 'in words');

select pg_temp.configure('{"release": {"after_days": 35, "give_up_days": 20}, "grace_days": 3}');
select kpid.watch();
select is((select count(*)::int from kpid.expected_open() where feed = 'visitors'), 1,
          'what comes later is reckoned anew');
select is((select ends from kpid.expected where feed_id = kpid.feed_id('visitors')),
          '2026-11-05 00:00+09', 'from so many days after its end');
select pg_temp.looks('2026-11-10 09:00+09');
select is(pg_temp.stands(), '2026-08 2026-09 2026-11-10 2026-11-13',
          'grace_days alone says when it is late');
select pg_temp.configure('{"release": {"after_days": 0, "give_up_days": 20}}');
select pg_temp.looks('2026-10-13 09:00+09');

-- an old file, published again: a new delivery, a new event, an old period
select pg_temp.clock('2026-10-20 09:00+09');
select kpid.open_event('load', null, null, null);
select kpid.feed_checked('visitors', 'other', null, true, null);
select pg_temp.states('visitors', 'M', null, '2026-06-01');
select kpid.watch();
select is(pg_temp.stands(), '2026-08 2026-09 2026-10-13 2026-11-02', 'an old period is not fresh');
select isnt_empty('select from kpid.awaited()', '.. and ends no polling');

select pg_temp.clock('2026-11-02 08:00+09');
select is((select mails from kpid.watch()), 1::bigint, 'given up: its owner is told');
select pg_temp.states('visitors', 'M', null, '2026-05-01');
select is((select mails from kpid.watch()), 0::bigint, 'once, also when an old file comes after it');
select is(pg_temp.stands(), '2026-08 2026-09 2026-10-13 2026-11-02 late', '.. which clears no lateness');
select isnt_empty('select from kpid.awaited()', 'the next release looks for it again');
select is((select newest_period from kpi.catalog where feed = 'visitors'), '2026-08',
          'the catalogue says how far its values reach');

select pg_temp.clock('2026-11-12 09:00+09');
select pg_temp.states('visitors', 'M', null, '2026-09-01');
select pg_temp.looks('2026-11-10 09:00+09');
select is(pg_temp.stands(), '2026-09 2026-10 2026-11-10 2026-11-30', 'what came is what counts');

-- the year after a fiscal year, with the months in which its books stay open
select pg_temp.configure('{"release": {"after_days": 61, "give_up_days": 30}}');
select pg_temp.states('visitors', 'FY', null, '2025-04-01');
select kpid.watch();
select is((select ends from kpid.expected where feed_id = kpid.feed_id('visitors') and frequency = 'FY'),
          '2027-06-01 00:00+09', 'a fiscal year ends in March, and is closed in May');

-- holidays
select is((select count(*)::int from kpid.holidays_told()), 0, 'the rules are the program''s own');
select kpid.config_sync('{"feeds": [{"feed": "holidays", "owner": "a@example.jp", "holidays": true,
                                     "absent": "withdraw"}]}');
select pg_temp.states('holidays', 'D', '元日', '2026-01-01', '2027-01-01');
select pg_temp.states('holidays', 'D', '即位の日', '2026-06-15');
select kpid.watch();
select results_eq($$select day, name from kpid.holiday where day >= '2026-01-01' and day < '2028-01-01'
                     order by day$$,
    $$values ('2026-01-01'::date, '元日'), ('2026-06-15', '即位の日'), ('2027-01-01', '元日')$$,
    'in the years that a feed lists, its days are the holidays');
select is((select count(*)::int from kpid.holiday where day between '2028-01-01' and '2028-12-31'), 16,
          'other years stay');
select results_eq('select min(day), max(day) from kpid.holidays_told()',
    $$select date '2025-01-01' - '2000-01-01', date '2027-01-01' - '2000-01-01'$$,
    'schedules hear of whole years');
select kpid.watch();
select is(kpid.holidays_take(), 0::bigint, 'taken once');

select pg_temp.configure('{}');
-- values of a day, each month or half-year: month ends stay month ends
create function pg_temp.after(i_frequency text, i_period date) returns date language plpgsql as $$
declare
    l_next date;
begin
    insert into kpid.series (org, indicator, frequency, span, dims) values (0, 'stock', i_frequency, 'D', '{}');
    insert into kpid.feed_series (org, series, feed_id)
    select s.org, s.series, kpid.feed_id('plain') from kpid.series s where s.indicator = 'stock';
    insert into kpid.observation
    select 0, s.series, i_period, kpid.open_event('load', null, null, null), 1, 1, 1, 'A', 1
      from kpid.series s where s.indicator = 'stock';
    select n.next into l_next from kpid.feed_newest() n
     where n.feed_id = kpid.feed_id('plain') and n.frequency = i_frequency;
    delete from kpid.observation o using kpid.series s where s.series = o.series and s.indicator = 'stock';
    delete from kpid.feed_series k using kpid.series s where s.series = k.series and s.indicator = 'stock';
    delete from kpid.series s where s.indicator = 'stock';
    return l_next;
end;
$$;
select is(pg_temp.after(f, d), want, format('%s after %s', f, d))
  from (values ('S', date '2024-09-30', date '2025-03-31'), ('M', '2022-11-30', '2022-12-31'),
               ('M', '2024-01-31', '2024-02-29'), ('M', '2024-02-29', '2024-03-31'),
               ('M', '2024-04-15', '2024-05-15'), ('W', '2024-09-30', '2024-10-07')) t (f, d, want);

select finish();
rollback;
