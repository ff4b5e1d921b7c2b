create or replace function kpid.alert_readers(
    i_owner text, i_department text, i_kind text, i_level int)
returns table (recipient text)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.alert_readers('a@example.jp; b@example.jp', '課', 'opened', 1)
--
--      Who is to hear of an alert who has not heard of it yet.
--
-- Parameters:
--      i_owner, i_department  - of the target
--      i_kind                 - of the mail
--      i_level                - 2: escalated
--
-- Returns:
--      addresses, each once: of an opening the owners; when it is escalated
--      the department's, as the configuration says
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select trim(r)
  from string_to_table(i_owner, ';') r
 where i_kind in ('opened', 'reopened') and trim(r) <> ''
 union
select s.departments ->> i_department
  from kpid.alert_settings() s
 where i_level = 2 and i_kind in ('opened', 'reopened', 'escalated')
   and s.departments ->> i_department is not null;
$$;
comment on function kpid.alert_readers(text, text, text, int) is
    'who is to hear of an alert who has not heard of it yet';
