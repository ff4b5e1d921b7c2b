-- ----------------------------------------------------------------------
-- Function: kpid.era_year(1)
--
--      The year of a day in the Japanese era it falls in. Beginnings as the
--      government ordinances set them: 令和 2019-05-01, 平成 1989-01-08,
--      昭和 1926-12-25, 大正 1912-07-30, 明治 1868-10-23. No search_path:
--      names are resolved when it is created, and the planner must be able
--      to inline it.
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
return (select e.name || case extract(year from i_day)::int - e.zero
                         when 1 then '元'
                         else (extract(year from i_day)::int - e.zero)::text
                         end || '年'
          from (values (1, date '2019-05-01', '令和', 2018),
                       (2, date '1989-01-08', '平成', 1988),
                       (3, date '1926-12-25', '昭和', 1925),
                       (4, date '1912-07-30', '大正', 1911),
                       (5, date '1868-10-23', '明治', 1867),
                       (6, date '-infinity', '西暦', 0)) e (n, since, name, zero)
         where i_day >= e.since
         order by e.n
         limit 1);
comment on function kpid.era_year(date) is
    '令和6年 for a day of 2024, 令和元年 for an era''s first year';
