create or replace function kpid.overdue(
    i_point kpid.point, i_t date, i_as_of date)
returns boolean
language sql stable
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.overdue(point, '2024-06-30', '2024-09-30')
--
--      Whether the period after t should long be there. Where the calendar of
--      a feed of the series has that period, its grace time decides, so that a
--      target is stale from the day on which the feed's owner is told; else
--      what is usual for series of the rhythm. No search_path setting: the
--      planner inlines it.
--
-- Parameters:
--      i_point  - of the judgement
--      i_t      - where it was judged
--      i_as_of  - the day that is asked about
--
-- Returns:
--      true: late
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select coalesce(
    (select pg_catalog.bool_and(i_as_of >= (e.asked_at at time zone f.time_zone)::date
                                           + coalesce(f.grace_days, f.give_up_days, c.late_days))
       from kpid.feed_series k
       join kpid.feed f on f.feed_id = k.feed_id and f.active
       join kpid.expected e on e.feed_id = k.feed_id and e.frequency = i_point.frequency
                           and e.period > i_t and e.period <= i_t + c.step
                           and e.asked_at is not null
      where k.org = i_point.org and k.series = i_point.series),
    i_as_of > i_t + c.step + c.grace)
  from kpid.pace_of c
 where c.frequency = i_point.frequency;
$$;
comment on function kpid.overdue(kpid.point, date, date) is
    'whether the period after the one judged should long be there';
