create or replace function kpid.date_ja(i_day date)
returns text
language sql stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.date_ja('2024-09-30')
--
--      A day in both calendars.
--
-- Parameters:
--      i_day  - a day
--
-- Returns:
--      令和6年9月30日（2024-09-30）; null for null
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select kpid.era_year(i_day) || to_char(i_day, 'FMMM"月"FMDD"日（"YYYY-MM-DD"）"');
$$;
comment on function kpid.date_ja(date) is 'a day in both calendars';
