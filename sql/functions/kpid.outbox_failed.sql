-- a parameter was added
drop function if exists kpid.outbox_failed(bigint, int, text, boolean);
create or replace function kpid.outbox_failed(
    i_outbox bigint, i_code int, i_error text, i_permanent boolean,
    i_lease bigint default null)
returns void
language sql
security definer
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.outbox_failed(1, 451, 'try later', false)
--
--      A mail was not accepted. For now: its thread waits, twice as long each
--      time, four hours at most; other threads go on. For good: it is given up
--      for this recipient, and with it what follows in its thread or about its
--      targets, for nobody shall hear "closed" who did not hear "opened". The
--      time is the machine's, not kpid.clock: attempts are real. Security
--      definer: the collector may write the outbox through functions alone.
--
-- Parameters:
--      i_outbox     - the mail
--      i_code       - what the server said; 0 without an answer
--      i_error      - in words
--      i_permanent  - 5xx: no use in trying again
--      i_lease      - by which claim; nothing is said of a mail that another
--                     has claimed since. null: whoever it was
--
-- Tables directly manipulated:
--      update - kpid.outbox
-- ----------------------------------------------------------------------
update kpid.outbox o
   set attempts = o.attempts + (o.outbox = i_outbox)::int,
       error_code = i_code,
       error = i_error,
       given_up_at = case when i_permanent then kpid.now() end,
       leased_until = null,
       next_attempt_at = clock_timestamp()
           + least(interval '1 minute' * power(2, least(o.attempts, 10)), interval '4 hours')
  from kpid.outbox f
 where f.outbox = i_outbox and f.lease = coalesce(i_lease, f.lease)
   and o.sent_at is null and o.given_up_at is null
   and (o.outbox = i_outbox
        or i_permanent
           and (o.thread = f.thread and o.seq > f.seq
                or exists (
                    select from kpid.outbox_target m
                      join kpid.outbox_target x on x.recipient = m.recipient and x.org = m.org
                           and x.target = m.target and x.fiscal_year = m.fiscal_year
                           and x.seq > m.seq
                     where m.outbox = i_outbox and x.outbox = o.outbox)));
$$;
comment on function kpid.outbox_failed(bigint, int, text, boolean, bigint) is
    'a mail was not accepted';
