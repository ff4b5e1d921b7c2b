create or replace function kpid.anticipated(j kpid.judgement, f kpid.prospect)
returns text
language sql immutable parallel safe
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.anticipated(judgement, prospect)
--
--      The answer at the due date, beside the status to date and never blended
--      with it: what is decided already, what a plan adds up to, or how likely
--      the target is reached: achieved from four in five, on_track from even,
--      watch from one in five, off_track below. No search_path setting: the
--      planner inlines it.
--
-- Parameters:
--      j  - the judgement
--      f  - its forecast, or null
--
-- Returns:
--      achieved, on_track, watch, off_track or missed; null without a forecast
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select case
    when j.status in ('achieved', 'missed') then j.status
    when j.rule = 'planned' then 'achieved'
    when f.method = 'plan'
    then case when f.value >= (j.point).aim then 'achieved' else 'missed' end
    when f.probability >= 0.8 then 'achieved'
    when f.probability >= 0.5 then 'on_track'
    when f.probability >= 0.2 then 'watch'
    when f.probability >= 0 then 'off_track' end;
$$;
comment on function kpid.anticipated(kpid.judgement, kpid.prospect) is
    'the answer at the due date, beside the status to date';
