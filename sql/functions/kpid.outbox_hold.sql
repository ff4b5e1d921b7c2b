create or replace function kpid.outbox_hold(
    i_outbox bigint, i_lease bigint, i_length interval)
returns boolean
language sql
security definer
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.outbox_hold(1, 3, '2 minutes')
--
--      The last question before the first byte of a mail: is the claim still
--      ours, and nobody has sent it? Then it is longer. A sender that stood
--      still until another took the mail hears no.
--      Security definer: the collector may change mails through functions
--      alone.
--
-- Parameters:
--      i_outbox  - the mail
--      i_lease   - by which claim
--      i_length  - for how long from now
--
-- Returns:
--      whether to send it
--
-- Tables directly manipulated:
--      update - kpid.outbox
-- ----------------------------------------------------------------------
with held as (
    update kpid.outbox o
       set leased_until = clock_timestamp() + i_length
     where o.outbox = i_outbox and o.lease = i_lease
       and o.sent_at is null and o.given_up_at is null
    returning o.outbox
)
select exists (select from held);
$$;
comment on function kpid.outbox_hold(bigint, bigint, interval) is
    'is the claim of a mail still ours? then it is longer';
