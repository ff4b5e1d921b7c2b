create or replace function kpid.first_said(i_event int)
returns table (org int, series int, period date, since int, delivery int,
               line int, col int, status "char", value numeric)
language sql stable
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.first_said(12)
--
--      What each period was first said to be: the release to compare years by
--      when first releases are known to move. No search_path setting: the
--      planner inlines it, and a condition on org and series reaches the keys.
--
-- Parameters:
--      i_event  - as known at this event
--
-- Returns:
--      rows as of kpid.as_of_event
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select distinct on (o.org, o.series, o.period)
       o.org, o.series, o.period, o.since, o.delivery, o.line, o.col, o.status, o.value
  from (select l.org, l.series, l.period, l.since, 2147483647 as until,
               l.delivery, l.line, l.col, l.status, l.value
          from kpid.observation l
         union all
        select h.org, h.series, h.period, h.since, h.until,
               h.delivery, h.line, h.col, h.status, h.value
          from kpid.superseded h) o
 where o.since <= i_event and o.since < o.until and o.value is not null
 order by o.org, o.series, o.period, o.since;
$$;
comment on function kpid.first_said(int) is
    'what each period was first said to be';
