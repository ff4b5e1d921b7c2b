create or replace function kpid.value_known(
    i_event int, i_org int, i_series int, i_compare text)
returns table (period date, delivery int, line int, col int, status "char", value numeric)
language sql stable
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.value_known(12, 202037, 7, null)
--
--      The values of one series that a target is judged by: the latest as
--      known, or what each was first said to be. No search_path setting: the
--      planner inlines it and reaches the keys.
--
-- Parameters:
--      i_event    - as known at this event
--      i_org, i_series  - which series
--      i_compare  - first_release, or null
--
-- Returns:
--      values with provenance; missing ones are left out
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select o.period, o.delivery, o.line, o.col, o.status, o.value
  from kpid.as_of_event(i_event) o
 where i_compare is null
   and o.org = i_org and o.series = i_series and o.value is not null
 union all
select o.period, o.delivery, o.line, o.col, o.status, o.value
  from kpid.first_said(i_event, i_org, i_series) o
 where i_compare = 'first_release';
$$;
comment on function kpid.value_known(int, int, int, text) is
    'the values of one series that a target is judged by';
