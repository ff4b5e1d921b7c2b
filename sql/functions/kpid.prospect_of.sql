create or replace function kpid.prospect_of(
    i_y float8, i_aim float8, i_d int, i_strict boolean, i_whole boolean, i_decimals int,
    i_mean float8, i_variance float8)
returns table (value numeric, low numeric, high numeric, probability numeric)
language sql immutable parallel safe
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.prospect_of(51, 120, 1, false, true, 0, 50, 400)
--
--      What is there and what is to come, in the words of a forecast: value,
--      the ends between which it lies four times of five, and the probability
--      that the target is reached. No search_path setting: the planner inlines
--      it.
--
-- Parameters:
--      i_y        - there already
--      i_aim, i_d, i_strict  - the target, 1 at least or -1 at most
--      i_whole, i_decimals   - whole things; decimals of the indicator
--      i_mean, i_variance    - of what is to come, without the chance of
--                              counting where things are whole
--
-- Returns:
--      one row, numbers with the decimals of the indicator
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select round((i_y + i_mean)::numeric, coalesce(i_decimals, 4)),
       round((i_y + kpid.gamma_quantile(-1.2816, i_mean, i_variance + i_whole::int * i_mean))::numeric,
             coalesce(i_decimals, 4)),
       round((i_y + kpid.gamma_quantile(1.2816, i_mean, i_variance + i_whole::int * i_mean))::numeric,
             coalesce(i_decimals, 4)),
       round(least(1, greatest(0, kpid.chance(i_aim - i_y, i_strict, i_d, i_whole,
                                              i_mean, i_variance)))::numeric, 4);
$$;
comment on function kpid.prospect_of(
    float8, float8, int, boolean, boolean, int, float8, float8) is
    'what is there and what is to come, in the words of a forecast';
