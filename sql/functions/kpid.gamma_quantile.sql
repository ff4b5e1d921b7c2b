create or replace function kpid.gamma_quantile(i_z float8, i_mean float8, i_variance float8)
returns float8
language plpgsql immutable parallel safe
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.gamma_quantile(1.2816, 60, 460)
--
--      The value below which a gamma distribution lies as often as a normal
--      one lies below z (Wilson and Hilferty).
--
-- Parameters:
--      i_z         - in standard deviations
--      i_mean      - above 0; else 0 is returned
--      i_variance  - above 0
--
-- Returns:
--      a value of 0 or more
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
declare
    l_v float8 := i_variance / (9 * nullif(i_mean, 0) ^ 2);
begin
    return case when i_mean <= 0 then 0
                else i_mean * greatest(0, 1 - l_v + i_z * sqrt(l_v)) ^ 3 end;
end;
$$;
comment on function kpid.gamma_quantile(float8, float8, float8) is
    'quantiles of a gamma distribution';
