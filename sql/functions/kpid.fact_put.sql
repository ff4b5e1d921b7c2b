create or replace function kpid.fact_put(i_facts jsonb)
returns void
language sql
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.fact_put('[{"kind":"disk_low","subject":"spool","value":310}]')
--
--      Remembers what was measured, and whether it is bad: the program
--      measures, the configuration decides.
--
-- Parameters:
--      i_facts  - [{kind, subject, value, detail}]: disk_low (free MB),
--                 database_slow (seconds), spool_aside (bodies),
--                 spool_full, evaluation_failed and clock_unsynchronised
--                 (1 or 0)
--
-- Tables directly manipulated:
--      upsert - kpid.fact
-- ----------------------------------------------------------------------
insert into kpid.fact as x (kind, subject, at, value, detail, bad, streak, since)
select f.kind, f.subject, t.at, f.value, f.detail, b.bad, 1, t.at
  from jsonb_to_recordset(i_facts) f (kind text, subject text, value numeric, detail text)
 cross join (select kpid.now() as at offset 0) t   -- read once: bad since it was measured
 cross join kpid.alert_settings() c
 cross join lateral (
       select case f.kind when 'disk_low' then f.value < c.disk_free_mb
                          when 'database_slow' then f.value > c.slow_s
                          else f.value > 0 end) b (bad)
    on conflict on constraint fact_pkey do update
   set at = excluded.at, value = excluded.value, detail = excluded.detail, bad = excluded.bad,
       streak = case when x.bad = excluded.bad then x.streak + 1 else 1 end,
       since = case when x.bad = excluded.bad then x.since else excluded.since end;
$$;
comment on function kpid.fact_put(jsonb) is 'remembers what was measured, and whether it is bad';
