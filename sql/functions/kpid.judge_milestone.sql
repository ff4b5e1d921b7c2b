create or replace function kpid.judge_milestone(g kpid.target, i_as_of date)
returns text
language sql immutable parallel safe
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.judge_milestone(target, '2025-03-31')
--
--      The word for a target that is done by a date, or that is text only. No
--      search_path setting: the planner inlines it.
--
-- Parameters:
--      g        - the target
--      i_as_of  - the due date has passed at its end
--
-- Returns:
--      'status rule', as kpid.ladder
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select case
    when g.comparator = 'withdrawn' then 'not_applicable withdrawn'
    when g.done_on <= i_as_of and g.done_on <= g.due then 'achieved done'
    when g.done_on <= i_as_of then 'missed done_late'
    when g.reported = 'done' and g.done_on is null then 'achieved done'
    when i_as_of >= g.due and g.reported = 'not_done' then 'missed not_done'
    when i_as_of >= g.due then 'not_judgeable unreported'
    when g.planned_on <= g.due then 'on_track planned'
    else 'not_applicable text_only'
    end;
$$;
comment on function kpid.judge_milestone(kpid.target, date) is
    'the word for a target that is done by a date, or that is text only';
