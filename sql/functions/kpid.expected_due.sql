create or replace function kpid.expected_due()
returns table (feed_id int, frequency text, period date, late_at timestamptz)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.expected_due()
--
--      When the grace time of each period that is awaited ends: after the
--      first scheduled look that could bring it, and not before kpid knew of
--      the feed for as long. A feed that is polled until it is given up is
--      late when it is given up, unless it says otherwise. The hour is that of
--      kpid.mail_hour, which is not called: it would read the settings anew
--      for each of thousands.
--
-- Returns:
--      late_at: an hour at which mails are written
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select e.feed_id, e.frequency, e.period,
       ((greatest(e.asked_at, f.known_since) at time zone f.time_zone)::date
        + coalesce(f.grace_days, f.give_up_days, c.late_days, 7)
        + make_interval(hours => s.hour)) at time zone s.zone
  from (select a.hour, kpid.zone() as zone from kpid.alert_settings() a offset 0) s
 cross join kpid.expected e
  join kpid.feed f using (feed_id)
  left join kpid.pace_of c on c.frequency = e.frequency
 where e.arrived_at is null and e.asked_at is not null and f.active;
$$;
comment on function kpid.expected_due() is 'when the grace time of what is awaited ends';
