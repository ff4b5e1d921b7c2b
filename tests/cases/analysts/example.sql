-- ----------------------------------------------------------------------
-- Four towns, invented figures: the database that docs/analysts.md asks.
-- For an empty database with kpid's schema:
--     psql -d example -f tests/cases/analysts/example.sql
-- Each delivery comes at the instant it names, through the loading functions.
-- ----------------------------------------------------------------------
\set QUIET on
\set ON_ERROR_STOP on
set client_min_messages = warning;
set timezone = 'Asia/Tokyo';
set kpid.time_zone = 'Asia/Tokyo';

select kpid.config_sync($json$ {
  "feeds": [
    {"feed": "cards", "title": "カード保有枚数率", "owner": "cards@pref.example.jp",
     "source": "example", "licence": "CC BY 4.0", "schedule": "0 9 10 * *"},
    {"feed": "vital", "title": "人口動態", "owner": "stat@pref.example.jp",
     "source": "example", "licence": "CC BY 4.0", "schedule": "0 9 25 * *"},
    {"feed": "residents", "title": "住民基本台帳人口", "owner": "stat@pref.example.jp",
     "source": "example", "licence": "CC BY 4.0", "schedule": "0 9 1 * *"},
    {"feed": "library", "title": "図書館", "owner": "lib@city.example.jp",
     "source": "example", "schedule": "0 6 5 * *"}],
  "indicators": [
    {"indicator": "card_rate", "name_ja": "マイナンバーカード保有枚数率", "unit": "%",
     "measure": "ratio", "decimals": 1},
    {"indicator": "births", "name_ja": "出生数", "unit": "人", "measure": "flow"},
    {"indicator": "population", "name_ja": "人口", "unit": "人", "measure": "stock"},
    {"indicator": "birth_rate", "name_ja": "人口千人当たり出生数", "unit": "人",
     "measure": "ratio", "decimals": 3},
    {"indicator": "library_loans", "name_ja": "図書貸出冊数", "unit": "冊",
     "measure": "flow"}] } $json$) as configured \gset

-- A delivery: lines of 'org indicator span first-day status value [reason]',
-- value - for none. published null: the source says nothing.
create function pg_temp.deliver(feed text, fetched timestamptz, published timestamptz, body text)
returns void language plpgsql as $$
declare
    l_delivery int;
begin
    perform set_config('kpid.clock', fetched::text, false);
    l_delivery := kpid.receive(feed, sha256(convert_to(body, 'UTF8')), sha256('contract'),
        'https://example.jp/' || feed || '.csv', octet_length(body), fetched, published, false);
    perform kpid.stage_begin();
    create temp table cell on commit drop as
    select n::int + 1 as line, dense_rank() over (order by w[1], w[2], w[3])::int - 1 as series, w
      from regexp_split_to_table(btrim(body, E' \n'), '\n') with ordinality x (text, n)
     cross join lateral regexp_split_to_array(btrim(text), ' +') w;
    insert into pg_temp.staged_series
    select distinct l_delivery, c.series, c.w[1]::int, c.w[2], 'M', c.w[3], jsonb '{}' from cell c;
    insert into pg_temp.staged (delivery, series, period, line, col, status, value, raw, reason)
    select l_delivery, c.series, c.w[4]::date, c.line, 3,
           case when c.w[7] is null then c.w[5]::"char" end,
           case when c.w[7] is null then nullif(c.w[6], '-')::numeric end,
           case when c.w[7] is not null then c.w[6] end, replace(c.w[7], '_', ' ')
      from cell c;
    perform kpid.merge(array[l_delivery], false);
    perform kpid.feed_checked(feed, null, null, true, null);
    drop table cell, pg_temp.staged, pg_temp.staged_series, pg_temp.resolved, pg_temp.counts;
end $$;

