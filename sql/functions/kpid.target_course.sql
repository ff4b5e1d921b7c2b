create or replace function kpid.target_course(pt kpid.point, g kpid.target)
returns setof kpid.course
language sql stable
rows 1
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.target_course(point, target)
--
--      How far a target is expected to be: its path, p(t) and E(t). A count
--      that declares no path follows the shares of its own past years; without
--      them it is linear and says so (wanting). A seasonal path with steps has
--      the shape the steps declare. A plan judges only what ends
--      on or after the day it was stated. The preset tama is linear, the
--      preset rising_mean the mean of a share that grows evenly. No
--      search_path setting: the planner inlines it; offset 0 keeps it from
--      computing a thing twice.
--
-- Parameters:
--      pt  - where it is judged
--      g   - the target
--
-- Returns:
--      one kpid.course row
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select g.org, g.target, g.fiscal_year, g.version, pt.t, n.path,
       n.path = 'linear' and pt.kind = 'count' and k.wish is distinct from 'linear',
       round(case when n.path in ('last_year', 'plan') then x.e / nullif(pt.aim, 0) else a.at end, 12),
       round(k.p_lin, 12), x.e,
       case when n.path = 'plan' then r.planned end,
       case when n.path = 'plan' then r.later end,
       case when n.path = 'plan' then r.next_step end
  from (select coalesce(g.path, case g.preset when 'tama' then 'linear' end) as wish,
               pt.kind in ('count', 'level')
               or (g.path is not null or g.preset = 'rising_mean') and pt.base is not null as moves,
               case when pt.t >= g.due then 1
                    when pt.t is not null
                    then greatest(0, (kpid.month_clock(pt.t) - kpid.month_clock(pt.begins))
                                   / (kpid.month_clock(g.due) - kpid.month_clock(pt.begins)))
                    end as p_lin
        offset 0) k
  left join lateral (
    select l.*, case when k.wish = 'seasonal' then (l.planned - l.later) / nullif(l.planned, 0)
                     end as declared
      from kpid.plan_rest(g.plan, pt.aim, pt.t) l
     where g.plan is not null and k.wish in ('plan', 'seasonal')
    offset 0) r on true
 cross join lateral (
    select case when pt.kind = 'periods' then 'calendar'
                when not k.moves or k.wish = 'none' then 'none'
                when pt.e is not null then 'last_year'
                when pt.kind = 'count' and k.wish = 'plan' and g.plan is not null
                     and pt.t >= coalesce(g.plan_stated, pt.t) then 'plan'
                when pt.kind = 'count' and coalesce(r.declared, pt.share) is not null
                     and k.wish is distinct from 'linear' then 'seasonal'
                else 'linear' end as path
    offset 0) n
 cross join lateral (
    select case when pt.t >= g.due then 1
                when n.path = 'linear' or not k.moves then k.p_lin
                when n.path = 'seasonal' then coalesce(r.declared, pt.share)
                when n.path = 'none' then 0 end as at
    offset 0) a
 cross join lateral (
    select round(case
        when pt.t is null then null
        when n.path in ('calendar', 'last_year') then pt.e
        when not k.moves then pt.aim
        when n.path = 'plan' then greatest(0, pt.aim - r.later
             - greatest(0, pt.aim - r.planned) * (1 - k.p_lin))
        when pt.kind = 'average' and g.preset = 'rising_mean'
        then pt.base + (pt.aim - pt.base) * (1 + a.at) / 2
        else pt.base + (pt.aim - pt.base) * a.at end, 10) as e
    offset 0) x
offset 0;
$$;
comment on function kpid.target_course(kpid.point, kpid.target) is
    'how far a target is expected to be: its path, p(t) and E(t)';
