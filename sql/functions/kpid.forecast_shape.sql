create or replace function kpid.forecast_shape(h kpid.history, i_whole boolean)
returns setof kpid.shape
language sql immutable parallel safe
rows 1
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.forecast_shape(history, true)
--
--      Which share of its year each step of a count has had: of all years, a
--      year counting 0.8 of the next one (seasonal); of the last year alone,
--      or an equal one (last_year, run_rate), where three past years at least,
--      each foretold from those before it, would have erred clearly less by
--      it: fewer prove nothing, and choosing by them costs more than it
--      brings. And how far past years drifted within themselves: what their
--      rest was off, against what steps that scatter one by one explain. A
--      year that is not complete, is broken or had nothing teaches nothing; a
--      series that falls has no shares. No search_path setting: the planner
--      inlines it.
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
           row_number() over w / count(*) over (partition by u.year)::float8 as p,
           0.8 ^ (- u.year) as g
      from unnest(h.year, h.pos, h.t, h.y, h.final, h.broken) u (year, pos, t, y, final, broken)
     where u.year < 0
    window w as (partition by u.year order by u.t)
), told as (
    select s.*, sum(s.g * s.y) over e / nullif(sum(s.g * s.total) over e, 0) as before,
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
    select max(e.year) as newest, count(distinct e.year) as years, i_whole::int as whole,
           case when count(distinct e.year) = 1 then 'last_year'
                when count(distinct e.year) < 4 then 'seasonal'
                when avg(e.run_rate) < 0.6 * avg(e.seasonal) then 'run_rate'
                when avg(e.last_year) < 0.6 * avg(e.seasonal) then 'last_year'
                else 'seasonal' end as method
      from erred e
     where e.p between 0.25 and 0.95 and e.least >= 0
    having count(*) > 0
), pooled as (
    select b.method, b.years, b.whole, e.pos, sum(c.g * e.v) as v, sum(c.g * e.total) as total,
           avg(e.p) as p, sum(e.v ^ 2) as v2, sum(e.v * e.total) as vt, sum(e.total ^ 2) as t2,
           sum(e.total) as t1,
           avg(case b.method when 'run_rate' then e.run_rate when 'last_year' then e.last_year
               else e.seasonal end) as error, count(*) over () as steps
      from best b
     cross join erred e
     cross join lateral (
        select case when b.method <> 'last_year' then 0.8 ^ (b.newest - e.year)
                    else (e.year = b.newest)::int end as g) c
     group by b.method, b.years, b.whole, e.pos
), shared as (
    select p.*, case when p.method = 'run_rate' then p.p - coalesce(lag(p.p) over (order by p.pos), 0)
                     when i_whole then (p.v + 12.0 / p.steps) / (p.total + 12)
                     else p.v / p.total end as w
      from pooled p
), apart as materialized (         -- by how much each step was off its share, as squares
    select s.*, case when s.years > 1
                     then (s.v2 - 2 * s.w * s.vt + s.w ^ 2 * s.t2) * s.years / (s.years - 1) - s.whole * s.t1 * s.w
                     else 0 end as scatter,
           case when s.years > 1 then s.w ^ 2 * s.t2 else 0 end as basis,
           sum(s.w) over o as so_far, sum(s.w ^ 2) over o as square, sum(s.w ^ 2) over () as squares
      from shared s
    window o as (order by s.pos)
), drift as materialized (
    select greatest(1, (5 + sum(d.off)) / (5 + count(*))) as of
      from (select least(16, avg((e.total - e.y - (1 - a.so_far) * e.y / nullif(a.so_far, 0)) ^ 2
                   / nullif(((1 - a.so_far) / nullif(a.so_far, 0)) ^ 2
                            * (e.total ^ 2 * c.of * a.square + a.whole * e.total * a.so_far)
                            + e.total ^ 2 * c.of * (a.squares - a.square)
                            + a.whole * e.total * (1 - a.so_far), 0)
                   * (a.years + 1) / (a.years - 1))) as off
              from (select least(0.5, greatest(0, (0.03 * max(a.t2 / a.years / a.steps) + sum(a.scatter))
                                                  / (max(a.t2 / a.years / a.steps) + sum(a.basis)))) as of
                      from apart a) c
             cross join apart a
              join erred e using (pos)
             where e.p between 0.25 and 0.95 and a.years > 1
             group by e.year) d
)
select a.method, array_agg(a.pos order by a.pos), array_agg(a.w order by a.pos),
       array_agg(case when a.method = 'run_rate' then 0
                      when i_whole then 1 / (a.v + 12.0 / a.steps)
                      else 0.03 / a.years end order by a.pos),
       array_agg(a.error order by a.pos), sum(a.scatter), sum(a.basis), max(d.of)
  from apart a
 cross join drift d
 group by a.method;
$$;
comment on function kpid.forecast_shape(kpid.history, boolean) is
    'which share of its year each step of a count has had';
