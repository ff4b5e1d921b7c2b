create or replace function kpid.calendar_due(i_calendar text, i_first date, i_last date)
returns table (first date, last date, quota int)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.calendar_due('weekdays:wed,fri holidays:out', '2024-04-01', '2025-03-31')
--
--      The periods in which something is due. The calendar is a list of words:
--          monthly:1            each month, once
--          odd:1 even:2         by the month's number
--          weekly:2             each week wholly inside, twice
--          weekdays:wed,fri     each such day
--          holidays:out         not on national holidays
--          out:2024-07-25..2024-08-25   not in these days
--
-- Parameters:
--      i_calendar  - as above
--      i_first, i_last  - the year
--
-- Returns:
--      one row for each period and how often it is due
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
with word as (
    select split_part(w, ':', 1) as name, split_part(w, ':', 2) as rest
      from regexp_split_to_table(i_calendar, '\s+') w
), day as (
    select d::date as day, d::date - (date_part('isodow', d)::int - 1) as monday
      from generate_series(i_first, i_last, interval '1 day') d
)
select d.day, (d.day + interval '1 month')::date - 1, w.rest::int
  from day d
  join word w on w.name = 'monthly'
              or w.name = case date_part('month', d.day)::int % 2 when 1 then 'odd' else 'even' end
 where date_part('day', d.day) = 1
 union all
select d.day, d.day + 6, w.rest::int
  from day d
  join word w on w.name = 'weekly'
 where d.day = d.monday and d.day + 6 <= i_last
 union all
select d.day, d.day, 1
  from day d
  join word w on w.name = 'weekdays'
   and to_char(d.day, 'dy') = any (string_to_array(w.rest, ','))
 where not exists (select from word x join kpid.holiday h on h.day = d.day
                    where x.name = 'holidays' and x.rest = 'out')
   and not exists (select from word x
                    where x.name = 'out'
                      and d.day between split_part(x.rest, '..', 1)::date
                                    and split_part(x.rest, '..', 2)::date);
$$;
comment on function kpid.calendar_due(text, date, date) is
    'the periods in which something is due';
