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
--      planner inlines it and reaches the keys, in their order. One condition
--      for both, because a union of two questions would have no order, and be
--      planned twice wherever values are read.
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
  from (select l.org, l.series, l.period, l.since, 2147483647 as until,
               l.delivery, l.line, l.col, l.status, l.value
          from kpid.observation l
         union all
        select h.org, h.series, h.period, h.since, h.until,
               h.delivery, h.line, h.col, h.status, h.value
          from kpid.superseded h) o
 where o.org = i_org and o.series = i_series
   and o.since <= i_event and o.value is not null
   and case when i_compare is null then o.until > i_event
            else o.since < o.until
                 and kpid.first_said(o.org, o.series, o.period, o.since) end;
$$;
comment on function kpid.value_known(int, int, int, text) is
    'the values of one series that a target is judged by';
