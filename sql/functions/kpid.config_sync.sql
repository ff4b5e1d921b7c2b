create or replace function kpid.config_sync(i_config jsonb)
returns void
language sql
security definer
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.config_sync(1)
--
--      Makes the store know the configured feeds and indicators. What is
--      equal is not written again. A feed that is no longer configured is
--      kept for what it delivered, as inactive.
--      Security definer: the collector may change these tables through
--      the loading functions alone.
--
-- Parameters:
--      i_config - {"feeds": [{feed, title, owner, source, licence,
--                 schedule, time_zone, absent, gates, grace_days,
--                 release: {after_days, give_up_days}, holidays, by_url}],
--                 "indicators": [{indicator, name_ja, name_en, unit,
--                 measure, decimals, numerator, denominator, monotone,
--                 source, settles_on, derived}],
--                 "organizations": [{org, name, prefecture}],
--                 "alerts": as kpid.alert_settings knows them}; a list
--                 that is not there is empty, alerts then stay
--
-- Calls:
--      kpid.derive_declare
--
-- Tables directly manipulated:
--      upsert - kpid.feed, kpid.indicator, kpid.organization, kpid.setting
-- ----------------------------------------------------------------------
update kpid.feed f
   set active = false
 where f.active
   and not exists (
       select from jsonb_array_elements(i_config -> 'feeds') c
        where c ->> 'feed' = f.feed);

insert into kpid.feed as f (feed, title, owner, source, licence, schedule,
                            time_zone, absent, gates, grace_days, after_days, give_up_days,
                            holidays, by_url, known_since)
select c.feed, coalesce(c.title, c.feed), c.owner, c.source, c.licence,
       c.schedule, coalesce(c.time_zone, 'Asia/Tokyo'),
       coalesce(c.absent, 'keep'), coalesce(c.gates, '{}'), c.grace_days,
       coalesce((c.release ->> 'after_days')::int, 0),
       (c.release ->> 'give_up_days')::int, coalesce(c.holidays, false),
       coalesce(c.by_url, false), kpid.now()
  from jsonb_to_recordset(coalesce(i_config -> 'feeds', '[]')) c (
       feed text, title text, owner text, source text, licence text,
       schedule text, time_zone text, absent text, gates jsonb,
       grace_days int, release jsonb, holidays boolean, by_url boolean)
    on conflict on constraint feed_feed_uq do update
   set title = excluded.title, owner = excluded.owner,
       source = excluded.source, licence = excluded.licence,
       schedule = excluded.schedule, time_zone = excluded.time_zone,
       absent = excluded.absent, gates = excluded.gates,
       grace_days = excluded.grace_days, active = true,
       after_days = excluded.after_days,
       give_up_days = excluded.give_up_days, holidays = excluded.holidays,
       by_url = excluded.by_url
 where (f.title, f.owner, f.source, f.licence, f.schedule, f.time_zone,
        f.absent, f.gates, f.grace_days, f.after_days, f.give_up_days,
        f.holidays, f.by_url, f.active)
       is distinct from
       (excluded.title, excluded.owner, excluded.source, excluded.licence,
        excluded.schedule, excluded.time_zone, excluded.absent,
        excluded.gates, excluded.grace_days, excluded.after_days,
        excluded.give_up_days, excluded.holidays, excluded.by_url, true);

insert into kpid.indicator as x (indicator, name_ja, name_en, unit, measure,
                                 decimals, numerator, denominator, monotone,
                                 source, settles_on)
select c.indicator, coalesce(c.name_ja, c.indicator), c.name_en,
       coalesce(c.unit, ''), c.measure, coalesce(c.decimals, 0),
       c.numerator, c.denominator, coalesce(c.monotone, false), c.source,
       c.settles_on
  from jsonb_to_recordset(coalesce(i_config -> 'indicators', '[]')) c (
       indicator text, name_ja text, name_en text, unit text, measure text,
       decimals int, numerator text, denominator text, monotone boolean,
       source text, settles_on text)
    on conflict on constraint indicator_pkey do update
   set name_ja = excluded.name_ja, name_en = excluded.name_en,
       unit = excluded.unit, measure = excluded.measure,
       decimals = excluded.decimals, numerator = excluded.numerator,
       denominator = excluded.denominator, monotone = excluded.monotone,
       source = excluded.source, settles_on = excluded.settles_on
 where x is distinct from excluded;

insert into kpid.organization as g (org, name, prefecture)
select c.org, c.name, c.prefecture
  from jsonb_to_recordset(coalesce(i_config -> 'organizations', '[]')) c (
       org int, name text, prefecture text)
    on conflict on constraint organization_pkey do update
   set name = excluded.name, prefecture = excluded.prefecture
 where (g.name, g.prefecture)
       is distinct from (excluded.name, excluded.prefecture);

insert into kpid.setting as s (alerts)
select i_config -> 'alerts' where i_config ? 'alerts'
    on conflict on constraint setting_pkey do update
   set alerts = excluded.alerts
 where s.alerts <> excluded.alerts;

select kpid.derive_declare(i_config -> 'indicators');
$$;
comment on function kpid.config_sync(jsonb) is
    'stores the configured feeds, indicators and organizations';
