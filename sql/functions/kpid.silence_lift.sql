create or replace function kpid.silence_lift(i_target text)
returns void
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.silence_lift('ueda-r6-7-2-4-helmet-subsidy')
--
--      Ends a silence today; an evaluation is owed that tells the difference.
--      Security definer: the collector may write alerts through functions
--      alone.
--
-- Parameters:
--      i_target  - as for kpid.alert_found
--
-- Tables directly manipulated:
--      update - kpid.alert
--      insert - kpid.owed
-- ----------------------------------------------------------------------
declare
    l_of record;
begin
    select * into strict l_of from kpid.alert_found(i_target);
    update kpid.alert a
       set (silenced_until, silenced_by, silence_reason, silenced_at) = (null, null, null, null)
     where a.org = l_of.org and a.target = l_of.target and a.fiscal_year = l_of.fiscal_year
       and a.silenced_until is not null;
    if not found then
        raise invalid_parameter_value using
            message = format('''%s'' is not silenced', i_target);
    end if;
    insert into kpid.owed (at, reason) values (kpid.now(), 'silence of ' || i_target || ' lifted');
end;
$$;
comment on function kpid.silence_lift(text) is
    'ends a silence today; an evaluation is owed that tells the difference';
