create or replace function kpid.forecast_shape(h kpid.history, i_whole boolean)
returns setof kpid.shape
language sql immutable parallel safe
rows 1
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.forecast_shape(history, true)
--
--      Which share of its year each step of a count has had, by the method
--      that would have foretold the series' own past best: the pooled share of
--      all years (seasonal), that of the last one (last_year), or an equal one
--      (run_rate). Each past year is foretold from the years before it alone.
--      Seasonal stays unless another errs clearly less: one or two years prove
--      little. A year that is not complete, is broken or had nothing teaches
--      nothing; a series that falls has no shares. No search_path setting: the
--      planner inlines it.
--
-- Parameters:
--      h        - the history
--      i_whole  - whole things: one a month is added to each step's share, so
--                 that a step without any is not impossible
--
-- Returns:
--      one kpid.shape row, or none; error is a share of the year's total, null
--      where no year was foretold
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
with step as (
    select u.year, u.pos, u.y, u.y - coalesce(lag(u.y) over w, 0) as v,
           max(case when u.final then u.y end) over (partition by u.year) as total,
           bool_or(u.broken) over (partition by u.year) as broken,
           row_number() over w / count(*) over (partition by u.year)::float8 as p
      from unnest(h.year, h.pos, h.t, h.y, h.final, h.broken) u (year, pos, t, y, final, broken)
     where u.year < 0
    window w as (partition by u.year order by u.t)
), told as (
    select s.*, sum(s.y) over e / nullif(sum(s.total) over e, 0) as before,
           lag(s.y) over o / lag(s.total) over o as last
      from step s
     where s.total > 0 and not s.broken
    window o as (partition by s.pos order by s.year),
           e as (o rows between unbounded preceding and 1 preceding)
), erred as materialized (
    select t.*, min(t.v) over () as least, abs(t.y / nullif(t.before, 0) / t.total - 1) as seasonal,
           abs(t.y / nullif(t.last, 0) / t.total - 1) as last_year,
           case when t.before is not null then abs(t.y / t.p / t.total - 1) end as run_rate
      from told t
), best as materialized (
    select max(e.year) as newest, count(distinct e.year) as years,
           case when avg(e.run_rate) < 0.6 * avg(e.seasonal) then 'run_rate'
                when avg(e.last_year) < 0.8 * avg(e.seasonal) or count(distinct e.year) = 1
                then 'last_year' else 'seasonal' end as method
      from erred e
     where e.p between 0.25 and 0.95 and e.least >= 0
    having count(*) > 0
), pooled as (
    select b.method, b.years, e.pos, sum(e.v) filter (where b.method <> 'last_year' or e.year = b.newest) as v,
           sum(e.total) filter (where b.method <> 'last_year' or e.year = b.newest) as total,
           avg(e.p) as p, sum(e.v ^ 2) as v2, sum(e.v * e.total) as vt, sum(e.total ^ 2) as t2,
           sum(e.total) as t1,
           avg(case b.method when 'run_rate' then e.run_rate when 'last_year' then e.last_year
               else e.seasonal end) as error, count(*) over () as steps
      from erred e cross join best b
     group by b.method, b.years, e.pos
), shared as (
    select p.*, case when p.method = 'run_rate' then p.p - coalesce(lag(p.p) over (order by p.pos), 0)
                     when i_whole then (p.v + 12.0 / p.steps) / (p.total + 12)
                     else p.v / p.total end as w
      from pooled p
)
select s.method, array_agg(s.pos order by s.pos), array_agg(s.w order by s.pos),
       array_agg(case when s.method = 'run_rate' then 0
                      when i_whole then 1 / (s.v + 12.0 / s.steps)
                      else 0.03 / s.years end order by s.pos),
       array_agg(s.error order by s.pos),
       case when s.years > 1
            then sum((s.v2 - 2 * s.w * s.vt + s.w ^ 2 * s.t2) * s.years / nullif(s.years - 1, 0)
                     - case when i_whole then s.t1 * s.w else 0 end) else 0 end,
       case when s.years > 1 then sum(s.w ^ 2 * s.t2) else 0 end
  from shared s
 group by s.method, s.years;
$$;
comment on function kpid.forecast_shape(kpid.history, boolean) is
    'which share of its year each step of a count has had';
