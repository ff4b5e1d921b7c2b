create or replace function kpid.trouble_tell()
returns bigint
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.trouble_tell()
--
--      Compares what is wrong with kpid with what was told and writes the
--      difference. An opening goes to the operator, what follows to those who
--      were told of the opening.
--
-- Returns:
--      number of mails
--
-- Tables directly manipulated:
--      upsert - kpid.alert
--      insert - kpid.outbox, kpid.outbox_target
-- ----------------------------------------------------------------------
declare
    l_remind boolean := kpid.calendar_take('remind') is not null;
    l_mails bigint;
begin
    drop table if exists pg_temp.trouble;
    create temp table trouble on commit drop as
    select * from kpid.trouble_change(l_remind);

    with mail as (
        select t.*, r.recipient,
               kpid.notice_put(t.target || '/' || r.recipient, t.seq, r.recipient,
                   case t.says when 'closed' then 'trouble_over' else 'trouble' end,
                   jsonb_build_object('change', t.says)
                   || kpid.trouble_notice(t.kind, t.subject, t.says, t.since, t.ja, t.en)) as outbox
          from pg_temp.trouble t
         cross join lateral kpid.trouble_readers(t.target, t.says) r (recipient)
    ), about as (
        insert into kpid.outbox_target (recipient, org, target, fiscal_year, seq, outbox)
        select m.recipient, 0, m.target, 0, m.seq, m.outbox from mail m where m.outbox is not null
    )
    select count(m.outbox) into l_mails from mail m;

    insert into kpid.alert as a (org, target, fiscal_year, told, told_event, told_at, seq)
    select 0, t.target, 0, t.tells, kpid.event_at(null), kpid.now(), t.seq from pg_temp.trouble t
        on conflict on constraint alert_pkey do update
       set told = excluded.told, told_event = excluded.told_event, told_at = excluded.told_at,
           seq = excluded.seq;
    -- an acknowledgement ends with its alert and with its day
    update kpid.alert a
       set (acked_until, acked_by, ack_note, acked_at) = (null, null, null, null)
     where a.org = 0
       and (a.acked_until < kpid.today() and coalesce(a.silenced_until < kpid.today(), true)
            or a.acked_until is not null and a.told = 0);
    update kpid.alert a
       set (silenced_until, silenced_by, silence_reason, silenced_at) = (null, null, null, null)
     where a.silenced_until < kpid.today() and a.org = 0;
    return l_mails;
end;
$$;
comment on function kpid.trouble_tell() is
    'compares what is wrong with kpid with what was told and writes the difference';
