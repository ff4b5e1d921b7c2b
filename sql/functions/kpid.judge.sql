create or replace function kpid.judge(
    i_event int, i_as_of date, i_every boolean, i_org int default null)
returns setof kpid.judgement
language sql stable
rows 1000
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.judge(12, '2024-09-30', false, 202037)
--
--      Every target judged: value and place (point), expectation (course),
--      word (verdict). What has no value yet is judged, too: not_judgeable. No
--      search_path setting: the planner inlines it and all its steps, so that
--      each target costs a few look-ups by key.
--
-- Parameters:
--      i_event  - as known at this event
--      i_as_of  - periods that end later are not complete
--      i_every  - every complete period of the year, each by the version that
--                 held at its end; else the last one alone
--      i_org    - one organization; null is all
--
-- Returns:
--      kpid.judgement rows
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select h.org, h.target, h.fiscal_year, h.version,
       case when (h.g).comparator in ('milestone', 'withdrawn')
            then least(i_as_of, (h.g).due) else pt.t end,
       ve.status, ve.rule, pt, co, ve
  from kpid.target_held(i_event, i_as_of, i_every, i_org) h
  left join lateral kpid.target_point(i_event, i_as_of, i_every, h.g) pt on true
 cross join lateral kpid.target_course(pt, h.g) co
 cross join lateral kpid.target_verdict(pt, co, h.g, i_as_of) ve
 where h.newest and (not i_every or coalesce(pt.newest, true))
    or i_every and pt.t between h.holds and h.ends;
$$;
comment on function kpid.judge(int, date, boolean, int) is
    'every target judged: value and place (point), expectation (course), word (verdict)';
