create or replace function kpid.backtest_score(i_from date, i_to date, i_org int)
returns jsonb
language sql stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.backtest_score('2024-04-01', '2025-03-31', null)
--
--      The figures of a replay: of the target years that were due by then, how many
--      alerts opened before the due date ended in a miss (precision), and how
--      many misses had one (recall), how long before.
--
-- Parameters:
--      i_from, i_to, i_org  - as for kpid.backtest
--
-- Returns:
--      the document of `kpid backtest`: {from, to, known, mails, targets,
--      decided, missed, alerted, right, precision, caught, recall, lead_months}
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
with told as materialized (
    select * from kpid.backtest(i_from, i_to, i_org)
), year as (
    select t.org, t.target, t.fiscal_year, max(t.outcome) as outcome,
           max(t.lead) filter (where t.kind = 'opened' and t.lead > 0) as lead
      from told t
     group by t.org, t.target, t.fiscal_year
), figure as (
    select count(*) as targets, count(y.outcome) as decided,
           count(*) filter (where y.outcome = 'missed') as missed,
           count(y.lead) filter (where y.outcome is not null) as alerted,
           count(y.lead) filter (where y.outcome = 'missed') as caught,
           percentile_disc(0.5) within group (order by y.lead)
               filter (where y.outcome = 'missed') as lead
      from year y
), span as (
    select min(d.day) as first, max(d.day) as last, bool_and(d.vintage) as vintage,
           bool_or(d.vintage) as some
      from kpid.backtest_days(i_from, i_to) d
)
select jsonb_build_object(
    'from', s.first, 'to', s.last,
    'known', case when s.vintage then 'vintage' when s.some then 'mixed' else 'as_reported' end,
    'targets', f.targets, 'decided', f.decided, 'missed', f.missed,
    'alerted', f.alerted, 'right', f.caught,
    'precision', round(f.caught::numeric / nullif(f.alerted, 0), 4),
    'caught', f.caught, 'recall', round(f.caught::numeric / nullif(f.missed, 0), 4),
    'lead_months', f.lead,
    'mails', coalesce((select jsonb_agg(jsonb_build_object(
                  'day', t.day, 'known', case when t.vintage then 'vintage' else 'as_reported' end,
                  'org', lpad(t.org::text, 6, '0'), 'target', t.target,
                  'fiscal_year', t.fiscal_year, 'name', t.name, 'kind', t.kind,
                  'judged_at', t.t, 'status', t.status, 'probability', t.probability,
                  'lead_months', t.lead, 'outcome', t.outcome)
                  order by t.day, t.org, t.target)
                  from told t where t.kind is not null), '[]'))
  from figure f cross join span s;
$$;
comment on function kpid.backtest_score(date, date, int) is
    'the figures of a replay: precision, misses caught, how early';
