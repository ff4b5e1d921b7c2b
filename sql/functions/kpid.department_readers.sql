create or replace function kpid.department_readers(i_org int, i_department text)
returns table (recipient text)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.department_readers(202037, '上田地域自治センター')
--
--      Who reads for a department.
--
-- Parameters:
--      i_org, i_department  - as the targets name them
--
-- Returns:
--      its address in the configuration, else the owners of its targets
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
with configured as (
    select s.departments ->> i_department as address from kpid.alert_settings() s
)
select c.address from configured c where c.address is not null
 union
select trim(r)
  from kpid.target_held(kpid.event_at(null), kpid.today(), false) h
  join kpid.target g using (org, target, fiscal_year, version)
 cross join lateral string_to_table(g.owner, ';') r
 where g.org = i_org and g.department is not distinct from i_department and trim(r) <> ''
   and not exists (select from configured c where c.address is not null);
$$;
comment on function kpid.department_readers(int, text) is 'who reads for a department';
