create or replace function kpid.calendar_day(i_what text, i_day date)
returns boolean
language sql stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.calendar_day('digest', '2024-10-01')
--
--      Is this the day of a calendar mail? Nothing else says when one is due,
--      so that neither a restart nor a long sleep moves it.
--
-- Parameters:
--      i_what  - digest, checkpoint, remind (of what is kpid's own: Mondays)
--                or heartbeat
--      i_day   - a day
--
-- Returns:
--      whether it is
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select case i_what
       when 'digest' then extract(day from i_day) = s.digest_day
       when 'remind' then extract(isodow from i_day) = 1
       when 'checkpoint' then s.checkpoint_days > 0
            and to_char(i_day + s.checkpoint_days, 'MM-DD') in ('09-30', '03-31')
       when 'heartbeat' then case s.heartbeat
            when 'day' then true
            when 'week' then extract(isodow from i_day) = 1
            when 'month' then extract(day from i_day) = 1
            else false end
       end
  from kpid.alert_settings() s;
$$;
comment on function kpid.calendar_day(text, date) is 'is this the day of a calendar mail?';
