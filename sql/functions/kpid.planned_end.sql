create or replace function kpid.planned_end(j kpid.judgement, g kpid.target)
returns table (anticipated text, forecast jsonb)
language sql stable
rows 1
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.planned_end(judgement, target)
--
--      What the due date brings where nothing is to be forecast: what is
--      decided, and what the city itself has scheduled, without a probability.
--      No search_path setting: the planner inlines it.
--
-- Parameters:
--      j  - the judgement
--      g  - its target
--
-- Returns:
--      one row; nulls where a forecast would have to say
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select case when j.status in ('achieved', 'missed') then j.status
            when j.rule = 'planned' then 'achieved'
            when (j.point).y + (j.course).later >= (j.point).aim then 'achieved'
            when (j.point).y + (j.course).later < (j.point).aim then 'missed' end,
       case when (j.course).path = 'plan' and j.t < g.due
            then pg_catalog.jsonb_build_object(
                'value', pg_catalog.trim_scale(
                    pg_catalog.round((j.point).y + (j.course).later, 4)),
                'low', null, 'high', null, 'probability', null, 'method', 'plan') end;
$$;
comment on function kpid.planned_end(kpid.judgement, kpid.target) is
    'what the due date brings by what is decided or scheduled';
