create or replace function kpid.count_tail(i_n float8, i_mean float8, i_variance float8)
returns float8
language plpgsql immutable parallel safe
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.count_tail(69, 60, 400)
--
--      How likely at least n things are to come, when their rate is only known
--      as a gamma distribution: a negative binomial.
--
-- Parameters:
--      i_n         - things that are needed
--      i_mean      - expected
--      i_variance  - of the rate, without the chance of counting
--
-- Returns:
--      a probability
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
declare
    l_size float8 := i_mean ^ 2 / greatest(i_variance, 1e-6);
begin
    return case when i_n <= 0 then 1 when i_mean <= 0 then 0
                else kpid.beta_cdf(i_mean / (i_mean + l_size), i_n, l_size) end;
end;
$$;
comment on function kpid.count_tail(float8, float8, float8) is
    'how likely at least n things are to come';
