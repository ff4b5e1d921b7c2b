create or replace function kpid.outbox_oldest()
returns timestamptz
language sql
security definer
stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.outbox_oldest()
--
--      Since when a mail waits: mails that cannot leave cannot tell of it by
--      mail, so the daemon's readiness does.
--      Security definer: the collector may read mails through functions
--      alone.
--
-- Returns:
--      when the oldest that was neither sent nor given up was written; null
--      when there is none
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select min(o.created_at)
  from kpid.outbox o
 where o.sent_at is null and o.given_up_at is null;
$$;
comment on function kpid.outbox_oldest() is 'when the oldest mail that still waits was written';
