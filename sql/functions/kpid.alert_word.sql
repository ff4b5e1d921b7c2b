create or replace function kpid.alert_word(j kpid.judgement, f kpid.prospect)
returns text
language sql immutable parallel safe
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.alert_word(judgement, prospect)
--
--      One period's assessment in the words that kpid.fold takes: missed is
--      enough by itself, off_track counts, watch is neutral, on_track clears.
--      No search_path setting: the planner inlines it.
--
-- Parameters:
--      j  - the judgement
--      f  - its forecast, or null
--
-- Returns:
--      a status
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select case kpid.alert_sign(j.status, f.probability,
                            coalesce((j.course).wanting and (j.course).p < 0.25, false))
       when 1 then 'on_track' when 0 then 'watch'
       when -1 then case j.status when 'missed' then 'missed' else 'off_track' end
       else 'not_judgeable' end;
$$;
comment on function kpid.alert_word(kpid.judgement, kpid.prospect) is
    'one period''s assessment in the words that kpid.fold takes';
