create or replace function kpid.forecast_total(
    i_y float8, i_aim float8, i_p float8, i_strict boolean, i_d int)
returns table (mean float8, variance float8, probability float8)
language sql immutable parallel safe
rows 1
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.forecast_total(51, 120, 0.5, false, 1)
--
--      What is to come of a count of which only the total so far is known,
--      such as the figure of a half-year's report. Before anything is known
--      the year's level is a gamma of four things around the target; by now it
--      should be the linear share, which is itself uncertain: five shares
--      around it, weighed as a normal with variance 0.08 p (1 - p), are each
--      carried to the end of the year. No search_path setting: the planner
--      inlines it.
--
-- Parameters:
--      i_y, i_aim, i_strict, i_d  - value, target (above 0), comparator
--      i_p  - linear share of the year that is over, between 0 and 1
--
-- Returns:
--      one row; 0.29 for the example
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select sum(n.weight * n.mean),
       sum(n.weight * n.mean ^ 2 * (1 + 1 / (4 + i_y))) - sum(n.weight * n.mean) ^ 2,
       sum(n.weight * kpid.chance(i_aim - i_y, i_strict, i_d, true, n.mean, n.mean ^ 2 / (4 + i_y)))
  from (select z.weight, (4 + i_y) * (1 - s.share) / (4 / nullif(i_aim, 0) + s.share) as mean
          from (values (-2.02, 0.05), (-0.96, 0.24), (0, 0.42), (0.96, 0.24), (2.02, 0.05))
               as z (off, weight)
         cross join lateral (
            select least(0.995, greatest(0.005,
                       i_p + z.off::float8 * sqrt(0.08 * i_p * (1 - i_p)))) as share) s
        offset 0) n;
$$;
comment on function kpid.forecast_total(float8, float8, float8, boolean, int) is
    'what is to come of a count of which only the total so far is known';
