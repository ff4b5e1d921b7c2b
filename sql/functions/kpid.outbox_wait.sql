create or replace function kpid.outbox_wait()
returns bigint
language sql
security definer
stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.outbox_wait()
--
--      How long a sender may sleep when nobody wakes it: until a mail may be
--      tried again, or until the claim of another sender ends, who may have
--      been killed or stand still.
--      Security definer: the collector may read mails through functions
--      alone.
--
-- Returns:
--      milliseconds; null when no mail waits
-- ----------------------------------------------------------------------
select case when count(*) > 0 then ceil(greatest(0, extract(epoch from min(greatest(
           h.at, case when o.leased_by <> pg_backend_pid() then o.leased_until end))
           - clock_timestamp())) * 1000)::bigint end
  from kpid.outbox_heads() h
  join kpid.outbox o using (outbox);
$$;
comment on function kpid.outbox_wait() is 'how long a sender may sleep, in milliseconds';
