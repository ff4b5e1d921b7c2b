create or replace function kpid.forecast_level(
    h kpid.history, i_t date, i_ahead int, i_keep float8, i_rate boolean)
returns table (method text, guess float8, sd float8, error float8)
language sql immutable parallel safe
rows 1
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.forecast_level(history, '2024-09-30', 6, 0.9, true)
--
--      A level carried from its last value to the due date. The trend of the
--      last twelve steps dies away (0.9 a month), is left out, or is kept:
--      what would have erred least, made at every earlier step as far ahead as
--      the due date is now; the errors are the uncertainty. A rate in per cent
--      is carried as ln(y / (100 - y)): it can come near 0 and 100, not past
--      them. No search_path setting: the planner inlines it.
--
-- Parameters:
--      h        - the history
--      i_t      - the last step that is known
--      i_ahead  - steps to the due date
--      i_keep   - how much of the trend each step keeps
--      i_rate   - per cent
--
-- Returns:
--      one row, guess and sd of y or of its logit; method damped_trend,
--      no_change or trend; error in the unit of y. None with fewer than three
--      errors to learn from
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
with value as (
    select u.y, case when i_rate then kpid.logit(u.y) else u.y end as x,
           row_number() over (order by u.t) as n
      from unnest(h.t, h.y) u (t, y)
     where u.t <= i_t
), origin as (
    select v.*, regr_slope(v.x, v.n) over (w rows between 12 preceding and current row) as slope,
           lead(v.x, i_ahead) over w as later_x, lead(v.y, i_ahead) over w as later_y,
           v.n = max(v.n) over () as last
      from value v
    window w as (order by v.n)
), tried as (
    select m.*, o.last, o.later_x, o.later_y, o.x + o.slope * m.steps as guess
      from origin o
     cross join lateral (
        values ('damped_trend', 0.9, i_keep * (1 - i_keep ^ i_ahead) / (1 - i_keep)),
               ('no_change', 1, 0), ('trend', 1, i_ahead)) m (method, handicap, steps)
     where o.n >= 4
)
select t.method, max(t.guess) filter (where t.last),
       greatest(1e-9, sqrt(avg((t.later_x - t.guess) ^ 2) * (1 + 2.0 / count(t.later_x)))),
       avg(abs(t.later_y - case when i_rate then 100 / (1 + exp(- t.guess)) else t.guess end))
  from tried t
 group by t.method, t.handicap
having count(t.later_x) >= 3
 order by avg((t.later_x - t.guess) ^ 2) * t.handicap, t.method
 limit 1;
$$;
comment on function kpid.forecast_level(kpid.history, date, int, float8, boolean) is
    'a level carried from its last value to the due date';
