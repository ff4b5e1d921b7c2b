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
with word as materialized (
    select split_part(w, ':', 1) as name, split_part(w, ':', 2) as rest
      from string_to_table(i_calendar, ' ') w
)
select m.day, (m.day + interval '1 month')::date - 1, w.rest::int
  from word w
 cross join lateral (
    select d::date as day
      from generate_series(date_trunc('month', i_first + interval '1 month' - interval '1 day'),
                           i_last, interval '1 month') d) m
 where w.name = 'monthly'
    or w.name = case date_part('month', m.day)::int % 2 when 1 then 'odd' else 'even' end
 union all
select i_first + m.n, i_first + m.n + 6, w.rest::int
  from word w
 cross join generate_series((8 - date_part('isodow', i_first)::int) % 7,
                            i_last - i_first - 6, 7) m (n)
 where w.name = 'weekly'
 union all
select d.day, d.day, 1
  from word w
 cross join lateral (
    select i_first + n as day from generate_series(0, i_last - i_first) n) d
 where w.name = 'weekdays'
   and to_char(d.day, 'dy') = any (string_to_array(w.rest, ','))
   and not exists (select from word x join kpid.holiday h on h.day = d.day
                    where x.name = 'holidays' and x.rest = 'out')
   and not exists (select from word x
                    where x.name = 'out'
                      and d.day between split_part(x.rest, '..', 1)::date
                                    and split_part(x.rest, '..', 2)::date);
$$;
comment on function kpid.calendar_due(text, date, date) is
    'the periods in which something is due';
