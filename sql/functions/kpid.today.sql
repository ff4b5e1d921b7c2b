-- ----------------------------------------------------------------------
-- Function: kpid.today(0)
--
--      The present day in the configured time zone, whatever the session's
--      and the machine's are: at eight in the morning of 1 October in Japan
--      it is still September in UTC.
--      Not a quoted body: analysts, who may not name anything in kpid, call
--      it through kpi.target_status, so its names are resolved when it is
--      created.
--
-- Returns:
--      the day of kpid.now() in kpid.time_zone, else in Asia/Tokyo
-- ----------------------------------------------------------------------
create or replace function kpid.today()
returns date
language sql
stable
set search_path = pg_catalog, pg_temp
return (kpid.now() at time zone
        coalesce(nullif(current_setting('kpid.time_zone', true), ''),
                 'Asia/Tokyo'))::date;
comment on function kpid.today() is 'the present day in the configured time zone';
