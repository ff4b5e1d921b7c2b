create or replace function kpid.evaluate(i_as_of date default null)
returns table (evaluated bigint, opened bigint, closed bigint, mails bigint)
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
set jit = off
set client_min_messages = warning
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.evaluate()
--
--      Compares what is with what was told and tells the difference: first the
--      lock, then the reading, then told and mail in one transaction. Nothing
--      is done when nothing is owed and no day has passed; done twice, the
--      second time finds nothing to tell. The mark of a quiet import alone
--      waits for the next mark or the next day. Security definer: the
--      collector may write alerts and mails through this function alone.
--
-- Parameters:
--      i_as_of  - today; null is the day of kpid.now()
--
-- Returns:
--      targets looked at, alerts opened and ended, mails written
--
-- Tables directly manipulated:
--      delete - kpid.owed
--      upsert - kpid.alert, kpid.evaluated
--      insert - kpid.outbox, kpid.outbox_target
-- ----------------------------------------------------------------------
#variable_conflict use_column
declare
    l_as_of date := coalesce(i_as_of, kpid.today());
    l_event int;
    l_mails bigint;
begin
    lock table kpid.alert in share row exclusive mode;
    if not exists (select from kpid.owed o where not o.quiet or o.at::date < l_as_of)
       and (exists (select from kpid.owed) and not exists (select from kpid.evaluated)
            or exists (select from kpid.evaluated e where e.as_of >= l_as_of)) then
        return query select 0::bigint, 0::bigint, 0::bigint, 0::bigint;
        return;
    end if;
    delete from kpid.owed;
    l_event := kpid.event_at(null);

    drop table if exists pg_temp.change;
    create temp table change on commit drop as
    select * from kpid.alert_change(l_event, l_as_of);
    l_mails := kpid.outbox_put(l_event, l_as_of);

    insert into kpid.alert as a (org, target, fiscal_year, told, told_period, told_version,
                                 told_event, told_at, seq)
    select c.org, c.target, c.fiscal_year,
           c.tells, c.t, c.version, l_event, kpid.now(), c.seq
      from pg_temp.change c
        on conflict on constraint alert_pkey do update
       set told = excluded.told, told_period = excluded.told_period,
           told_version = excluded.told_version, told_event = excluded.told_event,
           told_at = excluded.told_at, seq = excluded.seq;
    -- an acknowledgement ends with its alert and with its day, but no reminder
    -- is lost in a silence
    update kpid.alert a
       set (acked_until, acked_by, ack_note, acked_at) = (null, null, null, null)
     where a.org > 0
       and (a.acked_until < l_as_of and coalesce(a.silenced_until < l_as_of, true)
            or a.acked_until is not null and a.told = 0);
    update kpid.alert a
       set (silenced_until, silenced_by, silence_reason, silenced_at) = (null, null, null, null)
     where a.silenced_until < l_as_of and a.org > 0;
    insert into kpid.evaluated (as_of, event, at) values (l_as_of, l_event, kpid.now())
        on conflict on constraint evaluated_pkey do update
       set as_of = greatest(evaluated.as_of, excluded.as_of), event = excluded.event,
           at = excluded.at;
    return query
    select (select count(*) from kpid.target_held(l_event, l_as_of, false)),
           count(*) filter (where c.kind in ('opened', 'reopened')),
           count(*) filter (where c.kind in ('closed', 'correction', 'target_changed')),
           l_mails
      from pg_temp.change c;
end;
$$;
comment on function kpid.evaluate(date) is
    'compares what is with what was told and tells the difference';
