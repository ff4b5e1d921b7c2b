create or replace function kpid.outbox_heads()
returns table (outbox bigint, at timestamptz)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.outbox_heads()
--
--      Mails that no other mail stands before: the first of each thread, and
--      the first to its recipient about each of its targets.
--
-- Returns:
--      rows of kpid.outbox that wait, and when each may be tried
-- ----------------------------------------------------------------------
select o.outbox, o.next_attempt_at
  from kpid.outbox o
 where o.sent_at is null and o.given_up_at is null
   and not exists (
        select from kpid.outbox e
         where e.thread = o.thread and e.seq < o.seq
           and e.sent_at is null and e.given_up_at is null)
   and not exists (
        select from kpid.outbox_target m
          join kpid.outbox_target x on x.recipient = m.recipient and x.org = m.org
               and x.target = m.target and x.fiscal_year = m.fiscal_year and x.seq < m.seq
          join kpid.outbox e on e.outbox = x.outbox
         where m.outbox = o.outbox and e.sent_at is null and e.given_up_at is null);
$$;
comment on function kpid.outbox_heads() is 'mails that no other mail stands before';
