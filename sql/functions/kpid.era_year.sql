-- ----------------------------------------------------------------------
-- Function: kpid.era_year(1)
--
--      The year of a day in the Japanese era it falls in. Beginnings as the
--      government ordinances set them: 令和 2019-05-01, 平成 1989-01-08,
--      昭和 1926-12-25, 大正 1912-07-30, 明治 1868-10-23. No search_path:
--      names are resolved when it is created, and the planner must be able
--      to inline it: no select in it, and the days it is given must be cheap
--      to write out several times. Not inlined it costs a hundred times as
--      much, and every row that an analyst reads has one.
--
-- Parameters:
--      i_day - any day; before 明治 the western year is told
--
-- Returns:
--      令和6年; the first year of an era is 令和元年
-- ----------------------------------------------------------------------
create or replace function kpid.era_year(i_day date)
returns text
language sql
immutable parallel safe
return case
       when i_day >= date '2019-05-01'
       then '令和' || coalesce(nullif(date_part('year', i_day)::int - 2018, 1)::text, '元')
       when i_day >= date '1989-01-08'
       then '平成' || coalesce(nullif(date_part('year', i_day)::int - 1988, 1)::text, '元')
       when i_day >= date '1926-12-25'
       then '昭和' || coalesce(nullif(date_part('year', i_day)::int - 1925, 1)::text, '元')
       when i_day >= date '1912-07-30'
       then '大正' || coalesce(nullif(date_part('year', i_day)::int - 1911, 1)::text, '元')
       when i_day >= date '1868-10-23'
       then '明治' || coalesce(nullif(date_part('year', i_day)::int - 1867, 1)::text, '元')
       when i_day is not null
       then '西暦' || coalesce(nullif(date_part('year', i_day)::int, 1)::text, '元')
       end || '年';
comment on function kpid.era_year(date) is
    '令和6年 for a day of 2024, 令和元年 for an era''s first year';
