create or replace function kpid.forecast_run_rate(i_v float8[], i_aim float8, i_whole boolean)
returns table (mean float8, variance float8)
language sql stable
rows 1
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.forecast_run_rate('{8,5,9}', 120, true)
--
--      What is to come of a count whose year has no known shape: the months so
--      far, weighed by what a month says about later ones (kpid.pace_weight).
--      No search_path setting: the planner inlines it.
--
-- Parameters:
--      i_v      - what each month of the year brought, from its first
--      i_aim    - the target, above 0
--      i_whole  - whole things
--
-- Returns:
--      as kpid.forecast_seasonal; none for months that fall or after 11 months
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select i_aim / 12 * greatest(12 - cardinality(i_v) + sum(w.weight * (u.v * 12 / nullif(i_aim, 0) - 1)), 0.2),
       (i_aim / 12) ^ 2 * max(w.variance)
  from unnest(i_v) with ordinality u (v, month)
  join kpid.pace_weight w on w.month = u.month and w.months = cardinality(i_v)
   and w.size = case when i_whole then greatest(-2, least(10, round(log(greatest(i_aim, 0.1) / 12) / log(2))))::int
                     else 20 end
having min(u.v) >= 0 and count(*) = cardinality(i_v);
$$;
comment on function kpid.forecast_run_rate(float8[], float8, boolean) is
    'what is to come of a count whose year has no known shape';
