create or replace function kpid.normal_cdf(i_z float8)
returns float8
language plpgsql immutable parallel safe
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.normal_cdf(1.96)
--
--      The share of a standard normal below z, to 7.5e-8 (Abramowitz and
--      Stegun, 26.2.17).
--
-- Parameters:
--      i_z  - in standard deviations
--
-- Returns:
--      0.975 for the example
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
declare
    l_a    float8 := least(abs(i_z), 30);
    l_t    float8 := 1 / (1 + 0.2316419 * l_a);
    l_tail float8 := exp(- l_a * l_a / 2) / sqrt(2 * pi()) * l_t
                     * (0.31938153 + l_t * (-0.356563782 + l_t * (1.781477937
                        + l_t * (-1.821255978 + l_t * 1.330274429))));
begin
    return case when i_z >= 0 then 1 - l_tail else l_tail end;
end;
$$;
comment on function kpid.normal_cdf(float8) is
    'the share of a standard normal below z';
