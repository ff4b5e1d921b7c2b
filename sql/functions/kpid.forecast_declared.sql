create or replace function kpid.forecast_declared(g kpid.target)
returns setof kpid.shape
language sql immutable parallel safe
rows 1
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.forecast_declared(target)
--
--      The shares of the months as the office itself states them: path
--      seasonal with steps. They are taken as exact; how far months scatter
--      around them the year shows. No search_path setting: the planner inlines
--      it.
--
-- Parameters:
--      g  - the target
--
-- Returns:
--      one kpid.shape row, method declared; none for other targets
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select 'declared', array_agg(m.pos order by m.last), array_agg(m.w order by m.last),
       array_agg(0::float8), array_agg(null::float8), 0::float8, 0::float8, 1::float8
  from (select y.last, kpid.year_position(kpid.year_first(g.fiscal_year, g.year_kind), y.last, 'M') as pos,
               ((lag(r.later, 1, r.planned) over (order by y.last) - r.later) / r.planned)::float8 as w
          from (select (kpid.year_first(g.fiscal_year, g.year_kind)
                        + s.n * interval '1 month')::date - 1 as last
                  from generate_series(1, 12) s (n)) y
         cross join lateral kpid.plan_rest(g.plan, g.value, y.last) r
         where r.planned > 0) m
 where g.path = 'seasonal' and g.plan is not null
having count(*) = 12;
$$;
comment on function kpid.forecast_declared(kpid.target) is
    'the shares of the months as the office itself states them';
