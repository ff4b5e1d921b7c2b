create or replace function kpid.calendar_days(i_first date, i_last date)
returns table (what text, day date)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.calendar_days('2024-10-01', '2024-10-31')
--
--      The days of calendar mails. Nothing else says when one is due, so that
--      neither a restart nor a long sleep moves it.
--
-- Parameters:
--      i_first, i_last  - days, both included
--
-- Returns:
--      what: digest, checkpoint, remind (of what is kpid's own: Mondays) or
--      heartbeat
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select w.what, d.day
  from kpid.alert_settings() s
 cross join lateral (select i_first + n as day from generate_series(0, i_last - i_first) n) d
 cross join lateral (values
       ('digest', extract(day from d.day) = s.digest_day),
       ('remind', extract(isodow from d.day) = 1),
       ('checkpoint', s.checkpoint_days > 0
                      and to_char(d.day + s.checkpoint_days, 'MM-DD') in ('09-30', '03-31')),
       ('heartbeat', case s.heartbeat when 'day' then true
                                      when 'week' then extract(isodow from d.day) = 1
                                      when 'month' then extract(day from d.day) = 1 end)
       ) w (what, due)
 where w.due;
$$;
comment on function kpid.calendar_days(date, date) is 'the days of calendar mails';
