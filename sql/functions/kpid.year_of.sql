create or replace function kpid.year_of(i_day date, i_kind text)
returns int
language sql immutable parallel safe
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.year_of('2025-03-31', 'fiscal')
--
--      The year a day belongs to. No search_path setting: the planner
--      inlines it.
--
-- Parameters:
--      i_day   - a day
--      i_kind  - fiscal (from 1 April) or calendar
--
-- Returns:
--      the year; 2024 for the example
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select pg_catalog.date_part('year', i_day)::int
     - (i_kind = 'fiscal' and pg_catalog.date_part('month', i_day) < 4)::int;
$$;
comment on function kpid.year_of(date, text) is
    'the year a day belongs to';
