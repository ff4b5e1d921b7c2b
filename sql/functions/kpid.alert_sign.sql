create or replace function kpid.alert_sign(
    i_status text, i_probability numeric, i_early boolean)
returns int
language sql immutable parallel safe
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.alert_sign('watch', 0.12, false)
--
--      What a period's assessment means for an alert. The probability decides
--      where there is one: a ratio alone is too wide for large counts and too
--      narrow for small ones. Without one the status does. The status shown
--      never changes because of this. No search_path setting: the planner
--      inlines it.
--
-- Parameters:
--      i_status       - of the period
--      i_probability  - that the target is reached; null without a forecast
--      i_early        - the path is linear for want of history and less than
--                       a quarter of it is over: never bad by probability
--
-- Returns:
--      -1 bad, 0 neither, 1 good, null unknown; -1 for the example
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select case
    when i_status = 'not_judgeable' then null
    when i_status = 'missed' then -1
    when i_status in ('achieved', 'met', 'not_applicable') then 1
    when i_probability < 0.2 then case when i_early then 0 else -1 end
    when i_probability is not null
    then case when i_status = 'on_track' and i_probability >= 0.5 then 1 else 0 end
    when i_status = 'off_track' then -1
    when i_status = 'on_track' then 1
    else 0 end;
$$;
comment on function kpid.alert_sign(text, numeric, boolean) is
    'what a period''s assessment means for an alert: -1 bad, 0 neither, 1 good, null unknown';
