create or replace function kpid.outbox_next(i_limit int)
returns table (outbox bigint, thread text, seq int, recipient text, kind text, message_id text,
               in_reply_to text, refs text, created_at timestamptz, payload text, message bytea)
language sql
security definer
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.outbox_next(10)
--
--      Mails that may leave now, locked to the end of the transaction: the
--      first of each thread, and no mail before an earlier one to the same
--      recipient about the same target. Another sender skips what is locked.
--      Security definer: locking a row needs the right to change it.
--
-- Parameters:
--      i_limit  - at most so many
--
-- Returns:
--      rows of kpid.outbox, oldest first
--
-- Tables directly manipulated:
--      lock - kpid.outbox
-- ----------------------------------------------------------------------
select o.outbox, o.thread, o.seq, o.recipient, o.kind, o.message_id, o.in_reply_to, o.refs,
       o.created_at, o.payload::text, o.message
  from kpid.outbox o
 where o.sent_at is null and o.given_up_at is null and o.next_attempt_at <= clock_timestamp()
   and not exists (
        select from kpid.outbox e
         where e.thread = o.thread and e.seq < o.seq
           and e.sent_at is null and e.given_up_at is null)
   and not exists (
        select from kpid.outbox_target m
          join kpid.outbox_target x on x.recipient = m.recipient and x.org = m.org
               and x.target = m.target and x.fiscal_year = m.fiscal_year and x.seq < m.seq
          join kpid.outbox e on e.outbox = x.outbox
         where m.outbox = o.outbox and e.sent_at is null and e.given_up_at is null)
 order by o.outbox
 limit i_limit
   for update of o skip locked;
$$;
comment on function kpid.outbox_next(int) is
    'mails that may leave now';
