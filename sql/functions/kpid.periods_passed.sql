create or replace function kpid.periods_passed(i_span text, i_first date, i_last date)
returns int
language sql immutable parallel safe
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.periods_passed('M', '2024-04-01', '2024-09-30')
--
--      How many whole periods of a length two days enclose. No search_path setting:
--      the planner inlines it.
--
-- Parameters:
--      i_span  - D W M Q S A FY P6M; of other lengths nothing is said
--      i_first, i_last  - both days are inside
--
-- Returns:
--      the number; 6 for the example
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select case i_span
       when 'D' then i_last - i_first + 1
       when 'W' then (i_last - i_first + 1
                      - (8 - pg_catalog.date_part('isodow', i_first)::int) % 7) / 7
       when 'M' then (kpid.month_clock(i_last) - kpid.month_clock(i_first - 1))::int
       when 'Q' then (kpid.month_clock(i_last) - kpid.month_clock(i_first - 1))::int / 3
       when 'S' then (kpid.month_clock(i_last) - kpid.month_clock(i_first - 1))::int / 6
       when 'P6M' then (kpid.month_clock(i_last) - kpid.month_clock(i_first - 1))::int / 6
       when 'A' then (kpid.month_clock(i_last) - kpid.month_clock(i_first - 1))::int / 12
       when 'FY' then (kpid.month_clock(i_last) - kpid.month_clock(i_first - 1))::int / 12
       end;
$$;
comment on function kpid.periods_passed(text, date, date) is
    'how many periods of a length two days enclose';
