-- ----------------------------------------------------------------------
-- What the planner should believe of series.
--
-- A series is found by (org, series), and the planner multiplies how many
-- there are of each: it takes a series' number for one of all the country's
-- within each organization, and expects a row where a thousand come. Then it
-- looks up millions one by one. So it is told how many series an organization
-- has, roughly: the product is what counts.
-- ----------------------------------------------------------------------
alter table kpid.series alter column series set (n_distinct = 100);
alter table kpid.observation alter column series set (n_distinct = 100);
alter table kpid.superseded alter column series set (n_distinct = 100);
analyze kpid.series;
analyze kpid.observation;
analyze kpid.superseded;
