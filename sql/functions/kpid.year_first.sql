create or replace function kpid.year_first(i_year int, i_kind text)
returns date
language sql immutable parallel safe
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.year_first(2024, 'fiscal')
--
--      The first day of a year. No search_path setting: the planner inlines
--      it.
--
-- Parameters:
--      i_year  - a year
--      i_kind  - fiscal (from 1 April) or calendar
--
-- Returns:
--      2024-04-01 for the example
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select pg_catalog.make_date(i_year, case i_kind when 'fiscal' then 4 else 1 end, 1);
$$;
comment on function kpid.year_first(int, text) is
    'the first day of a year';
