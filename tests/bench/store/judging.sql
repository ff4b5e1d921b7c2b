-- Sixty targets a town, judged; asked as the owner, for the base reads the
-- store itself. Form as in questions.sql.

-- targets: a look-up each on the key | |
select count(o.value)
  from kpid.target g
  join kpid.series s on s.org = g.org and s.indicator = g.indicator
 cross join lateral (
       select o.value
         from kpid.observation o
        where o.org = s.org and o.series = s.series
          and o.period <= date '2024-12-31'
        order by o.period desc limit 1) o;
-- targets: of one town, a look-up each | |
select count(o.value)
  from kpid.target g
  join kpid.series s on s.org = g.org and s.indicator = g.indicator
 cross join lateral (
       select o.value
         from kpid.observation o
        where o.org = s.org and o.series = s.series
          and o.period <= date '2024-12-31'
        order by o.period desc limit 1) o
 where g.org = :'org'::int;
-- assess: all targets, status to date | targets: a look-up each on the key | 1.5
select count(*) from kpi.assess('2024-12-31', with_forecast => false);
-- assess: all targets, with forecasts | targets: a look-up each on the key | 10
select count(*) from kpi.assess('2024-12-31');
-- assess: one town, status to date | targets: of one town, a look-up each | +20
select * from kpi.assess('2024-12-31', only_org => :'org', with_forecast => false);
-- assess: one town, with forecasts | targets: of one town, a look-up each |
select * from kpi.assess('2024-12-31', only_org => :'org');
