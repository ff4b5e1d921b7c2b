-- An earlier one asked for all targets again.
drop function if exists kpid.forecast(kpid.judgement[], int, date, boolean, int);
create or replace function kpid.forecast(
    i_judged kpid.judgement[], i_event int, i_as_of date)
returns setof kpid.prospect
language plpgsql stable
rows 10000
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan   -- plpgsql for its kept plan
set jit = off
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.forecast(judged, 12, '2024-09-30')
--
--      Where each target will be at its due date, with the probability that it
--      is reached. Of a plan, which the office itself decides: what is done and
--      what is planned, without a probability. No row where too little is known
--      to say, of a corridor for a count, and of targets for each period. The
--      past of a series is read, and its shape found, once for all periods of
--      a target, and what other counts of an organization say once for all of
--      its targets. What costs follows what is judged, not what there is. A
--      series that fell in a past year is a net flow, whatever it was declared.
--
-- Parameters:
--      i_judged  - what is judged, with a value
--      i_event   - as known at this event
--      i_as_of   - periods that end later are not complete
--
-- Returns:
--      kpid.prospect rows, at most one for each judgement
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
#variable_conflict use_column
begin
    return query
with asked as materialized (
    select j.org, j.target, j.fiscal_year, j.version, (j.point).series, array_agg(j) as every
      from unnest(i_judged) j
     where (j.course).path <> 'plan' and (j.point).aim is not null
     group by j.org, j.target, j.fiscal_year, j.version, (j.point).series
), past as materialized (
    select a.every, g, h, i.monotone and i.decimals = 0 as whole
      from asked a
      join kpid.target g using (org, target, fiscal_year, version)
      join kpid.indicator i on i.indicator = g.indicator
     cross join lateral kpid.forecast_past(i_event, i_as_of, g, a.series) h
     where exists (select from unnest(a.every) j where j.t < g.due)
), shaped as materialized (
    select p.*, n.falls, (p.g).aggregate in ('sum', 'ytd') as counts, l.s
      from past p
     cross join lateral (
        select coalesce(bool_or(u.y < u.before), false) as falls
          from (select y, lag(y, 1, 0::float8) over (partition by year order by t) as before
                  from unnest((p.h).year, (p.h).t, (p.h).y) u (year, t, y)
                 where year < 0 and (p.g).aggregate in ('sum', 'ytd')) u
        offset 0) n
      left join lateral (
        select d as s from kpid.forecast_declared(p.g) d
         where (p.g).aggregate in ('sum', 'ytd')
         union all
        select f from kpid.forecast_shape(p.h, p.whole) f
         where (p.g).aggregate in ('sum', 'ytd') and not n.falls
         limit 1) l on true
     where (p.h).t is not null
), kin as materialized (
    select o.org, o.fiscal_year, o.year_kind, kpid.forecast_kin(i_event, o.org, o.fiscal_year, o.year_kind) as s
      from (select distinct (s.g).org, (s.g).fiscal_year, (s.g).year_kind
              from shaped s
             where s.counts and not s.falls and (s.s).method is null and (s.every[1].point).span = 'M') o
), known as (
    select s.every, s.g, s.h, s.falls, case when (s.s).method is null and not s.falls then k.s else s.s end as s
      from shaped s
      left join kin k
        on s.counts and (k.org, k.fiscal_year, k.year_kind) = ((s.g).org, (s.g).fiscal_year, (s.g).year_kind)
)
select j.org, j.target, j.fiscal_year, j.version, j.t,
       trim_scale(round((j.point).y + (j.course).later, 4)), null::numeric, null::numeric,
       null::numeric, 'plan', null::numeric
  from unnest(i_judged) j
  join kpid.target g using (org, target, fiscal_year, version)
 where (j.course).path = 'plan' and (j.point).aim is not null and j.t < g.due
 union all
select j.org, j.target, j.fiscal_year, j.version, j.t,
       f.value, f.low, f.high, f.probability, f.method, f.error
  from known s
 cross join lateral unnest(s.every) j
 cross join lateral (
    select * from kpid.forecast_other(j.point, s.g, s.h)
     where (j.point).kind in ('level', 'average')
        or (j.point).kind = 'count' and s.falls and (s.s).method is null
     union all
    select * from kpid.forecast_count(j.point, s.g, (j.course).p_lin::float8, s.h, s.s)
     where (j.point).kind = 'count' and (j.point).aim > 0 and (s.g).comparator <> 'between'
       and (not s.falls or (s.s).method is not null)
     limit 1) f
 where j.t < (s.g).due;
end;
$$;
comment on function kpid.forecast(kpid.judgement[], int, date) is
    'where each target will be at its due date';