select pg_temp.deliver('vital', '2024-04-25 09:00', '2024-04-25 08:00', $$
202037 births M 2023-04-01 A 80
202037 births M 2023-05-01 A 76
202037 births M 2023-06-01 A 79
202037 births M 2023-07-01 A 83
202037 births M 2023-08-01 A 85
202037 births M 2023-09-01 A 81
202037 births M 2023-10-01 A 78
202037 births M 2023-11-01 A 74
202037 births M 2023-12-01 A 77
202037 births M 2024-01-01 A 72
202037 births M 2024-02-01 A 70
202037 births M 2024-03-01 A 75
202177 births M 2023-04-01 A 61
202177 births M 2023-05-01 A 58
202177 births M 2023-06-01 A 60
202177 births M 2023-07-01 A 63
202177 births M 2023-08-01 A 66
202177 births M 2023-09-01 A 62
202177 births M 2023-10-01 A 59
202177 births M 2023-12-01 A 57
202177 births M 2024-01-01 Q -
202177 births M 2024-02-01 A 54
202177 births M 2024-03-01 A 56 $$) \g /dev/null
select pg_temp.deliver('cards', '2024-05-10 09:00', '2024-05-10 08:00', $$
202037 card_rate D 2024-04-30 A 68.4
202088 card_rate D 2024-04-30 A 67.9
202177 card_rate D 2024-04-30 A 69.2
202193 card_rate D 2024-04-30 A 66.0 $$) \g /dev/null
select pg_temp.deliver('vital', '2024-05-25 09:00', '2024-05-25 08:00', $$
202037 births M 2024-04-01 P 74
202177 births M 2024-04-01 P 58 $$) \g /dev/null
select pg_temp.deliver('cards', '2024-06-10 09:00', '2024-06-10 08:00', $$
202037 card_rate D 2024-05-31 A 69.0
202088 card_rate D 2024-05-31 A 68.8
202177 card_rate D 2024-05-31 A 69.8
202193 card_rate D 2024-05-31 A 66.7 $$) \g /dev/null
select pg_temp.deliver('vital', '2024-06-25 09:00', '2024-06-25 08:00', $$
202037 births M 2024-05-01 P 72
202177 births M 2024-05-01 P 57 $$) \g /dev/null
select pg_temp.deliver('cards', '2024-07-10 09:00', '2024-07-10 08:00', $$
202037 card_rate D 2024-06-30 A 69.6
202088 card_rate D 2024-06-30 A 69.9
202177 card_rate D 2024-06-30 A 70.3
202193 card_rate D 2024-06-30 A 67.5 $$) \g /dev/null
select pg_temp.deliver('vital', '2024-07-25 09:00', '2024-07-25 08:00', $$
202037 births M 2024-06-01 P 77
202177 births M 2024-06-01 P 59 $$) \g /dev/null
select pg_temp.deliver('cards', '2024-08-10 09:00', '2024-08-10 08:00', $$
202037 card_rate D 2024-07-31 A 70.1
202088 card_rate D 2024-07-31 A 70.0
202177 card_rate D 2024-07-31 A 70.8
202193 card_rate D 2024-07-31 A 68.1 $$) \g /dev/null
select pg_temp.deliver('library', '2024-08-20 06:00', null, $$
202037 library_loans M 2024-05-01 A 29800
202037 library_loans M 2024-06-01 A 30400
202037 library_loans M 2024-07-01 A 3100
202088 library_loans M 2024-07-01 A 約九千 not_a_number $$) \g /dev/null
set kpid.clock = '2024-08-22 10:00';
select kpid.retract(max(delivery), '図書館 係長', '分館だけの集計だった') as retracted
  from kpid.delivery \gset
select pg_temp.deliver('library', '2024-08-23 06:00', null, $$
202037 library_loans M 2024-05-01 A 29800
202037 library_loans M 2024-06-01 A 30400
202037 library_loans M 2024-07-01 A 31000
202088 library_loans M 2024-07-01 A 9020 $$) \g /dev/null
select pg_temp.deliver('vital', '2024-08-25 09:00', '2024-08-25 08:00', $$
202037 births M 2024-07-01 P 80
202177 births M 2024-07-01 P 62 $$) \g /dev/null
select pg_temp.deliver('residents', '2024-09-01 09:00', '2024-09-01 00:00', $$
202037 population D 2024-08-31 A 152140
202088 population D 2024-08-31 A 41250
202177 population D 2024-08-31 A 97480
202193 population D 2024-08-31 A 29310 $$) \g /dev/null
select pg_temp.deliver('cards', '2024-09-10 09:00', '2024-09-10 08:00', $$
202037 card_rate D 2024-08-31 A 70.7
202088 card_rate D 2024-08-31 A 70.4
202177 card_rate D 2024-08-31 A 71.2
202193 card_rate D 2024-08-31 A 68.8 $$) \g /dev/null
-- a new month and the final figures of spring
select pg_temp.deliver('vital', '2024-09-25 09:00', '2024-09-25 08:00', $$
202037 births M 2024-08-01 P 79
202177 births M 2024-08-01 P 61
202037 births M 2024-04-01 A 78
202177 births M 2024-04-01 A 58
202037 births M 2024-05-01 A 73
202177 births M 2024-05-01 A 57
202037 births M 2024-06-01 A 77
202177 births M 2024-06-01 A 60 $$) \g /dev/null
-- a new month and a correction of June
select pg_temp.deliver('cards', '2024-10-10 09:00', '2024-10-10 08:00', $$
202037 card_rate D 2024-09-30 A 71.3
202088 card_rate D 2024-09-30 A 70.9
202177 card_rate D 2024-09-30 A 71.6
202193 card_rate D 2024-09-30 A 69.4
202088 card_rate D 2024-06-30 A 70.2 $$) \g /dev/null
-- an old file, found late
select pg_temp.deliver('residents', '2024-10-12 15:00', '2024-05-01 00:00', $$
202037 population D 2024-04-30 A 152590
202088 population D 2024-04-30 A 41390
202177 population D 2024-04-30 A 97660
202193 population D 2024-04-30 A 29420 $$) \g /dev/null
set kpid.clock = '2024-10-05 06:00';
select kpid.feed_checked('library', null, null, false, 'the server answered 503') \g /dev/null
select kpid.feed_next('library', '2024-10-05 07:00') \g /dev/null
select kpid.feed_next('cards', '2024-11-10 09:00'), kpid.feed_next('vital', '2024-10-25 09:00'),
       kpid.feed_next('residents', '2024-11-01 09:00') \g /dev/null
set kpid.clock = '2024-10-15 09:00';

-- One indicator that nobody delivers: it follows from two that are. The feeds
-- stay as they are configured above.
select set_config('kpid.clock', '2024-10-14 09:00+09', false) as now \gset
select kpid.derive_declare($json$ [
    {"indicator": "births", "unit": "人"}, {"indicator": "population", "unit": "人"},
    {"indicator": "birth_rate", "unit": "人", "decimals": 3, "derived":
      {"kind": "per_population", "inputs": ["births", "population"], "per": 1000}}] $json$)
    as declared \gset
