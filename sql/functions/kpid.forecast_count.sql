create or replace function kpid.forecast_count(
    pt kpid.point, g kpid.target, i_p float8, h kpid.history, s kpid.shape)
returns table (value numeric, low numeric, high numeric, probability numeric,
               method text, error numeric)
language sql stable
rows 1
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.forecast_count(point, target, 0.5, history, shape)
--
--      The forecast of one count: by the shape of its year where that is
--      known, else by its months so far, with the shapes of other counts
--      (kindred) or without, else by its total so far (whole things only: how
--      far amounts scatter nobody knows without months). What fell this year
--      is a net flow, and has no run rate. No search_path setting: the planner
--      inlines it.
--
-- Parameters:
--      pt, g  - what is judged
--      i_p    - linear share of the year that is over
--      h      - the history of its series, or null
--      s      - kpid.forecast_shape or kpid.forecast_kin of it, or null
--
-- Returns:
--      one row, or none when too little is known
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
with now as (
    select array_agg(n.pos order by n.t) as pos, array_agg(n.v order by n.t) as v,
           coalesce(min(n.v), 0) >= 0 as grows,
           pt.span = 'M' and g.due + 1 = (pt.year_first + interval '1 year')::date
           and round(i_p * 12) = count(*) as months
      from (select u.pos, u.t, u.y - coalesce(lag(u.y) over (order by u.t), 0) as v
              from unnest(h.year, h.pos, h.t, h.y) u (year, pos, t, y)
             where u.year = 0 and u.t <= pt.t) n
), came as (
    select f.mean, f.variance, s.method, f.error, null::float8 as probability, 1 as rank
      from now n
     cross join lateral kpid.forecast_seasonal(
         s, n.pos, n.v, kpid.year_position(pt.year_first, g.due, pt.span), pt.aim::float8,
         pt.monotone and pt.decimals = 0) f
     where s.method <> 'kindred' and n.pos is not null
     union all
    select f.mean, f.variance, 'kindred', null, f.probability, 2
      from now n
     cross join lateral kpid.forecast_kindred(
         s, n.v, pt.aim::float8, (pt.aim - pt.y)::float8, array[pt.d, pt.strict::int],
         pt.monotone and pt.decimals = 0) f
     where s.method = 'kindred' and n.months and n.grows
     union all
    select f.mean, f.variance, 'run_rate', null, null, 3
      from now n
     cross join lateral kpid.forecast_run_rate(n.v, pt.aim::float8, pt.monotone and pt.decimals = 0) f
     where s.method is null and n.months
     union all
    select f.mean, f.variance, 'run_rate', null, f.probability, 4
      from now n
     cross join kpid.forecast_total(pt.y::float8, pt.aim::float8, i_p, pt.strict, pt.d) f
     where coalesce(s.method, 'kindred') = 'kindred' and pt.monotone and pt.decimals = 0 and pt.y >= 0
       and n.grows and i_p > 0 and i_p < 1
), best as (
    select c.* from came c where c.mean is not null order by c.rank limit 1
)
select f.value, f.low, f.high, coalesce(round(b.probability::numeric, 4), f.probability), b.method,
       round((b.error * f.value::float8)::numeric, greatest(coalesce(pt.decimals, 4), 1))
  from best b
 cross join lateral kpid.prospect_of(
     pt.y::float8, pt.aim::float8, pt.d, pt.strict, pt.monotone and pt.decimals = 0, pt.decimals,
     b.mean, b.variance) f;
$$;
comment on function kpid.forecast_count(kpid.point, kpid.target, float8, kpid.history, kpid.shape) is
    'the forecast of one count';
