create or replace function kpid.target_point(
    i_event int, i_as_of date, i_every boolean, g kpid.target)
returns setof kpid.point
language sql stable
rows 1
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.target_point(12, '2024-09-30', false, target)
--
--      Where a target is judged, whatever its kind. No search_path setting:
--      the planner inlines it.
--
-- Parameters:
--      i_event  - as known at this event
--      i_as_of  - periods that end later are not complete
--      i_every  - every period of the year, else the last one
--      g        - the target
--
-- Returns:
--      kpid.point rows; none for what goes by dates, one without t when the
--      year has no value
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select v.*
  from kpid.point_value(i_event, i_as_of, i_every, g) v
 where g.comparator not in ('milestone', 'withdrawn', 'each_period_at_least')
 union all
select p.*
  from kpid.point_periods(i_event, i_as_of, i_every, g) p
 where g.comparator = 'each_period_at_least';
$$;
comment on function kpid.target_point(int, date, boolean, kpid.target) is
    'where a target is judged, whatever its kind';
