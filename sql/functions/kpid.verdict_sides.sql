create or replace function kpid.verdict_sides(
    pt kpid.point, co kpid.course, g kpid.target, i_said text)
returns table (wavers boolean, over text)
language plpgsql stable
rows 1
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan   -- plpgsql for its kept plan
set jit = off
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.verdict_sides(point, course, target, 'watch pace')
--
--      The words from other sides: from both ends of an approximate baseline's
--      rounding, and from the upper end of a corridor. Not inlined: it is
--      rarely asked.
--
-- Parameters:
--      pt, co, g  - where the target is judged, its course, the target
--      i_said     - the word from the main side
--
-- Returns:
--      wavers  - the ends of the baseline do not agree
--      over    - the word from the upper end
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
begin
    return query
    select bool_or(split_part(s.said, ' ', 1) <> split_part(i_said, ' ', 1))
           filter (where e.side <> 'over'),
           min(s.said) filter (where e.side = 'over')
      from unnest(case when pt.kind = 'level' and g.baseline_approximate > 0
                       then '{low,high}'::text[] else '{}' end
                  || case when g.comparator = 'between' then '{over}'::text[] else '{}' end)
           e (side)
     cross join lateral kpid.target_measure(pt, co, g, e.side) n
     cross join lateral (select kpid.ladder(n) as said) s;
end;
$$;
comment on function kpid.verdict_sides(kpid.point, kpid.course, kpid.target, text) is
    'the words from other sides: an approximate baseline, a corridor';
