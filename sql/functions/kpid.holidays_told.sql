create or replace function kpid.holidays_told()
returns table (day int, name text)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.holidays_told()
--
--      The holidays that a feed lists, as the program's schedules want them:
--      whole years, from the last one on. Nothing when no feed lists any.
--
-- Returns:
--      day: days since 2000-01-01
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
with until as (
    select max(date_part('year', o.period)) as year
      from kpid.feed f
      join kpid.feed_series k using (feed_id)
      join kpid.series s on s.org = k.org and s.series = k.series
      join kpid.observation o on o.org = k.org and o.series = k.series
     where f.active and f.holidays and s.span = 'D' and o.status <> 'X' and o.value > 0
)
select h.day - date '2000-01-01', h.name
  from kpid.holiday h
 cross join until u
 where date_part('year', h.day) between date_part('year', kpid.today()) - 1 and u.year
 order by h.day;
$$;
comment on function kpid.holidays_told() is 'the holidays that a feed lists, for schedules';
