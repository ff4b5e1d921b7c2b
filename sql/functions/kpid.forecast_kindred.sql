create or replace function kpid.forecast_kindred(
    s kpid.shape, i_v float8[], i_aim float8, i_rest float8, i_says int[], i_whole boolean)
returns table (mean float8, variance float8, probability float8)
language sql stable
rows 1
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.forecast_kindred(kin, '{8,5,9}', 120, 98, '{1,0}', true)
--
--      What is to come of a count without a past: its year may be like that of
--      another count of the organization, or like none of them. Each of them
--      carries the months so far to the year's end by its own shares (as
--      kpid.forecast_seasonal, months scatter by 0.05), and counts by how
--      likely these months were with it; that it is like none
--      (kpid.forecast_run_rate, a month half like the one before) weighs as
--      much as eight others. No search_path setting: the planner inlines it.
--
-- Parameters:
--      s        - kpid.forecast_kin
--      i_v      - what each month of the year brought, from its first, 0 or more
--      i_aim    - the target, above 0
--      i_rest   - target less what is there
--      i_says   - 1 at least or -1 at most; 1 where equal does not do
--      i_whole  - whole things
--
-- Returns:
--      one row: mean and variance as kpid.forecast_seasonal has them, and the
--      probability, which is no single distribution's
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
with share as (
    select (u.i - 1) / 12 as kin, i_v[(u.i - 1) % 12 + 1] as v, i_aim * u.w as m, 0.05 + u.blur as off
      from unnest(s.w, s.blur) with ordinality u (w, blur, i)
), level as (
    select h.*, case when i_whole then (12 + sum(h.v) over k)
                                       / (12 + sum(h.m) filter (where h.v is not null) over k)
                     else least(3, greatest(0.1, sum(h.v) over k
                                       / sum(h.m) filter (where h.v is not null) over k)) end as of
      from share h
    window k as (partition by h.kin)
), seen as (
    select l.*, l.v / l.m as x,
           l.of ^ 2 * l.off + case when i_whole then l.of / l.m else 0 end as variance
      from level l
), kin as (
    select n.kin, max(n.of) as level, 12 + sum(1 / n.variance) filter (where n.v is not null) as sure,
           12 + sum(n.x / n.variance) as pull,
           12 + sum(ln(n.variance * n.m ^ 2) + n.x ^ 2 / n.variance) as off,
           sum(n.m) filter (where n.v is null) as rest,
           sum((n.of * n.m) ^ 2 * n.off) filter (where n.v is null) as scatter
      from seen n
     group by n.kin
), came as (
    select 1 as weight, -0.5 * (k.off - k.pull ^ 2 / k.sure + ln(k.sure / 12)) as likely,
           k.rest * greatest(k.pull / k.sure, 0.1 * k.level) as mean, k.rest ^ 2 / k.sure + k.scatter as variance
      from kin k
     union all
    select 8, (select -0.5 * sum(ln(a.variance * (i_aim / 12) ^ 2) + (a.x - a.guess) ^ 2 / a.variance)
                 from (select e.x, e.guess,
                              0.3 + case when i_whole then greatest(e.guess, 0.3) * 12 / i_aim else 0 end as variance
                         from (select u.v * 12 / i_aim as x,
                                      coalesce(0.5 + 0.5 * lag(u.v) over (order by u.i) * 12 / i_aim, 1) as guess
                                 from unnest(i_v) with ordinality u (v, i)) e) a),
           r.mean, r.variance
      from kpid.forecast_run_rate(i_v, i_aim, i_whole) r
), weighed as (
    select c.mean, c.variance, c.weight * exp(c.likely - c.best) as w,
           kpid.chance(i_rest, i_says[2] = 1, i_says[1], i_whole, c.mean, c.variance) as p
      from (select a.*, max(a.likely) over () as best from came a) c
     where c.likely > c.best - 7
)
select sum(g.w * g.mean) / sum(g.w),
       sum(g.w * (g.variance + g.mean ^ 2)) / sum(g.w) - (sum(g.w * g.mean) / sum(g.w)) ^ 2,
       sum(g.w * g.p) / sum(g.w)
  from weighed g
having count(*) > 0;
$$;
comment on function kpid.forecast_kindred(kpid.shape, float8[], float8, float8, int[], boolean) is
    'what is to come of a count without a past';
