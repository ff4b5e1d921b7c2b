create or replace function kpid.trouble_mail()
returns table (kind text, subject text, since timestamptz, ja text, en text)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.trouble_mail()
--
--      What is wrong with mail: the oldest waits too long; an address refused
--      the last that it was sent. Heartbeats that were overtaken are neither.
--
-- Returns:
--      as kpid.trouble_now
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select 'outbox_stuck', 'mail', min(o.created_at),
       format('%s通が送信を待っています。最後の応答：%s', count(*), coalesce(max(o.error), 'ありません')),
       format('%s mails wait; the last answer: %s', count(*), coalesce(max(o.error), 'none'))
  from kpid.outbox o
 cross join kpid.alert_settings() c
 where o.sent_at is null and o.given_up_at is null
   and current_setting('kpid.operator', true) <> ''   -- else no mail is configured
having min(o.created_at) < kpid.now() - make_interval(hours => min(c.outbox_hours))
 union all
select 'mail_refused', l.recipient, l.given_up_at,
       format('%s への送信が断られました：%s', l.recipient, l.error),
       format('a mail to %s was refused: %s', l.recipient, l.error)
  from (select distinct on (o.recipient) o.recipient, o.given_up_at, o.error
          from kpid.outbox o
         where (o.sent_at is not null or o.given_up_at is not null) and o.kind <> 'heartbeat'
         order by o.recipient, coalesce(o.sent_at, o.given_up_at) desc, o.outbox desc) l
 where l.given_up_at is not null;
$$;
comment on function kpid.trouble_mail() is 'what is wrong with mail';
