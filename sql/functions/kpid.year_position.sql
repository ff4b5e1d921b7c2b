create or replace function kpid.year_position(i_first date, i_day date, i_span text)
returns int
language sql immutable parallel safe
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.year_position('2024-04-01', '2025-02-28', 'M')
--
--      A place within the year, equal for places that are compared between
--      years: months as months, days by date (29 February joins the 28th),
--      weeks by their number. No search_path setting: the planner inlines it.
--
-- Parameters:
--      i_first  - first day of the year
--      i_day    - last day of the period
--      i_span   - its length
--
-- Returns:
--      a number that grows with the day
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select case when i_span = 'W' then (i_day - i_first) / 7
       else (pg_catalog.date_part('month', i_day)::int + 12 - pg_catalog.date_part('month', i_first)::int) % 12 * 100
          + case when pg_catalog.date_part('month', i_day) = 2
                  and pg_catalog.date_part('day', i_day) >= 28 then 31
                 when pg_catalog.date_part('day', i_day + 1) = 1 then 31
                 else pg_catalog.date_part('day', i_day)::int end
       end;
$$;
comment on function kpid.year_position(date, date, text) is
    'a place within the year';
