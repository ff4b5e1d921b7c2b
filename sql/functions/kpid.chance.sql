create or replace function kpid.chance(
    i_rest float8, i_strict boolean, i_d int, i_whole boolean, i_mean float8, i_variance float8)
returns float8
language plpgsql immutable parallel safe
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.chance(69, false, 1, true, 60, 400)
--
--      How likely a count reaches its target with what is to come: things are
--      counted (negative binomial), amounts are not (gamma).
--
-- Parameters:
--      i_rest      - target less what is there already
--      i_strict    - equal does not do
--      i_d         - 1 at least, -1 at most
--      i_whole     - whole things
--      i_mean, i_variance  - of what is to come; without the chance of
--                            counting where things are whole
--
-- Returns:
--      a probability; 0.3 for the example
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
declare
    l_v    float8 := greatest(i_variance, 1e-9) / (9 * nullif(i_mean, 0) ^ 2);
    l_tail float8;
begin
    l_tail := case
        when i_whole
        then kpid.count_tail(case when i_strict = (i_d = 1) then floor(i_rest) + 1
                                  else ceil(i_rest) end, i_mean, i_variance)
        when i_rest <= 0 then 1
        when i_mean <= 0 then 0
        else kpid.normal_cdf((1 - l_v - cbrt(i_rest / i_mean)) / sqrt(l_v)) end;
    return case i_d when 1 then l_tail else 1 - l_tail end;
end;
$$;
comment on function kpid.chance(float8, boolean, int, boolean, float8, float8) is
    'how likely a count reaches its target with what is to come';
