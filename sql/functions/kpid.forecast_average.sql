create or replace function kpid.forecast_average(h kpid.history, i_pos int, i_y float8)
returns table (method text, guess float8, sd float8, error float8)
language sql immutable parallel safe
rows 1
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.forecast_average(history, 531, 32.4)
--
--      A mean, ratio or net flow of the year so far, carried to the year's end by what
--      it did from the same place on in at least three past years: nothing
--      (run_rate) or the mean change (seasonal), whichever would have erred
--      less when foretold from earlier years alone. The spread of those
--      changes is the uncertainty. No search_path setting: the planner inlines
--      it.
--
-- Parameters:
--      h      - the history
--      i_pos  - the place in the year
--      i_y    - the value there
--
-- Returns:
--      as kpid.forecast_level
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
with year as (
    select u.year, max(u.y) filter (where u.final) - max(u.y) filter (where u.pos = i_pos) as change
      from unnest(h.year, h.pos, h.y, h.final, h.broken) u (year, pos, y, final, broken)
     where u.year < 0
     group by u.year
    having not bool_or(u.broken)
), told as (
    select y.change, avg(y.change) over (order by y.year rows between unbounded preceding
                                         and 1 preceding) as before
      from year y
     where y.change is not null
), tried as (
    select count(*) as years, avg(t.change) as change, var_samp(t.change) as variance,
           avg(t.change ^ 2) as square, avg(abs(t.change)) filter (where t.before is not null) as still,
           avg(abs(t.change - t.before)) as moved
      from told t
    having count(*) >= 3
)
select case when m.moves then 'seasonal' else 'run_rate' end,
       i_y + case when m.moves then t.change else 0 end,
       greatest(1e-9, sqrt((1 + 2.0 / t.years) * case when m.moves
                then t.variance * (1 + 1.0 / t.years) else t.square end)),
       case when m.moves then t.moved else t.still end
  from tried t
 cross join lateral (select t.moved < 0.9 * t.still as moves) m;
$$;
comment on function kpid.forecast_average(kpid.history, int, float8) is
    'a mean or ratio carried to the end of the year';
