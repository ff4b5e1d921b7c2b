create or replace function kpid.forecast_past(i_event int, i_as_of date, i_every boolean, i_org int)
returns setof kpid.history
language plpgsql stable
rows 10000
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan   -- plpgsql for its kept plan
set jit = off
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.forecast_past(12, '2024-09-30', false, null)
--
--      What the series of each target say, this year and before, gathered for
--      forecasts. Only complete periods, as known at the event; 29 February
--      stands for the 28th.
--
-- Parameters:
--      i_event, i_as_of, i_every, i_org  - as for kpid.target_value
--
-- Returns:
--      kpid.history rows, one for each series of a target
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
begin
    return query
select r.org, r.target, r.fiscal_year, r.version, r.series,
       array_agg(r.year order by r.t), array_agg(r.pos order by r.t), array_agg(r.t order by r.t),
       array_agg(r.y::float8 order by r.t), array_agg(r.final order by r.t),
       array_agg(r.broken order by r.t)
  from kpid.target_value(i_event, i_as_of, i_every, i_org) r
 where r.whole and r.y is not null
   and not (date_part('month', r.t) = 2 and date_part('day', r.t) = 28
            and date_part('day', r.t + 1) = 29 and r.span = 'D')
 group by r.org, r.target, r.fiscal_year, r.version, r.series;
end;
$$;
comment on function kpid.forecast_past(int, date, boolean, int) is
    'what the series of each target say, gathered for forecasts';
