drop function if exists kpid.feed_newest(int);
create or replace function kpid.feed_newest()
returns table (feed_id int, frequency text, span text, newest date, next date)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.feed_newest()
--
--      How far the values of each feed that is awaited (active, with a
--      schedule) reach, of each rhythm; one town that reports late makes no
--      feed late. A value that says it is missing is there. After the last day
--      of a month comes the last day of another, as in kpi.series_filled. All
--      feeds at once: asked one by one, thousands cost twenty times as much.
--
-- Returns:
--      newest: first day of the newest period; next: of the one after it
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select k.feed_id, s.frequency, min(s.span), max(o.period),
       max(case when s.span = 'D' and extract(day from o.period + 1) = 1
                then (o.period + 1 + c.step)::date - 1        -- month end follows month end
                when s.span = 'D' then (o.period + c.step)::date
                else kpid.period_last(s.span, o.period) + 1 end)
  from kpid.feed f
  join kpid.feed_series k on k.feed_id = f.feed_id
  join kpid.series s on s.org = k.org and s.series = k.series
  join kpid.pace_of c on c.frequency = s.frequency
 cross join lateral (
       select x.period
         from kpid.observation x
        where x.org = k.org and x.series = k.series and x.status <> 'X'
        order by x.org desc, x.series desc, x.period desc
        limit 1) o
 where f.active and f.schedule is not null
 group by k.feed_id, s.frequency;
$$;
comment on function kpid.feed_newest() is 'how far feeds'' values reach, of each rhythm';
