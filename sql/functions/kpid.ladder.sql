create or replace function kpid.ladder(m kpid.measure)
returns text
language sql immutable parallel safe
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.ladder(measure)
--
--      The word for one measured target; the first rule that fits decides.
--      No search_path setting: the planner inlines it.
--
-- Parameters:
--      m  - kpid.measure
--
-- Returns:
--      'status rule'; the rule names the sentence that explains it
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select case
    -- nothing to compare, or to compare with
    when m.y is null and m.aim is null and m.kind <> 'periods' then 'not_judgeable no_last_year'
    when m.y is null then 'not_judgeable no_value'
    when m.kind = 'periods' and m.aim is null then 'not_judgeable no_calendar'
    when m.aim is null then 'not_judgeable no_last_year'
    when m.kind = 'level' and m.base is null then 'not_judgeable no_baseline'
    when m.preset = 'nagayo' and m.other_index is null then 'not_judgeable no_baseline'

    -- the due date's own value is known
    when m.t >= m.due and m.reached and m.by_total then 'not_judgeable by_total'
    when m.t >= m.due and m.reached then 'achieved due'
    when m.t >= m.due then 'missed due'

    -- decided before the due date: what only grows cannot fall back
    when m.kind = 'count' and m.d = 1 and m.monotone and m.reached then 'achieved early'
    when m.kind = 'count' and m.d = -1 and not m.reached then 'missed exceeded'
    when m.kind in ('level', 'average') and m.reached then 'met met'
    -- (a net flow with a negative target starts above it: no sign of anything)
    when m.kind = 'count' and m.d = 1 and m.reached and m.aim >= 0 then 'met met'

    -- presets that look at the target or the baseline alone
    when m.other_index > m.on_track or not m.on_track_strict and m.other_index = m.on_track
    then 'on_track ratio'
    when m.other_index >= m.watch then 'watch ratio'
    when m.other_index < m.watch then 'off_track ratio'

    -- keep what is: distance from the target itself
    when m.keeps and m.kind = 'count' and m.d = -1 then 'on_track zero'
    when m.keeps and m.d * (m.y - m.aim) >= - coalesce(m.slack, 'infinity') then 'watch keep'
    when m.keeps then 'off_track keep'

    -- periods kept of those that are due and reported
    when m.kind = 'periods' and m.e = 0 then 'not_judgeable nothing_due'

    -- whole things: nothing whole is expected yet
    when m.kind = 'count' and m.d = 1 and m.e_whole = 0 and m.y > 0
         and m.y + m.later < m.aim then 'watch short'
    when m.kind = 'count' and m.d = 1 and m.e_whole = 0 and m.y > 0 then 'on_track ahead'
    when m.kind = 'count' and m.d = 1 and m.e_whole = 0 then 'not_judgeable nothing_expected'

    -- the path has not begun
    when m.p = 0 and m.kind <> 'periods' and m.d * (m.y - m.base) > 0 then 'on_track ahead'
    when m.p = 0 and m.kind <> 'periods' then 'not_judgeable not_begun'

    -- the index
    when m.pace_whole is null and m.d * (m.y - m.e_whole) >= 0 then 'on_track pace'
    when coalesce(m.pace_whole, m.pace) >= m.on_track
    then case when m.kind = 'count' and m.d = 1 and m.y + m.later < m.aim
              then 'watch short' else 'on_track pace' end
    when coalesce(m.pace_whole, m.pace) >= m.watch then 'watch pace'
    when m.capped then 'watch early'
    else 'off_track pace'
    end;
$$;
comment on function kpid.ladder(kpid.measure) is
    'the word for one measured target; the first rule that fits decides';
