create or replace function kpid.outbox_hurry()
returns void
language sql
security definer
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.outbox_hurry(0)
--
--      Mails that wait after a refusal may be tried now: somebody runs a
--      command by hand, perhaps because the mail server was just mended.
--      Security definer: the collector may change mails through functions
--      alone.
--
-- Tables directly manipulated:
--      update - kpid.outbox
-- ----------------------------------------------------------------------
update kpid.outbox o
   set next_attempt_at = clock_timestamp()
 where o.sent_at is null
   and o.given_up_at is null
   and o.next_attempt_at > clock_timestamp();
$$;
comment on function kpid.outbox_hurry() is 'waiting mails may be tried now';
