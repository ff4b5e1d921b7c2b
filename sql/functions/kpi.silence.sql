create or replace function kpi.silence(target text, reason text, until date)
returns void
language sql
security definer
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpi.silence('ueda-r6-7-2-4-helmet-subsidy', '集計方法の見直し中', '2024-11-30')
--
--      `kpid silence` for those who work in the database: members of role
--      kpi_steward, by the name they log in with. Security definer: stewards
--      may write alerts through functions alone.
--
-- Parameters:
--      target  - an identifier, or the whole name of one of kpid's own alerts
--      reason  - why
--      until   - the last day, at most 92 days from today; null ends a silence
--
-- Tables directly manipulated: none (kpid.silence and kpid.silence_lift write)
-- ----------------------------------------------------------------------
select case when until is null then kpid.silence_lift(target)
            else kpid.silence(target, session_user::text, reason, until) end;
$$;
comment on function kpi.silence(text, text, date) is
    'for role kpi_steward: nothing about the alert (target) is told up to the day until, for '
    'this reason; until null ends a silence';
