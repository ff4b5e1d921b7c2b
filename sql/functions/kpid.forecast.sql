create or replace function kpid.forecast(
    i_judged kpid.judgement[], i_event int, i_as_of date, i_every boolean, i_org int)
returns setof kpid.prospect
language plpgsql stable
rows 10000
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan   -- plpgsql for its kept plan
set jit = off
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.forecast(judged, 12, '2024-09-30', false, null)
--
--      Where each target will be at its due date, with the probability that it
--      is reached. Of a plan, which the office itself decides: what is done and
--      what is planned, without a probability. No row where too little is known
--      to say, of a corridor for a count, and of targets for each period.
--
-- Parameters:
--      i_judged  - what is judged, with a value
--      i_event, i_as_of, i_every, i_org  - as for kpid.target_value
--
-- Returns:
--      kpid.prospect rows, at most one for each judgement
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
begin
    return query
with asked as materialized (
    select j.point as pt, g, (j.course).path, (j.course).later, (j.course).p_lin::float8 as p
      from unnest(i_judged) j
      join kpid.target g using (org, target, fiscal_year, version)
     where j.t < g.due and (j.point).aim is not null
), past as materialized (
    select h.org, h.target, h.fiscal_year, h.version, h.series, h
      from kpid.forecast_past(i_event, i_as_of, i_every, i_org) h
), shaped as materialized (  -- once for all periods of a target
    select p.*, l.s
      from past p
      join kpid.target g using (org, target, fiscal_year, version)
      join kpid.indicator i on i.indicator = g.indicator
      left join lateral (
        select d as s from kpid.forecast_declared(g) d
         union all
        select f from kpid.forecast_shape(p.h, i.monotone and i.decimals = 0) f
         limit 1) l on g.aggregate in ('sum', 'ytd')
)
select (a.pt).org, (a.pt).target, (a.pt).fiscal_year, (a.pt).version, (a.pt).t,
       trim_scale(round((a.pt).y + a.later, 4)), null::numeric, null::numeric, null::numeric,
       'plan', null::numeric
  from asked a
 where a.path = 'plan'
 union all
select (a.pt).org, (a.pt).target, (a.pt).fiscal_year, (a.pt).version, (a.pt).t,
       f.value, f.low, f.high, f.probability, f.method, f.error
  from asked a
  join shaped s on (s.org, s.target, s.fiscal_year, s.version, s.series)
                 = ((a.pt).org, (a.pt).target, (a.pt).fiscal_year, (a.pt).version, (a.pt).series)
 cross join lateral (
    select * from kpid.forecast_other(a.pt, a.g, s.h)
     where (a.pt).kind in ('level', 'average')
        or (a.pt).kind = 'count' and (s.s).method is null
     union all
    select * from kpid.forecast_count(a.pt, a.g, a.p, s.h, s.s)
     where (a.pt).kind = 'count' and (a.pt).aim > 0 and (a.g).comparator <> 'between'
     limit 1) f
 where a.path <> 'plan';
end;
$$;
comment on function kpid.forecast(kpid.judgement[], int, date, boolean, int) is
    'where each target will be at its due date';
