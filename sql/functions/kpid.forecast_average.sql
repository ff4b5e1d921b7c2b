create or replace function kpid.forecast_average(h kpid.history, i_pos int, i_y float8)
returns table (method text, guess float8, sd float8, error float8)
language sql immutable parallel safe
rows 1
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.forecast_average(history, 531, 32.4)
--
--      A mean, ratio or net flow of the year so far, carried to the year's end
--      by what it did from the same place on in at least three past years:
--      nothing (run_rate), the mean change (seasonal) or the last one
--      (last_year), whichever would have erred least when foretold from
--      earlier years alone. The spread of those changes, or what the last one
--      erred by, is the uncertainty. No search_path setting: the planner
--      inlines it.
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
    select y.year, y.change, lag(y.change) over (order by y.year) as last,
           avg(y.change) over (order by y.year rows between unbounded preceding
                               and 1 preceding) as before
      from year y
     where y.change is not null
), tried as (
    select count(*) as years, avg(t.change) as change, var_samp(t.change) as variance,
           avg(t.change ^ 2) as square, avg(abs(t.change)) filter (where t.before is not null) as still,
           avg(abs(t.change - t.before)) as moved, avg(abs(t.change - t.last)) as again,
           avg((t.change - t.last) ^ 2) as again_square,
           (array_agg(t.change order by t.year desc))[1] as newest
      from told t
    having count(*) >= 3
)
select m.method, i_y + case m.method when 'last_year' then t.newest when 'seasonal' then t.change else 0 end,
       greatest(1e-9, sqrt((1 + 2.0 / t.years)
                           * case m.method when 'last_year' then t.again_square
                                  when 'seasonal' then t.variance * (1 + 1.0 / t.years)
                                  else t.square end)),
       case m.method when 'last_year' then t.again when 'seasonal' then t.moved else t.still end
  from tried t
 cross join lateral (
    select case when t.again < 0.9 * least(t.still, t.moved) then 'last_year'
                when t.moved < 0.9 * t.still then 'seasonal' else 'run_rate' end as method) m;
$$;
comment on function kpid.forecast_average(kpid.history, int, float8) is
    'a mean or ratio carried to the end of the year';
