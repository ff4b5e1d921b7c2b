create or replace function kpid.target_measure(i_points kpid.point[], i_courses kpid.course[])
returns setof kpid.measure
language plpgsql stable
rows 100000
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan   -- plpgsql for its kept plan
set jit = off
set enable_nestloop = off                     -- join the steps by hash, never pairwise
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.target_measure(points, courses)
--
--      Value against expectation, in numbers: pace index 1 + d (y - E) / s,
--      exact and in whole units (E rounded in the target's favour where the
--      indicator has no decimals). A target that is judged at several ends has
--      several rows: an approximate baseline at both ends of its rounding, a
--      corridor at both sides.
--
-- Parameters:
--      i_points   - what is judged
--      i_courses  - kpid.target_course of the same points
--
-- Returns:
--      kpid.measure rows; side is main, low, high or over
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
begin
    return query
with side as (
    select p.org, p.target, p.fiscal_year, p.version, p.t, v.side, p.kind, v.d, p.strict,
           p.y, v.aim, v.base, p.by_total, p.monotone, c.p, c.wanting, c.later, g.due,
           coalesce(g.slack, abs(nullif(v.aim, 0)) * 0.05) as slack, g.preset,
           g.baseline, p.decimals = 0 and p.kind in ('count', 'level', 'average') as wholly,
           case when v.side = 'main' then c.e
                when p.kind = 'average' and g.path is null then v.aim
                else round(v.base + (v.aim - v.base) * c.p, 10) end as e,
           p.kind = 'average' and (g.path is null or p.base is null) as flat
      from unnest(i_points) p
      join unnest(i_courses) c using (org, target, fiscal_year, version, t)
      join kpid.target g using (org, target, fiscal_year, version)
     cross join lateral (
        select 'main', p.d, p.aim, p.base
         union all
        select 'low', p.d, p.aim, p.base - g.baseline_approximate / 2
         where p.kind = 'level' and g.baseline_approximate > 0
         union all
        select 'high', p.d, p.aim, p.base + g.baseline_approximate / 2
         where p.kind = 'level' and g.baseline_approximate > 0
         union all
        select 'over', -1, g.value_high, p.base
         where g.comparator = 'between') as v (side, d, aim, base)
), scaled as (
    select s.*,
           case when s.kind = 'periods' then s.e
                when s.flat then abs(s.aim) else abs(s.e - s.base) end as s,
           w.e_whole,
           case when s.flat then abs(s.aim) else abs(w.e_whole - s.base) end as s_whole
      from side s
     cross join lateral (
        select case when s.wholly then
               case s.d when 1 then floor(s.e) else ceil(s.e) end end as e_whole) w
)
select s.org, s.target, s.fiscal_year, s.version, s.t, s.side, s.kind, s.d,
       s.y, s.aim, s.base, s.by_total, s.monotone, s.p, s.wanting, s.later, s.due, s.slack,
       s.e, s.e_whole,
       round(1 + s.d * (s.y - s.e) / nullif(s.s, 0), 10),
       round(1 + s.d * (s.y - s.e_whole) / nullif(s.s_whole, 0), 10),
       case when s.strict then s.d * (s.y - s.aim) > 0 else s.d * (s.y - s.aim) >= 0 end,
       case when s.flat or s.kind = 'periods' then false
            when s.kind = 'count' then s.aim = 0
            else s.d * (s.aim - s.base) <= 0 end,
       r.preset, r.on_track, r.on_track_strict, r.watch,
       round(case r.measure
             when 'target' then 1 + s.d * (s.y - s.aim) / nullif(abs(s.aim), 0)
             when 'baseline' then 1 + s.d * (s.y - s.baseline) / nullif(abs(s.baseline), 0)
             end, 10)
  from scaled s
  join kpid.preset r on r.preset = s.preset;
end;
$$;
comment on function kpid.target_measure(kpid.point[], kpid.course[]) is
    'value against expectation';
