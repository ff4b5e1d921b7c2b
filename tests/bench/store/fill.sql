-- ----------------------------------------------------------------------
-- A store at scale: psql -v every=N -f fill.sql, for an empty database with
-- kpid's schema. Every N-th municipality, 60 monthly indicators, 120 months
-- from April 2015; loaded month by month with the keys in place, so that
-- tables and keys are as full as years of loading leave them.
--
-- 59 indicators come from the feed 'national', on the 25th; the sixtieth from
-- a feed of each town, on the 10th. A delivery states its month and the month
-- before, of which it revises 5 % and confirms the rest. Every 97th value is
-- missing. Values are functions of series and month; deliveries and events
-- have the same numbers.
-- ----------------------------------------------------------------------
\set QUIET on
\set ON_ERROR_STOP on
set client_min_messages = warning;
set timezone = 'Asia/Tokyo';
set synchronous_commit = off;
set jit = off;
set work_mem = '256MB';

-- What is measured: thirty flows, twenty stocks at the end of a month, five
-- ratios, five running totals.
insert into kpid.indicator (indicator, name_ja, unit, measure, decimals,
                            monotone)
select 'kpi_' || to_char(n, 'FM00'), '指標' || n,
       case when n between 51 and 55 then '%' else '人' end,
       case when n <= 30 then 'flow' when n <= 50 then 'stock'
            when n <= 55 then 'ratio' else 'flow_ytd' end,
       case when n between 51 and 55 then 1 else 0 end, false
  from generate_series(1, 60) n;

create temp table place as
select g.org, (row_number() over (order by g.org))::int as n
  from (select o.org, row_number() over (order by o.org) as n
          from kpid.organization o
         where o.org > 0 and o.name <> o.prefecture) g
 where g.n % :every = 0;
select count(*) as places from place \gset

insert into kpid.feed (feed, title, owner, source, licence, schedule,
                       time_zone)
values ('national', '全国統計', 'stat@example.jp', 'example', 'CC BY 4.0',
        '0 9 25 * *', 'Asia/Tokyo');
insert into kpid.feed (feed, title, owner, source, licence, schedule,
                       time_zone)
select 'town-' || p.org, 'town', 'town@example.jp', 'example', 'CC BY 4.0',
       '0 9 10 * *', 'Asia/Tokyo'
  from place p order by p.n;
insert into kpid.feed_state (feed_id, checked_at, changed_at, next_at)
select f.feed_id, '2025-04-25', '2025-04-25', '2025-05-25' from kpid.feed f;

insert into kpid.series (org, indicator, frequency, span)
select p.org, i.indicator, 'M',
       case when i.measure = 'stock' then 'D' else 'M' end
  from place p cross join kpid.indicator i
 order by p.n, i.indicator;
insert into kpid.feed_series (org, series, feed_id)
select s.org, s.series, f.feed_id
  from kpid.series s
  join kpid.feed f on f.feed = case s.indicator when 'kpi_30'
                                    then 'town-' || s.org else 'national' end
 order by s.org, s.series;

-- Deliveries of month m (0..119): towns first, then the nation.
insert into kpid.delivery (delivery, feed_id, sha256, contract, url, bytes,
                           fetched_at, published_at, vintage_at, rank_no,
                           outcome, loaded)
overriding system value
select d.id, f.feed_id, sha256(d.id::text::bytea), sha256('contract'),
       'https://example.jp/' || f.feed, 100000, d.at, d.at, d.at, d.id,
       'loaded', d.id
  from (select m * (:places + 1) + p.n as id, 'town-' || p.org as feed,
               timestamptz '2015-05-10' + make_interval(months => m,
                                                        secs => p.n) as at
          from generate_series(0, 119) m cross join place p
         union all
        select (m + 1) * (:places + 1), 'national',
               timestamptz '2015-05-25' + make_interval(months => m)
          from generate_series(0, 119) m) d
  join kpid.feed f using (feed)
 order by d.id;
insert into kpid.event (event, at, kind, delivery)
select d.delivery, d.fetched_at + interval '10 minutes', 'load', d.delivery
  from kpid.delivery d order by d.delivery;
select setval(pg_get_serial_sequence('kpid.delivery', 'delivery'),
              max(delivery)) as numbered from kpid.delivery \gset

\ir months.sql
vacuum analyze;
