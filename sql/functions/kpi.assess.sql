-- An earlier one had no typed_by; the view upon it is made anew, too.
do $$
begin
    if to_regprocedure('kpi.assess(date, timestamptz, text, boolean)') is not null
       and not exists (
           select from pg_catalog.pg_proc p
            where p.oid = to_regprocedure('kpi.assess(date, timestamptz, text, boolean)')
              and 'typed_by' = any (p.proargnames)) then
        drop view if exists kpi.target_status;
        drop function kpi.assess(date, timestamptz, text, boolean);
    end if;
end;
$$;
create or replace function kpi.assess(
    as_of date, known_at timestamptz default null,
    only_org text default null, with_forecast boolean default true)
returns table (
    target text, goal int, item text, name text, indicator text, org text, fiscal_year int,
    comparator text, target_value numeric, unit text, aggregate text, baseline numeric, due date,
    actual numeric, actual_period text, path text, expected numeric, expected_whole numeric,
    progress numeric, pace_index numeric, pace_index_whole numeric, gap numeric,
    days_behind int, required_rate numeric, status text, status_ja text, reason text,
    anticipated text, modifiers text[], forecast jsonb, preset text, vintage int,
    version int, judged_at date, age_days int, department text, reason_en text,
    typed_by text)
language plpgsql stable
rows 1000
security definer
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan   -- plpgsql for its kept plan
set jit = off
as $$
-- ----------------------------------------------------------------------
-- Function: kpi.assess('2024-09-30')
--
--      Every target as of a day, judged at the end of the last complete period
--      its series has. Computed numbers have four decimals, half up; what was
--      delivered keeps its own. Rows stand as on the sheet. Targets are many
--      and typed values few: those are asked for once. Security definer:
--      analysts may read schema kpi alone.
--
-- Parameters:
--      as_of     - the day that is asked about
--      known_at  - with what was known then; null is now
--      only_org  - one organization, '202037'; null is all
--      with_forecast - what the due date will bring costs more than the status
--
-- Returns:
--      one row for each target, as described by kpi.target_status
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
#variable_conflict use_column
declare
    l_event int := kpid.event_at(known_at);
    l_org   int := only_org::int;
begin
    return query
    with typed as materialized (
        select x.* from kpid.typed_values(l_event) x
    )
    select g.target, g.goal, g.item, g.name, g.indicator, lpad(g.org::text, 6, '0'),
           g.fiscal_year, g.comparator, coalesce((j.point).aim, g.value), g.unit, g.aggregate,
           case when (j.point).kind in ('level', 'average')
                then coalesce((j.point).base, g.baseline) else g.baseline end,
           g.due, (j.point).y,
           case when (j.point).y is not null
                then kpid.period_text((j.point).span, (j.point).first) end,
           case when (j.point).y is not null then (j.course).path end,
           round((j.course).e, 4), (j.verdict).e_whole, round(r.progress, 4),
           case when not (j.verdict).keeps then round((j.verdict).pace, 4) end,
           case when not (j.verdict).keeps then round((j.verdict).pace_whole, 4) end,
           round((j.point).y - (j.course).e, 4),
           case when (j.course).path = 'linear' and not (j.verdict).keeps
                then round(((j.course).p_lin - r.progress) * (g.due - (j.point).begins))::int end,
           r.rate, j.status,
           case j.status when 'achieved' then '達成' when 'met' then '目標水準'
                when 'on_track' then '順調' when 'watch' then '要注意' when 'off_track' then '遅れ'
                when 'missed' then '未達成' when 'not_judgeable' then '判定不能'
                else '判定対象外' end,
           w.reason || coalesce(p.ja, ''), coalesce(f.anticipated, kpid.anticipated(j, a.f)), m.modifiers,
           coalesce(f.forecast, case when (a.f).value is not null
                then to_jsonb(a.f) - '{org,target,fiscal_year,version,t}'::text[] end), g.preset, l_event, j.version,
           case when (j.point).y is not null then j.t end,
           case when (j.point).y is not null then as_of - j.t end, g.department,
           v.reason || coalesce(p.en, ''), y.typed_by
      from kpid.foresee(l_event, as_of, false, l_org, with_forecast) a
     cross join lateral unnest(array[a.j]) j
      join kpid.target g on (g.org, g.target, g.fiscal_year, g.version)
                          = (j.org, j.target, j.fiscal_year, j.version)
     cross join lateral kpid.judged_rates(j, g) r
     cross join lateral kpid.reason_ja(j, g, r.rate) w
     cross join lateral kpid.reason_en(j, g, r.rate) v
      left join lateral kpid.parts_known(j, g, l_event) p on true
     cross join lateral kpid.modifiers(j, g, l_event, as_of) m
     cross join lateral kpid.planned_end(j, g) f
      left join lateral (
           select string_agg(distinct x.typed_by, '、') as typed_by
             from typed x
            where x.org = lpad(g.org::text, 6, '0') and x.indicator = g.indicator
              and (x.period = kpid.period_text((j.point).span, (j.point).first)
                   or g.aggregate not in ('latest', 'ytd')
                  and x.period_end <= j.t
                  and x.period_start >= kpid.year_first(g.fiscal_year, g.year_kind))
              and (j.point).y is not null) y on true
     order by g.org, g.goal, g.item, g.line, g.target;
end;
$$;
comment on function kpi.assess(date, timestamptz, text, boolean) is
    'every target as of the day as_of, with what was known at the instant known_at (null: now); '
    'only_org: of one organization; with_forecast false: the status to date alone, which costs '
    'less; columns as kpi.target_status';
