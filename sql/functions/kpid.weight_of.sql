create or replace function kpid.weight_of(
    i_event int, g kpid.target, i_series int, i_denominator text, i_period date)
returns numeric
language plpgsql stable
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan   -- plpgsql for its kept plan
set jit = off
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.weight_of(12, target, 7, 'certificates', '2024-09-01')
--
--      What a period counts in a mean or a ratio of sums: the value of the
--      denominator's series of the same kind; 1 in the mean of an indicator
--      without one. Not inlined: it is rarely asked.
--
-- Parameters:
--      i_event  - as known at this event
--      g        - the target
--      i_series - the series whose mean or sum it is
--      i_denominator  - indicator of the denominator, or null
--      i_period - first day of the period
--
-- Returns:
--      the weight; null when the denominator is not known
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
declare
    l_series int := (
        select n.series
          from kpid.series s
          join kpid.series n on (n.org, n.indicator, n.frequency, n.span, n.dims)
                              = (s.org, i_denominator, s.frequency, s.span, s.dims)
         where s.org = g.org and s.series = i_series);
begin
    if l_series is null and g.aggregate = 'mean' then
        return 1;
    end if;
    return (select o.value
              from kpid.value_known(i_event, g.org, l_series, g.compare) o
             where o.period = i_period);
end;
$$;
comment on function kpid.weight_of(int, kpid.target, int, text, date) is
    'what a period counts in a mean or a ratio of sums';
