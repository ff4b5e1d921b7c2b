create or replace function kpid.ack(i_target text, i_who text, i_note text, i_until date)
returns void
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.ack('ueda-r6-7-2-4-helmet-subsidy', '山田', '10月に再募集', '2024-11-30')
--
--      Somebody has taken an alert in hand: no reminder and no escalation up
--      to that day; what ends or corrects it is told all the same. Security
--      definer: the collector may write alerts through functions alone.
--
-- Parameters:
--      i_target  - as for kpid.alert_found
--      i_who     - the person
--      i_note    - in that person's words
--      i_until   - the last day
--
-- Tables directly manipulated:
--      update - kpid.alert
-- ----------------------------------------------------------------------
declare
    l_of record;
begin
    select * into strict l_of from kpid.alert_found(i_target);
    if coalesce(trim(i_who), '') = '' or coalesce(trim(i_note), '') = ''
       or coalesce(i_until < kpid.today(), true) then
        raise invalid_parameter_value using
            message = 'an acknowledgement needs a person, a note and a day that has not passed';
    end if;
    update kpid.alert a
       set (acked_until, acked_by, ack_note, acked_at) = (i_until, i_who, i_note, kpid.now())
     where a.org = l_of.org and a.target = l_of.target and a.fiscal_year = l_of.fiscal_year
       and a.told > 0;
    if not found then
        raise invalid_parameter_value using
            message = format('no alert of ''%s'' is open', i_target),
            hint = 'kpid alerts lists what is';
    end if;
end;
$$;
comment on function kpid.ack(text, text, text, date) is
    'somebody has taken an alert in hand';
