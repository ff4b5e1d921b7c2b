create or replace function kpid.watch_next()
returns timestamptz
language sql stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.watch_next()
--
--      When kpid.watch may next find something although nothing came: the end
--      of a grace time, a day of the calendar, a mail that waits too long.
--      Midnight, when due dates, silences and acknowledgements end, the
--      program knows by itself.
--
-- Returns:
--      the instant; null: never
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select min(n.at)
  from (select min(d.late_at) as at
          from kpid.expected_due() d
          join kpid.expected e using (feed_id, frequency, period)
         where e.late_since is null
         union all
        select kpid.mail_hour(min(d.day))
          from kpid.calendar_days(kpid.today(), kpid.today() + 200) d
         where d.day > kpid.today() or kpid.mail_hour(kpid.today()) > kpid.now()
         union all
        select min(o.created_at) + make_interval(hours => min(c.outbox_hours))
          from kpid.outbox o
         cross join kpid.alert_settings() c
         where o.sent_at is null and o.given_up_at is null
        having min(o.created_at) + make_interval(hours => min(c.outbox_hours)) > kpid.now()) n;
$$;
comment on function kpid.watch_next() is
    'when kpid.watch may next find something although nothing came';
