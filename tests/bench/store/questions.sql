-- Questions to a store at scale, asked as an analyst. A line '-- name | base
-- | goal' stands before each: the time goes into a ratio to the question
-- 'base'; a goal is a ratio (1.7), or milliseconds beyond the base (+10).

-- latest: all | |
select count(*), sum(value) from kpi.observation;
-- as_of: all, today | latest: all | 1.7
select count(*), sum(value) from kpi.as_of(null);
-- as_of: all, two years ago | latest: all | 1.7
select count(*), sum(value) from kpi.as_of('2023-03-31 09:00+09');

-- latest: one town | |
select * from kpi.observation where org = :'org';
-- as_of: one town | latest: one town | +10
select * from kpi.as_of('2023-03-31 09:00+09') where org = :'org';
-- as_published: one town | latest: one town | +12
select * from kpi.as_published('2023-03-31 09:00+09') where org = :'org';
-- first_release: one town | latest: one town |
select * from kpi.first_release where org = :'org';
-- revision: one town | latest: one town |
select * from kpi.revision where org = :'org';
-- publication: one town | latest: one town |
select * from kpi.publication where org = :'org';
-- observation_vintage: one town | latest: one town |
select * from kpi.observation_vintage where org = :'org';
-- growth: one town | latest: one town |
select * from kpi.growth where org = :'org';
-- series_filled: one town | latest: one town |
select * from kpi.series_filled where org = :'org';
-- fiscal_year: one town | latest: one town |
select * from kpi.fiscal_year where org = :'org';
-- series: one town | latest: one town |
select * from kpi.series where org = :'org';

-- latest: one series | |
select * from kpi.observation where org = :'org' and indicator = 'kpi_07';
-- as_of: one series | latest: one series | +5
select * from kpi.as_of('2023-03-31 09:00+09')
 where org = :'org' and indicator = 'kpi_07';
-- as_published: one series | latest: one series | +5
select * from kpi.as_published('2023-03-31 09:00+09')
 where org = :'org' and indicator = 'kpi_07';
-- first_release: one series | latest: one series |
select * from kpi.first_release where org = :'org' and indicator = 'kpi_07';
-- revision: one series | latest: one series |
select * from kpi.revision where org = :'org' and indicator = 'kpi_07';
-- growth: one series | latest: one series |
select * from kpi.growth where org = :'org' and indicator = 'kpi_07';
-- series_filled: one series | latest: one series |
select * from kpi.series_filled where org = :'org' and indicator = 'kpi_07';
-- fiscal_year: one series | latest: one series |
select * from kpi.fiscal_year where org = :'org' and indicator = 'kpi_07';
-- one value by its period | |
select value, unit, delivery, line from kpi.observation
 where org = :'org' and indicator = 'kpi_07' and period = '2024-09';
-- .. as of two years ago | one value by its period |
select value, unit, delivery, line from kpi.as_of('2023-03-31 09:00+09')
 where org = :'org' and indicator = 'kpi_07' and period = '2022-09';

-- latest: one indicator | |
select * from kpi.observation where indicator = 'kpi_07';
-- as_of: one indicator | latest: one indicator | 1.7
select * from kpi.as_of('2023-03-31 09:00+09') where indicator = 'kpi_07';
-- as_published: one indicator | latest: one indicator |
select * from kpi.as_published('2023-03-31 09:00+09')
 where indicator = 'kpi_07';
-- growth: one indicator | latest: one indicator |
select * from kpi.growth where indicator = 'kpi_07';
-- fiscal_year: one indicator | latest: one indicator |
select * from kpi.fiscal_year where indicator = 'kpi_07';
-- revision_summary: one indicator | latest: one indicator |
select * from kpi.revision_summary where indicator = 'kpi_07';

-- a month of all towns, by its first day | |
select org, value from kpi.observation
 where indicator = 'kpi_07' and period_start = '2024-09-01';
-- a month of all towns, by its name | a month of all towns, by its first day |
select org, value from kpi.observation
 where indicator = 'kpi_07' and period = '2024-09';
-- a ranking within a prefecture | a month of all towns, by its name |
select place, of, value, unit, period_ja
  from (select o.*, rank() over (order by value desc) as place,
               count(*) over () as of
          from kpi.observation o
          join kpi.organization g using (org)
         where o.indicator = 'kpi_37' and o.period = '2024-09-30'
           and g.prefecture = '長野県') r
 where org = :'org';
