create or replace function kpid.alert_found(i_target text)
returns table (org int, target text, fiscal_year int)
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.alert_found('ueda-r6-7-2-4-helmet-subsidy')
--
--      The alert a person named: a target's, or one of kpid's own by its
--      whole name (kpid/disk_low/spool).
--
-- Parameters:
--      i_target  - as for kpid.target_found, or an own alert's name
--
-- Returns:
--      key of kpid.alert; raises no_data_found for an unknown name
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
#variable_conflict use_column
declare
    l_of kpid.target;
begin
    if i_target like 'kpid/%' then
        return query select a.org, a.target, a.fiscal_year from kpid.alert a
                      where a.org = 0 and a.fiscal_year = 0 and a.target = i_target;
        if not found then
            raise no_data_found using
                message = format('there is no alert ''%s''', i_target),
                hint = 'kpid alerts --all lists them';
        end if;
        return;
    end if;
    l_of := kpid.target_found(i_target);
    return query select l_of.org, l_of.target, l_of.fiscal_year;
end;
$$;
comment on function kpid.alert_found(text) is 'the alert a person named';
