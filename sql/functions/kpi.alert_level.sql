create or replace function kpi.alert_level(target text, known_at timestamptz default null)
returns int
language sql stable
security definer
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpi.alert_level('ueda-r6-7-2-4-helmet-subsidy')
--
--      The level of an alert as a function of what was known: the fold over
--      the year's complete periods. Security definer: analysts may read schema
--      kpi alone.
--
-- Parameters:
--      target    - its identifier
--      known_at  - as known then; null is now
--
-- Returns:
--      0 clear, 1 open, 2 escalated; null for an unknown target
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select max(n.level)
  from kpid.alert_now(kpid.event_at(known_at), kpid.today()) n
 where n.target = alert_level.target;
$$;
comment on function kpi.alert_level(text, timestamptz) is
    '0 clear, 1 open, 2 escalated: the level of the alert on target (its identifier), computed '
    'from what was known at the instant known_at (null: now)';
