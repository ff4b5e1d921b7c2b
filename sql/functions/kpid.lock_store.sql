create or replace function kpid.lock_store()
returns void
language sql
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.lock_store(0)
--
--      Whoever changes the store holds this lock to the end of its
--      transaction: event numbers have no gaps and grow in commit order.
-- ----------------------------------------------------------------------
select pg_advisory_xact_lock(2020370);
$$;
comment on function kpid.lock_store() is
    'one writer at a time, to the end of the transaction';
