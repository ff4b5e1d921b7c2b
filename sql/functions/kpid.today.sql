create or replace function kpid.today()
returns date
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.today(0)
--
--      The present day in the configured time zone, whatever the session's
--      and the machine's are: at eight in the morning of 1 October in Japan
--      it is still September in UTC.
--
-- Returns:
--      the day of kpid.now() in kpid.time_zone, else in Asia/Tokyo
-- ----------------------------------------------------------------------
select (kpid.now() at time zone
        coalesce(nullif(current_setting('kpid.time_zone', true), ''),
                 'Asia/Tokyo'))::date;
$$;
comment on function kpid.today() is 'the present day in the configured time zone';
