create or replace function kpid.silence(i_target text, i_who text, i_reason text, i_until date)
returns void
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.silence('ueda-r6-7-2-4-helmet-subsidy', '山田', '集計方法の見直し中', '2024-11-30')
--
--      Nothing about the target is told up to that day. What is known goes on
--      changing; the first evaluation afterwards tells the difference, if any.
--      Security definer: the collector may write alerts through functions
--      alone.
--
-- Parameters:
--      i_target  - as for kpid.alert_found
--      i_who     - the person
--      i_reason  - in that person's words
--      i_until   - the last day, at most 92 days from today
--
-- Tables directly manipulated:
--      upsert - kpid.alert
-- ----------------------------------------------------------------------
declare
    l_of record;
    l_today date := kpid.today();
begin
    select * into strict l_of from kpid.alert_found(i_target);
    if coalesce(trim(i_who), '') = '' or coalesce(trim(i_reason), '') = ''
       or coalesce(i_until not between l_today and l_today + 92, true) then
        raise invalid_parameter_value using
            message = 'a silence needs a person, a reason and a last day within 92 days';
    end if;
    insert into kpid.alert as a (org, target, fiscal_year, silenced_until, silenced_by,
                                 silence_reason, silenced_at)
    values (l_of.org, l_of.target, l_of.fiscal_year, i_until, i_who, i_reason, kpid.now())
        on conflict on constraint alert_pkey do update
       set (silenced_until, silenced_by, silence_reason, silenced_at)
         = (excluded.silenced_until, excluded.silenced_by, excluded.silence_reason,
            excluded.silenced_at);
end;
$$;
comment on function kpid.silence(text, text, text, date) is
    'nothing about the target is told up to that day';
