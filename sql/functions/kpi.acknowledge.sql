create or replace function kpi.acknowledge(target text, note text, until date)
returns void
language sql
security definer
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpi.acknowledge('ueda-r6-7-2-4-helmet-subsidy', '10月に再募集', '2024-11-30')
--
--      `kpid ack` for those who work in the database: members of role
--      kpi_steward, by the name they log in with. Security definer: stewards
--      may write alerts through functions alone.
--
-- Parameters:
--      target  - an identifier, or the whole name of one of kpid's own alerts
--      note    - what is being done
--      until   - the last day
--
-- Tables directly manipulated: none (kpid.ack writes)
-- ----------------------------------------------------------------------
select kpid.ack(target, session_user::text, note, until);
$$;
comment on function kpi.acknowledge(text, text, date) is
    'for role kpi_steward: takes an open alert (target) in hand: no reminder and no escalation '
    'up to the day until; note says what is being done';
