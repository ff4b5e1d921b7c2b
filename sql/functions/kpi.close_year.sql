create or replace function kpi.close_year(org text, fiscal_year int)
returns boolean
language sql
security definer
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpi.close_year('202037', 2024)
--
--      `kpid close` for those who work in the database: members of role
--      kpi_steward, by the name they log in with. Security definer: stewards
--      may write through functions alone.
--
-- Parameters:
--      org          - code of an organization
--      fiscal_year  - the year whose final report (期末報告) is out
--
-- Returns:
--      whether it was open
--
-- Tables directly manipulated: none (kpid.year_close writes)
-- ----------------------------------------------------------------------
select coalesce(kpid.year_close(org::int, fiscal_year, session_user::text), false);
$$;
comment on function kpi.close_year(text, int) is
    'for role kpi_steward: the final report of fiscal_year of org is out: no alert of it opens '
    'any more, only corrections still go out; false when it was closed before';
