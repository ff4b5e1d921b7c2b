create or replace function kpid.outbox_put(i_event int, i_as_of date)
returns bigint
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.outbox_put(12, '2024-09-30')
--
--      Writes the mails of one evaluation: the openings of a department and
--      year in one mail for each recipient, everything else a mail of its own
--      in its target's thread. Message-IDs follow from event, thread and
--      number, so that a mail sent twice is one mail to its reader.
--
-- Parameters:
--      i_event  - the event that was evaluated
--      i_as_of  - today
--
-- Returns:
--      number of mails
--
-- Tables directly manipulated:
--      insert - kpid.outbox, kpid.outbox_target
-- ----------------------------------------------------------------------
declare
    l_host text := coalesce(nullif(current_setting('kpid.mail_host', true), ''), 'kpid.invalid');
    l_mails bigint;
begin
    with told as materialized (
        select m.*,
               case when m.kind in ('opened', 'reopened')
                    then format('%s/%s/%s', m.org, m.fiscal_year, m.department)
                    else format('%s/%s/%s', m.org, m.fiscal_year, 'target:' || m.target)
               end || '/' || m.recipient as thread
          from kpid.mail_told(i_event, i_as_of) m
    ), mail as (
        select t.thread, t.recipient,
               case when bool_and(t.kind = 'reopened') or min(t.kind) not in ('opened', 'reopened')
                    then min(t.kind) else 'opened' end as kind,
               min(t.answers) as answers, min(t.refs) as refs,
               jsonb_build_object(
                   'as_of', i_as_of, 'event', i_event, 'department', min(t.department),
                   'fiscal_year', min(t.fiscal_year),
                   'targets', jsonb_agg(t.payload order by t.payload ->> 'goal',
                                        t.payload ->> 'item', t.target)) as payload,
               (select coalesce(max(o.seq), 0) + 1 from kpid.outbox o
                 where o.thread = t.thread) as seq
          from told t
         group by t.thread, t.recipient
    ), written as (
        insert into kpid.outbox (thread, seq, recipient, kind, message_id, in_reply_to, refs,
                                 created_at, payload, next_attempt_at)
        select m.thread, m.seq, m.recipient, m.kind,
               format('<kpid.%s.%s@%s>', i_event, left(md5(m.thread || '/' || m.seq), 16), l_host),
               m.answers, m.refs, kpid.now(),
               jsonb_build_object('kind', m.kind) || m.payload, clock_timestamp()
          from mail m
        returning outbox, thread
    ), about as (
        insert into kpid.outbox_target (recipient, org, target, fiscal_year, seq, outbox)
        select t.recipient, t.org, t.target, t.fiscal_year, t.seq, w.outbox
          from told t
          join written w using (thread)
    )
    select count(*) into l_mails from written;
    if l_mails > 0 then
        perform pg_notify('kpid_outbox', '');
    end if;
    return l_mails;
end;
$$;
comment on function kpid.outbox_put(int, date) is
    'writes the mails of one evaluation';
