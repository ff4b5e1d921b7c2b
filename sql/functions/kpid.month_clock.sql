create or replace function kpid.month_clock(i_day date)
returns numeric
language sql immutable parallel safe
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.month_clock('2024-09-30')
--
--      Months since year 0 at the end of a day: whole months and the share of
--      the month in progress. Differences give m(x): 30 September is 6 months
--      after 31 March in every year, leap or not. No search_path setting: the
--      planner inlines it. Parts are cast to int first: float8 becomes numeric
--      by way of text.
--
-- Parameters:
--      i_day  - a day, counted to its end
--
-- Returns:
--      months; whole for the last day of a month
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select case when pg_catalog.date_part('day', i_day + 1) = 1
            then (pg_catalog.date_part('year', i_day)::int * 12
                  + pg_catalog.date_part('month', i_day)::int)::numeric
            else (pg_catalog.date_part('year', i_day)::int * 12
                  + pg_catalog.date_part('month', i_day)::int - 1)::numeric
               + pg_catalog.date_part('day', i_day)::int::numeric
               / pg_catalog.date_part('day', pg_catalog.date_trunc('month', i_day::timestamp)
                                             + interval '1 month' - interval '1 day')::int::numeric
       end;
$$;
comment on function kpid.month_clock(date) is
    'months since year 0 at the end of a day: whole months and the share of the month in progress';
