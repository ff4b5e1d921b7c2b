create or replace function kpid.week_place(
    i_monday date, i_year int, i_other int, i_kind text)
returns date
language sql immutable parallel safe
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.week_place('2024-09-02', 2024, 2023, 'fiscal')
--
--      The week of the same number in another year. No search_path setting:
--      the planner inlines it.
--
-- Parameters:
--      i_monday  - first day of a week
--      i_year    - the year it belongs to
--      i_other   - the other year
--      i_kind    - fiscal or calendar
--
-- Returns:
--      the Monday of that week
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select kpid.year_first(i_other, i_kind)
     + (8 - pg_catalog.date_part('isodow', kpid.year_first(i_other, i_kind))::int) % 7
     + (i_monday - kpid.year_first(i_year, i_kind)) / 7 * 7;
$$;
comment on function kpid.week_place(date, int, int, text) is
    'the week of the same number in another year';
