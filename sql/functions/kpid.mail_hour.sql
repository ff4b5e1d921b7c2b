create or replace function kpid.mail_hour(i_day date)
returns timestamptz
language sql stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.mail_hour('2024-10-01')
--
--      When the mails of a calendar day are written: a town hall opens in the
--      morning of its own zone.
--
-- Parameters:
--      i_day  - a day
--
-- Returns:
--      the instant; by default 8 o'clock
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select (i_day + make_interval(hours => s.hour)) at time zone kpid.zone()
  from kpid.alert_settings() s;
$$;
comment on function kpid.mail_hour(date) is 'when the mails of a calendar day are written';
