create or replace function kpid.year_close(i_org int, i_fiscal_year int, i_who text)
returns boolean
language sql
security definer
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.year_close(202037, 2024, 'kikaku')
--
--      The 期末報告 of a year is closed: no alert of it opens any more, only
--      corrections to what was told still go out. Twice is once. Security
--      definer: the collector may write it through this function alone.
--
-- Parameters:
--      i_org          - organization
--      i_fiscal_year  - the year
--      i_who          - who says so
--
-- Returns:
--      whether it was open; null when it was closed before
--
-- Tables directly manipulated:
--      insert - kpid.year_reported
-- ----------------------------------------------------------------------
insert into kpid.year_reported (org, fiscal_year, at, who)
values (i_org, i_fiscal_year, kpid.now(), i_who)
    on conflict on constraint year_reported_pkey do nothing
returning true;
$$;
comment on function kpid.year_close(int, int, text) is
    'the final report of a year is closed: no alert of it opens any more';
