create or replace function kpid.feed_newest(i_feed_id int)
returns table (frequency text, span text, newest date, next date)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.feed_newest(1)
--
--      How far a feed's values reach, of each rhythm; one town that reports
--      late makes no feed late. A value that says it is missing is there. After
--      the last day of a month comes the last day of another, as in
--      kpi.series_filled.
--
-- Parameters:
--      i_feed_id  - a feed
--
-- Returns:
--      newest: first day of the newest period; next: of the one after it
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select s.frequency, min(s.span), max(o.period),
       max(case when s.span = 'D' and extract(day from o.period + 1) = 1
                then (o.period + 1 + c.step)::date - 1        -- month end follows month end
                when s.span = 'D' then (o.period + c.step)::date
                else kpid.period_last(s.span, o.period) + 1 end)
  from kpid.feed_series k
  join kpid.series s on s.org = k.org and s.series = k.series
  join kpid.pace_of c on c.frequency = s.frequency
 cross join lateral (
       select x.period
         from kpid.observation x
        where x.org = k.org and x.series = k.series and x.status <> 'X'
        order by x.org desc, x.series desc, x.period desc
        limit 1) o
 where k.feed_id = i_feed_id
 group by s.frequency;
$$;
comment on function kpid.feed_newest(int) is 'how far a feed''s values reach, of each rhythm';
