create or replace function kpid.target_verdict(i_points kpid.point[], i_courses kpid.course[])
returns setof kpid.verdict
language plpgsql stable
rows 100000
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan   -- plpgsql for its kept plan
set jit = off
set enable_nestloop = off                     -- join the steps by hash, never pairwise
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.target_verdict(points, courses)
--
--      The status of each point. A corridor has the worse of its two sides. A
--      status that differs between the ends of an approximate baseline is at
--      worst watch, and approximate.
--
-- Parameters:
--      i_points   - what is judged
--      i_courses  - kpid.target_course of the same points
--
-- Returns:
--      kpid.verdict rows, one for each point
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
begin
    return query
with word as (
    select m.*, split_part(l.said, ' ', 1) as status, split_part(l.said, ' ', 2) as rule
      from kpid.target_measure(i_points, i_courses) m
     cross join lateral (select kpid.ladder(m) as said) l
), main as (
    select w.*,
           count(*) over k > 1 and bool_or(w.status <> w.main_status) over k as wavers
      from (select w.*, first_value(w.status) over (
                       partition by w.org, w.target, w.fiscal_year, w.version, w.t
                       order by w.side <> 'low', w.side <> 'high') as main_status
              from word w where w.side in ('main', 'low', 'high')) w
    window k as (partition by w.org, w.target, w.fiscal_year, w.version, w.t)
), worse as (
    select w.*,
           array_position('{achieved,met,on_track,not_judgeable,watch,off_track,missed}',
                          w.status) as rank
      from word w where w.side = 'over'
)
select m.org, m.target, m.fiscal_year, m.version, m.t,
       case when o.rank > r.rank then o.status
            when m.wavers and m.status = 'off_track' then 'watch'
            else m.status end,
       case when o.rank > r.rank then o.rule
            when m.wavers and m.status = 'off_track' then 'wavers'
            else m.rule end,
       m.e, m.e_whole, m.pace, m.pace_whole, m.keeps, m.wavers
  from main m
 cross join lateral (
    select array_position('{achieved,met,on_track,not_judgeable,watch,off_track,missed}',
                          m.status) as rank) r
  left join worse o using (org, target, fiscal_year, version, t)
 where m.side = 'main';
end;
$$;
comment on function kpid.target_verdict(kpid.point[], kpid.course[]) is
    'the status of each point';
