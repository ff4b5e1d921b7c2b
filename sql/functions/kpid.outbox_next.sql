-- columns that it returns were added
drop function if exists kpid.outbox_next(int);
create or replace function kpid.outbox_next(
    i_limit int, i_length interval default '1 minute')
returns table (outbox bigint, thread text, seq int, recipient text, kind text, message_id text,
               in_reply_to text, refs text, created_at timestamptz, payload text, message bytea,
               lease bigint)
language sql
security definer
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.outbox_next(10, '1 minute')
--
--      Mails that may leave now, claimed by this session: the first of each
--      thread, and no mail before an earlier one to the same recipient about
--      the same target. A claim ends after its time, or with its session. The
--      session itself gets its mails again, as new claims.
--      Security definer: the collector may change mails through functions
--      alone.
--
-- Parameters:
--      i_limit   - at most so many
--      i_length  - how long others keep away from them
--
-- Returns:
--      rows of kpid.outbox, oldest first
--
-- Tables directly manipulated:
--      update, lock - kpid.outbox
-- ----------------------------------------------------------------------
with head as materialized (
    select o.outbox
      from kpid.outbox o
     where o.outbox in (select h.outbox from kpid.outbox_heads() h where h.at <= clock_timestamp())
       and o.sent_at is null and o.given_up_at is null
       and not kpid.outbox_claimed(o.leased_until, o.leased_by)
     order by o.outbox
     limit i_limit
       for update of o skip locked
), claimed as (
    update kpid.outbox o
       set lease = o.lease + 1, leased_until = clock_timestamp() + i_length,
           leased_by = pg_backend_pid()
      from head h
     where o.outbox = h.outbox
    returning o.*
)
select c.outbox, c.thread, c.seq, c.recipient, c.kind, c.message_id, c.in_reply_to, c.refs,
       c.created_at, c.payload::text, c.message, c.lease
  from claimed c
 order by c.outbox;
$$;
comment on function kpid.outbox_next(int, interval) is
    'mails that may leave now, claimed by this session';
