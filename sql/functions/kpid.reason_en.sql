create or replace function kpid.reason_en(j kpid.judgement, g kpid.target, i_rate numeric)
returns table (reason text)
language sql stable
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.reason_en(judgement, target, 75.8333)
--
--      kpid.reason_ja in English. No search_path setting: the planner inlines
--      it.
--
-- Parameters:
--      j       - the judgement
--      g       - its target
--      i_rate  - how many more a month are needed
--
-- Returns:
--      one row with the sentences
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
with w as (
    select j.t::text as at, coalesce(g.unit, '') as u,
           kpid.num_ja((j.point).y) || coalesce(g.unit, '') as y,
           case g.comparator when 'at_most' then 'at most ' else '' end
               || kpid.num_ja((j.point).aim) || coalesce(g.unit, '') as aim,
           kpid.num_ja(coalesce((j.verdict).e_whole, pg_catalog.round((j.course).e, 2)))
               || coalesce(g.unit, '')
               || case when (j.verdict).e_whole <> (j.course).e
                       then ' (' || kpid.num_ja(pg_catalog.round((j.course).e, 2)) || ' exactly)'
                       else '' end as e,
           case when g.unit in ('%', '％') then ' points' else coalesce(g.unit, '') end as du,
           kpid.num_ja(pg_catalog.abs((j.point).y - (j.point).aim)) as off,
           case when (j.point).y < (j.point).aim then ' below' else ' above' end as side,
           kpid.num_ja(pg_catalog.abs((j.point).y
               - coalesce((j.verdict).e_whole, pg_catalog.round((j.course).e, 2)))) as behind,
           case (j.point).d when 1 then ' less than' else ' more than' end as less,
           case when (j.point).y + (j.course).later < (j.point).aim and j.t < g.due
                then ' With the ' || kpid.num_ja(pg_catalog.round((j.course).later, 2))
                     || coalesce(g.unit, '') || ' still planned it will be '
                     || kpid.num_ja(pg_catalog.round((j.point).y + (j.course).later, 2))
                     || coalesce(g.unit, '') || ', '
                     || kpid.num_ja(pg_catalog.round((j.point).aim - (j.point).y
                                                     - (j.course).later, 2))
                     || coalesce(g.unit, '') || ' short of the target.' else '' end as short,
           -- cut, not rounded: 0.949 is no 0.95
           coalesce(pg_catalog.trunc(
               coalesce((j.verdict).pace_whole, (j.verdict).pace), 2)::text, '-') as pace,
           kpid.num_ja(case when (j.verdict).e_whole is not null then pg_catalog.ceil(i_rate)
                            else pg_catalog.ceil(i_rate * 10) / 10 end) as rate
    offset 0
)
select case j.rule
    when 'no_value' then 'No value of this year is reported. What is not reported is not taken as 0:'
        || ' nothing is judged.' || coalesce(' The report says: ''' || kpid.sheet_says(g) || '''', '')
    when 'no_last_year' then 'The year to beat (fiscal ' || g.fiscal_year - 1
        || ') is not known, so nothing is judged.'
    when 'no_baseline' then 'The value at ' || w.at || ' is ' || w.y
        || ', but no baseline is registered, so nothing is judged.'
    when 'no_calendar' then 'Only a total of ' || w.y || ' until ' || w.at
        || ' is reported, and no calendar says how often it was due, so nothing is judged.'
    when 'by_total' then 'The total of ' || w.y || ' is enough, but a total does not prove each period.'
    when 'nothing_due' then 'Nothing was due until ' || w.at || '.'
    when 'due' then 'The value at ' || w.at || ' is ' || w.y || case
        when j.status = 'achieved' then ': the target of ' || w.aim || ' is achieved.'
        when w.off = '0' then ', no more than the ' || w.aim || ' to beat.'
        else ', ' || w.off || w.du || w.side || ' the target of ' || w.aim || '.' end
    when 'early' then case j.status
        when 'achieved' then 'By ' || w.at || ' ' || w.y || ' are counted: the target of ' || w.aim
        || ' is already reached.'
        else 'By ' || w.at || ' ' || w.y || ' are counted, ' || w.behind || w.du || w.less || ' the expected ' || w.e
             || '. No past years show the usual course, so early in the year this is no worse than watch.' end
    when 'exceeded' then 'By ' || w.at || ' ' || w.y || ' are counted: the limit of ' || w.aim
        || ' is already exceeded.'
    when 'met' then 'The value at ' || w.at || ' is ' || w.y || ', at the target of ' || w.aim
        || '. It can still change before the due date.'
    when 'zero' then 'It is ' || w.y || ' until ' || w.at || ': the target is kept.'
    when 'keep' then 'The value at ' || w.at || ' is ' || w.y || ', ' || w.off || w.du || w.side
        || ' the level to be kept, ' || w.aim || '.'
    when 'ahead' then 'Nothing was expected until ' || w.at || ', and ' || w.y || ' are already counted.'
    when 'nothing_expected' then 'Nothing was expected until ' || w.at || ' (' || w.y || ' of ' || w.aim || ').'
        || coalesce(' The first step is planned for ' || pg_catalog.to_char((j.course).next_step, 'YYYY-MM')
        || '.', '')
    when 'not_begun' then 'The path to the target has not begun (' || w.y || ' of ' || w.aim || ').'
    when 'wavers' then 'The value at ' || w.at || ' is ' || w.y
        || '. The baseline is approximate, and the verdict depends on it: watch.'
    when 'short' then 'By ' || w.at || ' ' || w.y || ' are counted, ' || w.e || ' were expected.' || w.short
    when 'pace' then 'The value at ' || w.at || ' is ' || w.y || ', ' || case j.status
        when 'on_track' then 'as expected (' || w.e || ', pace index ' || w.pace || ').'
        else w.behind || w.du || w.less || ' the expected ' || w.e || ' (pace index ' || w.pace || ').' || w.short
             || case when w.short = '' and (j.point).d = 1 and (j.point).kind = 'count'
                     then coalesce(' To reach ' || w.aim || ' by the due date takes ' || w.rate || w.u
                     || ' a month.', '') else '' end
             || case when (j.verdict).approximate
                     then ' The baseline is approximate, and the verdict depends on it.' else '' end end
    when 'ratio' then 'The value at ' || w.at || ' is ' || w.y || ', compared with ' || case g.preset when 'nagayo'
        then 'the baseline of ' || kpid.num_ja(g.baseline) || w.u else 'the target of ' || w.aim end || '.'
    when 'withdrawn' then 'The target was withdrawn.'
    when 'done' then 'Done by the due date.'
    when 'done_late' then 'Done ' || g.done_on - g.due || ' days after the due date (' || g.due || ').'
    when 'not_done' then 'Not done by the due date (' || g.due || ').'
    when 'unreported' then 'The due date (' || g.due || ') has passed and nothing is reported.'
    when 'planned' then 'Planned for ' || g.planned_on || '.'
    when 'text_only' then 'Not judged by numbers.'
    end
    || case when (j.point).n < (j.point).periods
            then ' (' || (j.point).n || ' of ' || (j.point).periods || ' periods have a value.)' else '' end
    || case when g.preset <> 'default'
            then ' (rule: ' || g.preset
                 || coalesce(', ' || kpid.preset_word(g.preset, j.status, (j.verdict).pace), '') || ')'
            else '' end
  from w;
$$;
comment on function kpid.reason_en(kpid.judgement, kpid.target, numeric) is
    'why the status is what it is, in English';
