create or replace function kpid.target_measure(
    pt kpid.point, co kpid.course, g kpid.target, i_side text)
returns setof kpid.measure
language sql stable
rows 1
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.target_measure(point, course, target, 'main')
--
--      Value against expectation, in numbers: pace index 1 + d (y - E) / s,
--      exact and in whole units (E rounded in the target's favour where the
--      indicator has no decimals). No search_path setting: the planner inlines
--      it; offset 0 keeps it from computing a thing twice.
--
-- Parameters:
--      pt, co, g  - where the target is judged, its course, the target
--      i_side   - main; low or high: the end of an approximate baseline's
--                 rounding; over: the upper end of a corridor
--
-- Returns:
--      one kpid.measure row
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select pt.org, pt.target, pt.fiscal_year, pt.version, pt.t, i_side, pt.kind, v.d,
       pt.y, v.aim, v.base, pt.by_total, pt.monotone, co.p, co.wanting, co.later, g.due,
       coalesce(g.slack, abs(nullif(v.aim, 0)) * 0.05), x.e, w.e_whole,
       round(1 + v.d * (pt.y - x.e) / nullif(w.s, 0), 10),
       round(1 + v.d * (pt.y - w.e_whole)
             / nullif(case when v.flat then w.s else abs(w.e_whole - v.base) end, 0), 10),
       case when pt.strict then v.d * (pt.y - v.aim) > 0 else v.d * (pt.y - v.aim) >= 0 end,
       case when v.flat or pt.kind = 'periods' then false
            when pt.kind = 'count' then v.aim = 0
            else v.d * (v.aim - v.base) <= 0 end,
       r.preset, r.on_track, r.on_track_strict, r.watch,
       case r.measure
            when 'target' then round(1 + v.d * (pt.y - v.aim) / nullif(abs(v.aim), 0), 10)
            when 'baseline' then round(1 + v.d * (pt.y - g.baseline) / nullif(abs(g.baseline), 0), 10)
            end,
       co.wanting and co.p < 0.25 and r.measure = 'pace'
  from kpid.preset r
 cross join lateral (
    select case i_side when 'over' then -1 else pt.d end as d,
           case i_side when 'over' then g.value_high else pt.aim end as aim,
           case i_side when 'low' then pt.base - g.baseline_approximate / 2
                       when 'high' then pt.base + g.baseline_approximate / 2
                       else pt.base end as base,
           pt.kind = 'average' and co.path = 'none' as flat
    offset 0) v
 cross join lateral (
    select case when i_side = 'main' then co.e
                when v.flat then v.aim
                else round(v.base + (v.aim - v.base) * co.p, 10) end as e
    offset 0) x
 cross join lateral (
    select case when pt.decimals = 0 and pt.kind in ('count', 'level', 'average')
                then case v.d when 1 then floor(x.e) else ceil(x.e) end end as e_whole,
           case when pt.kind = 'periods' then x.e
                when v.flat then abs(v.aim) else abs(x.e - v.base) end as s
    offset 0) w
 where r.preset = g.preset
offset 0;
$$;
comment on function kpid.target_measure(kpid.point, kpid.course, kpid.target, text) is
    'value against expectation';
