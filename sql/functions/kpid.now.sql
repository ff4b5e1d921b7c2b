create or replace function kpid.now()
returns timestamptz
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.now(0)
--
--      The present. A demonstration or a test fixes it with the setting
--      kpid.clock; everything that asks for the time asks here.
--
-- Returns:
--      the fixed instant, or the wall clock at the call
-- ----------------------------------------------------------------------
select coalesce(nullif(current_setting('kpid.clock', true), '')::timestamptz,
                clock_timestamp());
$$;
comment on function kpid.now() is
    'the present, or the instant kpid.clock fixes';
