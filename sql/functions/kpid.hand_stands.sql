create or replace function kpid.hand_stands(
    i_series jsonb, i_period date, i_value numeric, i_missing text)
returns boolean
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.hand_stands(4)
--
--      Is this what the store answers? Asked when a person types again what
--      was typed before: meanwhile a file may have said something else.
--
-- Parameters:
--      i_series  - {org, indicator, frequency, span, dims}
--      i_period  - its first day
--      i_value   - null for a missing one
--      i_missing - its reason, or null
-- ----------------------------------------------------------------------
select exists (
    select from kpid.series s
      join kpid.observation o on o.org = s.org and o.series = s.series
     where s.org = (i_series ->> 'org')::int
       and s.indicator = i_series ->> 'indicator'
       and s.frequency = i_series ->> 'frequency'
       and s.span = i_series ->> 'span'
       and s.dims = i_series -> 'dims'
       and o.period = i_period
       and o.status <> 'X'
       and o.value is not distinct from i_value
       and kpid.missing_reason(o.status) is not distinct from i_missing);
$$;
comment on function kpid.hand_stands(jsonb, date, numeric, text) is
    'whether the store answers what was typed';
