create or replace function kpid.outbox_sent(i_outbox bigint)
returns void
language sql
security definer
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.outbox_sent(1)
--
--      The mail server accepted a mail. That is so by whatever claim it was
--      sent. Security definer: the collector may write the outbox through
--      functions alone.
--
-- Parameters:
--      i_outbox  - the mail
--
-- Tables directly manipulated:
--      update - kpid.outbox
-- ----------------------------------------------------------------------
update kpid.outbox o
   set sent_at = kpid.now(), attempts = o.attempts + 1, error = null, error_code = null,
       leased_until = null
 where o.outbox = i_outbox and o.sent_at is null;
$$;
comment on function kpid.outbox_sent(bigint) is
    'the mail server accepted a mail';
