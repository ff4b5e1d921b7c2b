create or replace function kpid.outbox_claimed(i_until timestamptz, i_by int)
returns boolean
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.outbox_claimed(null, null)
--
--      Does another session send a mail now? One that was killed has no
--      backend any more, and nobody waits for it. (A number that was given
--      anew is at worst waited for until the claim's end.)
--
-- Parameters:
--      i_until - kpid.outbox.leased_until
--      i_by    - kpid.outbox.leased_by
-- ----------------------------------------------------------------------
select coalesce(i_until > clock_timestamp() and i_by <> pg_backend_pid()
                and exists (select from pg_stat_activity a where a.pid = i_by), false);
$$;
comment on function kpid.outbox_claimed(timestamptz, int) is
    'does another session send a mail now?';
