create or replace function kpid.notice_put(
    i_thread text, i_seq int, i_recipient text, i_kind text, i_payload jsonb)
returns bigint
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.notice_put('late/people/M/2024-09-01', 1, 'a@example.jp', 'late', '{..}')
--
--      Writes a mail that is no grouped alert. Thread and number are what it
--      is about: the same written twice is one mail. In its thread it answers
--      the first that was not given up.
--
-- Parameters:
--      i_thread, i_seq  - what it is about
--      i_recipient      - whom it tells; empty: nobody
--      i_kind           - as in kpid.outbox
--      i_payload        - subject, lead and parts in both languages
--
-- Returns:
--      its number; null when it was written before
--
-- Tables directly manipulated:
--      insert - kpid.outbox
-- ----------------------------------------------------------------------
declare
    l_host text := coalesce(nullif(current_setting('kpid.mail_host', true), ''), 'kpid.invalid');
    l_outbox bigint;
begin
    if coalesce(trim(i_recipient), '') = '' then
        return null;
    end if;
    insert into kpid.outbox (thread, seq, recipient, kind, message_id, in_reply_to, refs,
                             created_at, payload, next_attempt_at)
    select i_thread, i_seq, trim(i_recipient), i_kind,
           format('<kpid.%s.%s@%s>', i_kind,
                  left(md5(i_thread || '/' || i_seq || '/' || f.sender), 24), l_host),
           r.first, r.first, kpid.now(),
           jsonb_build_object('kind', i_kind, 'event', kpid.event_at(null)) || i_payload,
           clock_timestamp()
      from (select coalesce(current_setting('kpid.mail_from', true), '') as sender) f
      left join lateral (
           select o.message_id as first
             from kpid.outbox o
            where o.thread = i_thread and o.seq < i_seq and o.given_up_at is null
              and o.kind <> 'heartbeat'
            order by o.seq desc limit 1) r on true
        on conflict on constraint outbox_thread_uq do nothing
    returning outbox into l_outbox;
    if l_outbox is not null then
        perform pg_notify('kpid_outbox', '');
    end if;
    return l_outbox;
end;
$$;
comment on function kpid.notice_put(text, int, text, text, jsonb) is
    'writes a mail that is no grouped alert, once';
