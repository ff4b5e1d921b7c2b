create or replace function kpid.day_ja(i_day date)
returns text
language sql stable parallel safe
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.day_ja('2024-09-30')
--
--      A day to which something is counted, as a town hall writes it. No
--      search_path setting: the planner inlines it.
--
-- Parameters:
--      i_day  - a day
--
-- Returns:
--      令和6年9月末 for the example, 令和6年9月29日 for the day before
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select kpid.era_year(i_day)
    || case when extract(day from i_day + 1) = 1
            then pg_catalog.to_char(i_day, 'FMMM"月末"')
            else pg_catalog.to_char(i_day, 'FMMM"月"FMDD"日"') end;
$$;
comment on function kpid.day_ja(date) is
    'a day to which something is counted, as a town hall writes it';
