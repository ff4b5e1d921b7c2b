-- ----------------------------------------------------------------------
-- Function: kpid.alert_says(1, 0, true, true, false, false, false)
--
--      The rule of kpi.alert_transition that fits. No quoted body and no
--      search_path: the planner inlines it.
--
-- Parameters:
--      i_told, i_level  - what people know, what is
--      i_told_before    - it was told in this year
--      i_same_version   - of the target
--      i_bad_then       - the period told last is still bad
--      i_acked          - an acknowledgement lasts
--      i_reminder_due   - one has ended, or it is the day of reminders
--
-- Returns:
--      the mail's kind (null: none) and what people know then
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
create or replace function kpid.alert_says(
    i_told int, i_level int, i_told_before boolean, i_same_version boolean,
    i_bad_then boolean, i_acked boolean, i_reminder_due boolean)
returns table (says text, tells int)
language sql stable
rows 1
begin atomic
select r.says, r.tells
  from kpi.alert_transition r
 where r.told = i_told and r.level = i_level
   and coalesce(r.told_before = i_told_before, true)
   and coalesce(r.same_version = i_same_version, true)
   and coalesce(r.bad_then = i_bad_then, true)
   and coalesce(r.acked = i_acked, true)
   and coalesce(r.reminder_due = i_reminder_due, true)
 order by r.rule
 limit 1;
end;
comment on function kpid.alert_says(int, int, boolean, boolean, boolean, boolean, boolean) is
    'the rule of kpi.alert_transition that fits';
