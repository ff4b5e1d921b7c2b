create or replace function kpid.judged_rates(j kpid.judgement, g kpid.target)
returns table (progress numeric, rate numeric)
language sql stable
rows 1
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.judged_rates(judgement, target)
--
--      What people ask beside the status: how much of the way is done, and how
--      many more a month are needed. Neither is judged. No search_path
--      setting: the planner inlines it.
--
-- Parameters:
--      j  - the judgement
--      g  - its target
--
-- Returns:
--      progress  - (y - B) / (T - B), of an average y / T
--      rate      - (T - y) / months until the due date
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select case when (j.point).kind in ('count', 'level')
            then ((j.point).y - (j.point).base) / nullif((j.point).aim - (j.point).base, 0)
            else (j.point).y / nullif((j.point).aim, 0) end,
       case when j.t < g.due and (j.point).kind in ('count', 'level')
             and j.status not in ('achieved', 'met', 'missed')
            then round(((j.point).aim - (j.point).y)
                       / (kpid.month_clock(g.due) - kpid.month_clock(j.t)), 4) end
offset 0;
$$;
comment on function kpid.judged_rates(kpid.judgement, kpid.target) is
    'how much of the way is done, and how many more a month are needed';
