create or replace function kpid.csv_cell(i_text text)
returns text
language sql
immutable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.csv_cell(1)
--
--      A cell as RFC 4180 writes it: quoted when it must be.
--
-- Parameters:
--      i_text - null is an empty cell
-- ----------------------------------------------------------------------
select case when i_text ~ e'[",\r\n]' then '"' || replace(i_text, '"', '""') || '"'
            else coalesce(i_text, '') end;
$$;
comment on function kpid.csv_cell(text) is 'a cell of CSV';
