create or replace function kpid.modifiers(
    j kpid.judgement, g kpid.target, i_event int, i_as_of date)
returns table (modifiers text[])
language sql stable
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.modifiers(judgement, target, 12, '2024-09-30')
--
--      What stands beside a status, in a fixed order. No search_path setting:
--      the planner inlines it.
--
-- Parameters:
--      j        - the judgement
--      g        - its target
--      i_event  - as known at this event
--      i_as_of  - the day that is asked about
--
-- Returns:
--      one row with the words, an empty array when there are none
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select pg_catalog.array_remove(array[
    case when j.t < g.due and kpid.overdue(j.point, j.t, i_as_of) then 'stale' end,
    case when (j.point).estimated or (j.point).base_estimated
           or j.status in ('achieved', 'missed') and i_as_of <= (j.point).settled
         then 'provisional' end,
    case when (j.point).broken then 'break' end,
    (select 'revised' where exists
        (select from kpid.superseded h
          where h.org = j.org and h.series = (j.point).series
            and h.period <= (j.point).first
            and h.period >= case when (j.point).kind = 'level' or g.aggregate = 'ytd'
                                 then (j.point).first else (j.point).year_first end
            and h.since < h.until and h.until <= i_event and h.status <> 'X')),
    case when (j.verdict).approximate
           or g.approximate is not null and g.comparator <> 'milestone' then 'approximate' end,
    case when (j.point).kind = 'count' and (j.point).d = 1 and j.t < g.due
          and (j.point).y + (j.course).later < (j.point).aim then 'plan_short' end,
    case when i_as_of > g.due and j.t < g.due and (j.point).y is not null
         then 'awaiting_final' end,
    (select 'base_revised' where exists
        (select from kpid.superseded h
          where h.org = j.org and h.series = (j.point).base_series
            and h.period <= (j.point).base_first
            and h.period >= case g.aggregate
                            when 'sum' then kpid.year_first(g.fiscal_year - 1, g.year_kind)
                            else (j.point).base_first end
            and h.since < h.until and h.until <= i_event and h.status <> 'X')),
    case when (j.point).by_total then 'by_total' end,
    case when g.reported = 'as_reported' and (j.point).y is not null then 'as_reported' end
], null);
$$;
comment on function kpid.modifiers(kpid.judgement, kpid.target, int, date) is
    'what stands beside a status, in a fixed order';
