create or replace function kpid.target_json()
returns text
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.target_json(0)
--
--      The newest version of every target as a document.
--
-- Returns:
--      {targets: [the columns of kpi.target]}
-- ----------------------------------------------------------------------
select json_build_object('targets', coalesce(json_agg(t order by t.org, t.fiscal_year, t.goal,
                                                                 t.item, t.line, t.target), '[]'))::text
  from kpi.target t
 where t.newest;
$$;
comment on function kpid.target_json() is 'the targets as a document';
