create or replace function kpid.first_said(i_event int, i_org int, i_series int)
returns table (period date, delivery int, line int, col int, status "char", value numeric)
language plpgsql stable
rows 120
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan   -- plpgsql for its kept plan
set jit = off
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.first_said(12, 202037, 7)
--
--      What each period of a series was first said to be: the release to
--      compare years by when first releases are known to move.
--
-- Parameters:
--      i_event  - as known at this event
--      i_org, i_series  - which series
--
-- Returns:
--      values with provenance
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
#variable_conflict use_column
begin
    return query
    select distinct on (o.period) o.period, o.delivery, o.line, o.col, o.status, o.value
      from (select l.period, l.since, l.delivery, l.line, l.col, l.status, l.value
              from kpid.observation l
             where l.org = i_org and l.series = i_series
             union all
            select h.period, h.since, h.delivery, h.line, h.col, h.status, h.value
              from kpid.superseded h
             where h.org = i_org and h.series = i_series and h.since < h.until) o
     where o.since <= i_event and o.value is not null
     order by o.period, o.since;
end;
$$;
comment on function kpid.first_said(int, int, int) is
    'what each period of a series was first said to be';
