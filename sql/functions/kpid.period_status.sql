-- An earlier one had other columns and knew no organization.
drop function if exists kpid.period_status(int, date);
create or replace function kpid.period_status(i_event int, i_as_of date, i_org int default null)
returns table (org int, target text, fiscal_year int, version int, t date,
               status text, need int, series int, first date, said text, probability numeric)
language plpgsql stable
rows 10000
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan   -- plpgsql for its kept plan
set jit = off
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.period_status(12, '2024-09-30')
--
--      The year's complete periods in order, each judged by the version of the
--      target in force at its end and with the values known at the event.
--
-- Parameters:
--      i_event  - as known at this event
--      i_as_of  - periods that end later are not complete
--      i_org    - one organization; null is all
--
-- Returns:
--      status of each period; need: bad ones that open an alert (two of a
--      monthly or finer series, one of anything coarser); said: what the
--      period means for an alert, forecast included (kpid.alert_word)
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
#variable_conflict use_column
begin
    return query
select (a.j).org, (a.j).target, (a.j).fiscal_year, (a.j).version, (a.j).t, (a.j).status,
       coalesce(c.need, 1), ((a.j).point).series, ((a.j).point).first, kpid.alert_word(a.j, a.f),
       (a.f).probability
  from kpid.foresee(i_event, i_as_of, true, i_org) a
  left join kpid.pace_of c on c.frequency = ((a.j).point).frequency;
end;
$$;
comment on function kpid.period_status(int, date, int) is
    'the year''s complete periods in order';
