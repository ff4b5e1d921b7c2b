create or replace function kpid.zone()
returns text
language sql stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.zone()
--
--      The configured time zone, whatever the session's and the machine's are.
--
-- Returns:
--      kpid.time_zone, else Asia/Tokyo
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select coalesce(nullif(current_setting('kpid.time_zone', true), ''), 'Asia/Tokyo');
$$;
comment on function kpid.zone() is 'the configured time zone';
