create or replace function kpid.target_verdict(
    pt kpid.point, co kpid.course, g kpid.target, i_as_of date)
returns setof kpid.verdict
language sql stable
rows 1
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.target_verdict(point, course, target, '2024-09-30')
--
--      The word for a target. A corridor has the worse of its two sides. A
--      status that differs between the ends of an approximate baseline is at
--      worst watch, and approximate. What goes by dates is judged by them. No
--      search_path setting: the planner inlines it; offset 0 keeps it from
--      computing a thing twice.
--
-- Parameters:
--      pt, co, g  - where the target is judged, its course, the target
--      i_as_of  - the day that is asked about
--
-- Returns:
--      one kpid.verdict row
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select g.org, g.target, g.fiscal_year, g.version, pt.t,
       case when o.wavers and z.status = 'off_track' then 'watch' else z.status end,
       case when o.wavers and z.status = 'off_track' then 'wavers' else z.rule end,
       m.e, m.e_whole, m.pace, m.pace_whole, m.keeps, coalesce(o.wavers, false)
  from (select n.e, n.e_whole, n.pace, n.pace_whole, n.keeps,
               case when g.comparator in ('milestone', 'withdrawn')
                    then kpid.judge_milestone(g, i_as_of)
                    else kpid.ladder(n) end as said
          from kpid.target_measure(pt, co, g, 'main') n
        offset 0) m
  left join lateral (
    select x.* from kpid.verdict_sides(pt, co, g, m.said) x
     where g.baseline_approximate > 0 or g.comparator = 'between'
    offset 0) o on true
 cross join lateral (
    select split_part(x.said, ' ', 1) as status, split_part(x.said, ' ', 2) as rule
      from (select case when kpid.status_rank(o.over) > kpid.status_rank(m.said)
                        then o.over else m.said end as said) x
    offset 0) z
offset 0;
$$;
comment on function kpid.target_verdict(kpid.point, kpid.course, kpid.target, date) is
    'the word for a target';
