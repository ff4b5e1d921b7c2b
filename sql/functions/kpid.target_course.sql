create or replace function kpid.target_course(i_points kpid.point[])
returns setof kpid.course
language plpgsql stable
rows 100000
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan   -- plpgsql for its kept plan
set jit = off
set enable_nestloop = off                     -- join the steps by hash, never pairwise
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.target_course(array(select p from kpid.target_point(12, '2024-09-30', false) p))
--
--      How far a target is expected to be: its path, p(t) and E(t). A count
--      that declares no path follows the shares of its own past years; without
--      them it is linear and says so (wanting). A plan judges only what ends
--      on or after the day it was stated.
--
-- Parameters:
--      i_points  - what is judged
--
-- Returns:
--      kpid.course rows, one for each point
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
begin
    return query
with clock as (
    select p.*, g.due, g.path as wish, g.plan, g.plan_stated, g.aggregate,
           p.kind in ('count', 'level') or g.path is not null and p.base is not null as moves,
           case when p.t >= g.due then 1
                else greatest(0, (kpid.month_clock(p.t) - kpid.month_clock(p.begins))
                               / (kpid.month_clock(g.due) - kpid.month_clock(p.begins))) end as p_lin
      from unnest(i_points) p
      join kpid.target g using (org, target, fiscal_year, version)
), named as (
    select c.*, r.*,
           case when c.kind = 'periods' then 'calendar'
                when not c.moves then 'none'
                when c.wish = 'none' then 'none'
                when c.e is not null then 'last_year'
                when c.kind = 'count' and c.wish = 'plan' and c.plan is not null
                     and c.t >= coalesce(c.plan_stated, c.t) then 'plan'
                when c.kind = 'count' and c.share is not null
                     and c.wish is distinct from 'linear' then 'seasonal'
                else 'linear' end as path
      from clock c
      left join lateral kpid.plan_rest(c.plan, c.aim, c.t) r on c.plan is not null
), shared as (
    select n.*,
           case when n.t >= n.due then 1
                when n.path = 'linear' or not n.moves then n.p_lin
                when n.path = 'seasonal' then n.share
                when n.path = 'none' then 0 end as at
      from named n
)
select s.org, s.target, s.fiscal_year, s.version, s.t, s.path,
       s.path = 'linear' and s.kind = 'count' and s.wish is distinct from 'linear',
       round(case when s.path in ('last_year', 'plan') then x.e / nullif(s.aim, 0) else s.at end, 12),
       round(s.p_lin, 12), x.e,
       case when s.path = 'plan' then s.planned end,
       case when s.path = 'plan' then s.later end,
       case when s.path = 'plan' then s.next_step end
  from shared s
 cross join lateral (
    select round(case
        when s.path in ('calendar', 'last_year') then s.e
        when not s.moves then s.aim
        when s.path = 'plan' then greatest(0, s.aim - s.later
             - greatest(0, s.aim - s.planned) * (1 - s.p_lin))
        else s.base + (s.aim - s.base) * s.at end, 10) as e) x;
end;
$$;
comment on function kpid.target_course(kpid.point[]) is
    'how far a target is expected to be: its path, p(t) and E(t)';
