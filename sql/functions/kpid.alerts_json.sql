create or replace function kpid.alerts_json(i_all boolean)
returns text
language sql stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.alerts_json(false)
--
--      The document of `kpid alerts`.
--
-- Parameters:
--      i_all  - those, too, that are pending, silenced or over
--
-- Returns:
--      {"alerts": [..]} with the columns of kpi.alert; clock when it is fixed
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select (json_build_object('alerts', coalesce(json_agg(a order by a.org nulls last, a.target), '[]'))::jsonb
        || case when coalesce(current_setting('kpid.clock', true), '') = '' then '{}'
                else jsonb_build_object('clock', current_setting('kpid.clock')) end)::text
  from kpid.alert_rows(null) a
 where i_all or a.level > 0 or a.told > 0;
$$;
comment on function kpid.alerts_json(boolean) is
    'the document of `kpid alerts`';
