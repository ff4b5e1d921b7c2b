create or replace function kpid.judge(i_event int, i_as_of date, i_every boolean)
returns setof kpid.judgement
language plpgsql stable
rows 100000
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan   -- plpgsql for its kept plan
set jit = off
set enable_nestloop = off                     -- join the steps by hash, never pairwise
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.judge(12, '2024-09-30', false)
--
--      Every target judged: value and place (point), expectation (course),
--      word (verdict). What has no value yet is judged, too: not_judgeable.
--
-- Parameters:
--      i_event  - as known at this event
--      i_as_of  - periods that end later are not complete
--      i_every  - every complete period of the year, each by the version that
--                 held at its end; else the last one alone
--
-- Returns:
--      kpid.judgement rows
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
begin
    return query
with point as materialized (
    select array(select p from kpid.target_point(i_event, i_as_of, i_every) p
                  union all
                 select p from kpid.target_periods(i_event, i_as_of, i_every) p) as all_of
), course as materialized (
    select p.all_of as points,
           array(select c from kpid.target_course(p.all_of) c) as all_of
      from point p
), pt as materialized (
    select u.org, u.target, u.fiscal_year, u.version, u.t, u as pt
      from point p cross join lateral unnest(p.all_of) u
), co as materialized (
    select u.org, u.target, u.fiscal_year, u.version, u.t, u as co
      from course c cross join lateral unnest(c.all_of) u
), ve as materialized (
    select u.org, u.target, u.fiscal_year, u.version, u.t, u as ve
      from course c cross join lateral kpid.target_verdict(c.points, c.all_of) u
), valued as materialized (
    select *
      from pt
      left join co using (org, target, fiscal_year, version, t)
      left join ve using (org, target, fiscal_year, version, t)
)
select h.org, h.target, h.fiscal_year, h.version,
       case when h.dated then least(i_as_of, h.due) else x.t end,
       coalesce((x.ve).status, split_part(w.said, ' ', 1)),
       coalesce((x.ve).rule, split_part(w.said, ' ', 2)),
       x.pt, x.co, x.ve
  from (select g.*, g.comparator in ('milestone', 'withdrawn') as dated
          from kpid.target_held(i_event, i_as_of, i_every) k
          join kpid.target g using (org, target, fiscal_year, version)
         where k.newest or i_every and g.comparator not in ('milestone', 'withdrawn')) h
  left join valued x on not h.dated
        and (x.org, x.target, x.fiscal_year, x.version)
          = (h.org, h.target, h.fiscal_year, h.version)
 cross join lateral (
    select case
        when h.dated then kpid.judge_milestone(
            (select g from kpid.target g
              where (g.org, g.target, g.fiscal_year, g.version)
                  = (h.org, h.target, h.fiscal_year, h.version)), i_as_of)
        when h.comparator like '%_last_year' and (x.pt).aim is null
        then 'not_judgeable no_last_year'
        else 'not_judgeable no_value' end as said) w;
end;
$$;
comment on function kpid.judge(int, date, boolean) is
    'every target judged: value and place (point), expectation (course), word (verdict)';
