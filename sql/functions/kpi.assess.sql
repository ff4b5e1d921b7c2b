create or replace function kpi.assess(as_of date, known_at timestamptz default null)
returns table (
    target text, goal int, item text, name text, indicator text, org text, fiscal_year int,
    comparator text, target_value numeric, unit text, aggregate text, baseline numeric, due date,
    actual numeric, actual_period text, path text, expected numeric, expected_whole numeric,
    progress numeric, pace_index numeric, pace_index_whole numeric, gap numeric,
    days_behind int, required_rate numeric, status text, status_ja text, reason text,
    anticipated text, modifiers text[], forecast jsonb, preset text, vintage int,
    version int, judged_at date, age_days int, department text)
language plpgsql stable
security definer
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan   -- plpgsql for its kept plan
set jit = off
set enable_nestloop = off                     -- join the steps by hash, never pairwise
as $$
-- ----------------------------------------------------------------------
-- Function: kpi.assess('2024-09-30')
--
--      Every target as of a day, judged at the end of the last complete period
--      its series has. Computed numbers have four decimals, half up; what was
--      delivered keeps its own. Security definer: analysts may read schema
--      kpi alone.
--
-- Parameters:
--      as_of     - the day that is asked about
--      known_at  - with what was known then; null is now
--
-- Returns:
--      one row for each target, as described by kpi.target_status
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
#variable_conflict use_column
begin
    return query
with event as materialized (
    select kpid.event_at(known_at) as no
), rated as (
    select e.no, j.*, j as j, g,
           kpid.month_clock(g.due) - kpid.month_clock(j.t) as months,
           case when (j.point).kind in ('count', 'level')
                then ((j.point).y - (j.point).base) / nullif((j.point).aim - (j.point).base, 0)
                else (j.point).y / nullif((j.point).aim, 0) end as progress
      from event e
     cross join lateral kpid.judge(e.no, as_of, false) j
      join kpid.target g on (g.org, g.target, g.fiscal_year, g.version)
                          = (j.org, j.target, j.fiscal_year, j.version)
), told as (
    select r.*,
           case when r.months > 0 and (r.point).kind in ('count', 'level')
                 and r.status not in ('achieved', 'met', 'missed')
                then round(((r.point).aim - (r.point).y) / r.months, 4) end as rate
      from rated r
)
select r.target, (r.g).goal, (r.g).item, (r.g).name, (r.g).indicator, lpad(r.org::text, 6, '0'),
       r.fiscal_year, (r.g).comparator, coalesce((r.point).aim, (r.g).value), (r.g).unit,
       (r.g).aggregate, case when (r.point).kind in ('level', 'average')
                             then coalesce((r.point).base, (r.g).baseline)
                             else (r.g).baseline end, (r.g).due,
       (r.point).y,
       case when (r.point).y is not null then kpid.period_text((r.point).span, (r.point).first) end,
       (r.course).path, round((r.course).e, 4), (r.verdict).e_whole, round(r.progress, 4),
       case when not (r.verdict).keeps then round((r.verdict).pace, 4) end,
       case when not (r.verdict).keeps then round((r.verdict).pace_whole, 4) end,
       round((r.point).y - (r.course).e, 4),
       case when (r.course).path = 'linear' and not (r.verdict).keeps
            then round(((r.course).p_lin - r.progress) * ((r.g).due - (r.point).begins))::int end,
       r.rate, r.status,
       case r.status when 'achieved' then '達成' when 'met' then '目標水準' when 'on_track' then '順調'
            when 'watch' then '要注意' when 'off_track' then '遅れ' when 'missed' then '未達成'
            when 'not_judgeable' then '判定不能' else '判定対象外' end,
       w.reason,
       case when r.status in ('achieved', 'missed') then r.status
            when r.rule = 'planned' then 'achieved'
            when (r.course).path = 'plan' and (r.course).later is not null
            then case when (r.point).y + (r.course).later >= (r.point).aim
                      then 'achieved' else 'missed' end end,
       m.modifiers,
       case when (r.course).path = 'plan' and r.t < (r.g).due
            then jsonb_build_object('value', trim_scale(round((r.point).y + (r.course).later, 4)),
                                    'low', null, 'high', null, 'probability', null,
                                    'method', 'plan') end,
       (r.g).preset, r.no, r.version, case when (r.point).y is not null then r.t end,
       case when (r.point).y is not null then as_of - r.t end, (r.g).department
  from told r
 cross join lateral kpid.reason_ja(r.j, r.g, r.rate) w
 cross join lateral kpid.modifiers(r.j, r.g, r.no, as_of) m
 order by r.org, (r.g).goal, (r.g).item, r.target;
end;
$$;
comment on function kpi.assess(date, timestamptz) is
    'every target as of the day as_of, with what was known at the instant known_at (null: now); '
    'columns as kpi.target_status';
