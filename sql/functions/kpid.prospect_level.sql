create or replace function kpid.prospect_level(
    i_guess float8, i_sd float8, i_rate boolean, i_bar float8, i_bar_high float8, i_d int, i_decimals int)
returns table (value numeric, low numeric, high numeric, probability numeric)
language sql immutable parallel safe
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.prospect_level(72.9, 0.4, false, 72.95, null, 1, 1)
--
--      The forecast of a level or an average in the words of a forecast, as
--      kpid.prospect_of has it for counts. No search_path setting: the planner
--      inlines it.
--
-- Parameters:
--      i_guess, i_sd  - normal; of the logit where i_rate
--      i_rate         - the logit of per cent is meant
--      i_bar          - what it must reach or stay under, half a last decimal
--                       before the target, since it is compared rounded
--      i_bar_high     - upper end of a corridor, or null
--      i_d            - 1 at least, -1 at most
--      i_decimals     - of the indicator
--
-- Returns:
--      one row
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select round(case when i_rate then 100 / (1 + exp(- i_guess)) else i_guess end::numeric, i_decimals),
       round(case when i_rate then 100 / (1 + exp(1.2816 * i_sd - i_guess))
                  else i_guess - 1.2816 * i_sd end::numeric, i_decimals),
       round(case when i_rate then 100 / (1 + exp(- 1.2816 * i_sd - i_guess))
                  else i_guess + 1.2816 * i_sd end::numeric, i_decimals),
       round(greatest(0, kpid.normal_cdf(i_d * (i_guess - b.low) / i_sd)
             - coalesce(kpid.normal_cdf((i_guess - b.high) / i_sd), 0))::numeric, 4)
  from (select case when i_rate then kpid.logit(i_bar) else i_bar end as low,
               case when i_rate then kpid.logit(i_bar_high) else i_bar_high end as high) b;
$$;
comment on function kpid.prospect_level(
    float8, float8, boolean, float8, float8, int, int) is
    'the forecast of a level in the words of a forecast';