-- who passed a value first | latest: one indicator |
select g.name, f.period_ja, f.value
  from (select distinct on (o.org) o.*
          from kpi.observation o
         where o.indicator = 'kpi_37' and o.value >= 60000
         order by o.org, o.period_start) f
  join kpi.organization g using (org)
 order by f.period_start, f.value desc;
-- a ranking that moved | a month of all towns, by its name |
select g.name, r.value, r.place,
       lag(r.place) over (partition by r.org order by r.period_start)
           - r.place as gained
  from (select o.*, rank() over (partition by o.period order by o.value desc)
                   as place
          from kpi.observation o
         where o.indicator = 'kpi_37'
           and o.period in ('2024-06-30', '2024-09-30')) r
  join kpi.organization g using (org)
 order by r.period_start desc, r.place;
-- a ratio of two indicators | a month of all towns, by its name |
select g.name, round(1000 * b.value / p.value, 3) as per_1000
  from kpi.observation b
  join kpi.observation p on p.org = b.org and p.indicator = 'kpi_31'
                        and p.period_end = b.period_end
  join kpi.organization g on g.org = b.org
 where b.indicator = 'kpi_07' and b.period = '2024-08'
 order by per_1000 desc;
-- to date against last year | a month of all towns, by its name |
select t.org, t.fiscal_year_to_date - l.fiscal_year_to_date as difference
  from kpi.growth t
  join kpi.growth l using (org, indicator, dims)
 where t.indicator = 'kpi_07' and t.period = '2024-08'
   and l.period = '2023-08';
-- to date against last year, one town | one value by its period |
select t.org, t.fiscal_year_to_date - l.fiscal_year_to_date as difference
  from kpi.growth t
  join kpi.growth l using (org, indicator, dims)
 where t.org = :'org' and t.indicator = 'kpi_07' and t.period = '2024-08'
   and l.period = '2023-08';
-- believed then and now, one town | latest: one town |
select b.period_ja, b.value as believed, o.value as now
  from kpi.as_of('2023-03-31 09:00+09') b
  join kpi.observation o using (org, indicator, dims, period)
 where b.org = :'org' and b.indicator = 'kpi_07';
-- first release against latest, one town | latest: one town |
select f.period_ja, f.value as first, o.value - f.value as revision
  from kpi.first_release f
  join kpi.observation o using (org, indicator, dims, period)
 where f.org = :'org' and f.indicator = 'kpi_07'
   and f.period_start >= '2024-04-01';
-- two indicators side by side | latest: one series |
select period_end,
       max(value) filter (where indicator = 'kpi_07') as a,
       max(value) filter (where indicator = 'kpi_37') as b
  from kpi.observation
 where org = :'org' and indicator in ('kpi_07', 'kpi_37')
   and period_end between '2024-06-01' and '2024-09-30'
 group by period_end;
-- the newest figure of each series of a town | latest: one town |
select s.name_ja, s.latest_value, s.latest_period_ja, d.feed, c.source
  from kpi.series s
  join kpi.delivery d using (delivery)
  join kpi.catalog c on c.indicator = s.indicator and c.feed = d.feed
 where s.organization = :'name';
-- where a number comes from | one value by its period |
select o.value, d.url, o.line, o.col, o.known_at, o.event
  from kpi.observation o
  join kpi.delivery d using (delivery)
 where o.org = :'org' and o.indicator = 'kpi_07' and o.period = '2024-06';
-- gaps of an indicator | latest: one indicator |
select f.org, f.period_ja, f.gap, f.missing
  from kpi.series_filled f
 where f.indicator = 'kpi_07' and f.value is null;
-- large revisions of a town | latest: one town |
select * from kpi.revision r
 where r.org = :'org' and abs(r.change_percent) > 0.5;
-- what a delivery of a town changed | one value by its period |
select * from kpi.observation_vintage v
 where v.delivery = :delivery;
-- days until an indicator appears | latest: one indicator |
select min(published_at::date - period_end),
       max(published_at::date - period_end)
  from kpi.first_release
 where indicator = 'kpi_07' and period_start >= '2024-04-01';
-- catalog: all | |
select * from kpi.catalog;
-- catalog: one indicator | |
select * from kpi.catalog where indicator = 'kpi_07';
-- calendar: all | |
select * from kpi.calendar;
-- delivery: of one feed | |
select * from kpi.delivery where feed = 'national';
-- series: one indicator | |
select * from kpi.series where indicator = 'kpi_07';
-- as_published: all | latest: all |
select count(*), sum(value) from kpi.as_published('2023-03-31 09:00+09');
-- first_release: all | latest: all |
select count(*), sum(value) from kpi.first_release;
