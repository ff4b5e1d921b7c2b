create or replace function kpid.forecast_other(pt kpid.point, g kpid.target, h kpid.history)
returns table (value numeric, low numeric, high numeric, probability numeric,
               method text, error numeric)
language sql stable
rows 1
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.forecast_other(point, target, history)
--
--      The forecast of one level, average or net flow (which has no shares),
--      where its past has enough to say.
--      A target is set in order to change a trend, so the past alone would be
--      too sure of itself: the trend of a level may turn (by 0.4 of the way
--      from baseline to target in a whole year), and the guess is weighed
--      against what was intended, the target within half of that way. As the
--      due date comes near the series itself decides. No search_path setting:
--      the planner inlines it.
--
-- Parameters:
--      pt, g  - what is judged
--      h      - the history of its series
--
-- Returns:
--      one row, or none when too little is known
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select p.value, p.low, p.high, p.probability, f.method,
       round(f.error::numeric, coalesce(pt.decimals, 4) + 1)
  from (select coalesce(pt.decimals, 4) as decimals, g.unit in ('%', '％') and pt.kind = 'level' as rate,
               0.5 * 10.0 ^ (- coalesce(pt.decimals, 4)) as half,
               extract(epoch from c.step)::float8 / extract(epoch from interval '1 month')::float8 as step,
               (kpid.month_clock(g.due) - kpid.month_clock(pt.t))::float8 as months
          from kpid.pace_of c where c.frequency = pt.frequency
        offset 0) k
 cross join lateral (
    select * from kpid.forecast_level(h, pt.t, greatest(1, round(k.months / k.step))::int,
                                      0.9 ^ k.step, k.rate)
     where pt.kind = 'level'
     union all
    select * from kpid.forecast_average(h, kpid.year_position(pt.year_first, pt.t, pt.span),
                                        pt.y::float8)
     where pt.kind <> 'level') f
 cross join lateral (
    select case when pt.kind = 'level' and pt.base <> pt.aim then nullif(abs(x.aim - x.base), 0) / 2
           end as sd, x.aim, abs(x.aim - x.base) * k.months / 12 * 0.4 as turn
      from (select case when k.rate then kpid.logit(pt.aim::float8) else pt.aim::float8 end as aim,
                   case when k.rate then kpid.logit(pt.base::float8) else pt.base::float8 end as base) x) w
 cross join lateral (
    select coalesce((f.guess * w.sd ^ 2 + w.aim * v.var) / (w.sd ^ 2 + v.var), f.guess) as guess,
           coalesce(sqrt(v.var) * w.sd / sqrt(w.sd ^ 2 + v.var), f.sd) as sd
      from (select f.sd ^ 2 + w.turn ^ 2 as var) v) b
 cross join lateral kpid.prospect_level(
     b.guess, b.sd, k.rate,
     pt.aim::float8 - case when pt.strict then -1 else 1 end * pt.d * k.half,
     g.value_high::float8 + k.half, pt.d, k.decimals) p;
$$;
comment on function kpid.forecast_other(kpid.point, kpid.target, kpid.history) is
    'the forecast of one level or average';
