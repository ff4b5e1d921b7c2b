-- ----------------------------------------------------------------------
-- Function: kpid.as_of_event(1)
--
--      What the store answered right after an event: never changes. One
--      plain select and no search_path, so that the planner puts it into the
--      query and a condition on org or series reaches the keys (measured:
--      one organization 10 ms, not inlined 1.9 s on 12 million rows). Give
--      the event as a value, not as a subselect: that would not be inlined.
--      The two tables are joined without conditions of their own: only so
--      can the planner look both up by the keys of another relation.
--
-- Parameters:
--      i_event - event number; null is the newest
--
-- Returns:
--      keys with provenance. A null value has its missing reason in status,
--      see kpid.missing_reason; withdrawn keys are left out
-- ----------------------------------------------------------------------
create or replace function kpid.as_of_event(i_event int)
returns table (org int, series int, period date, since int, delivery int,
               line int, col int, status "char", value numeric)
language sql
stable parallel safe
begin atomic
    select o.org, o.series, o.period, o.since, o.delivery, o.line, o.col,
           o.status, o.value
      from (select l.org, l.series, l.period, l.since, 2147483647 as until,
                   l.delivery, l.line, l.col, l.status, l.value
              from kpid.observation l
             union all
            select h.org, h.series, h.period, h.since, h.until,
                   h.delivery, h.line, h.col, h.status, h.value
              from kpid.superseded h) o
     where o.since <= coalesce(i_event, 2147483646)
       and o.until > coalesce(i_event, 2147483646)
       and o.status <> 'X';
end;
comment on function kpid.as_of_event(int) is
    'what the store answered right after an event; null is the newest';
