-- ----------------------------------------------------------------------
-- Function: kpid.missing_reason(1)
--
--      Why a row has no number. The reason is kept in the status, so that a
--      row needs no further column for it. No search_path: nothing but
--      operators of pg_catalog, parsed when created, to be inlined.
--
-- Parameters:
--      i_status - of kpid.observation: M Q L O e (A P E B have a number)
--
-- Returns:
--      not_applicable, suppressed, not_collected, not_available, error; or
--      null when there is a number
-- ----------------------------------------------------------------------
create or replace function kpid.missing_reason(i_status "char")
returns text
language sql
immutable parallel safe
return case i_status
       when 'M' then 'not_applicable'
       when 'Q' then 'suppressed'
       when 'L' then 'not_collected'
       when 'O' then 'not_available'
       when 'e' then 'error'
       end;
comment on function kpid.missing_reason("char") is
    'the missing reason that a status stands for; null for a number';
