-- ----------------------------------------------------------------------
-- Function: kpid.period_last(2)
--
--      The last day of a period. No search_path: names are resolved when it
--      is created, and the planner must be able to inline it.
--
-- Parameters:
--      i_span  - D W M Q S A FY, or P6M, P10D: its length
--      i_first - its first day
--
-- Returns:
--      the last day inside it; the first day itself for D
-- ----------------------------------------------------------------------
create or replace function kpid.period_last(i_span text, i_first date)
returns date
language sql
immutable parallel safe
return case i_span
       when 'D' then i_first
       when 'W' then i_first + 6
       when 'M' then (i_first + interval '1 month')::date - 1
       when 'Q' then (i_first + interval '3 months')::date - 1
       when 'S' then (i_first + interval '6 months')::date - 1
       when 'A' then (i_first + interval '1 year')::date - 1
       when 'FY' then (i_first + interval '1 year')::date - 1
       else (i_first + make_interval(
                 months => coalesce(substring(i_span, '^P(\d+)M$')::int, 0),
                 days => coalesce(substring(i_span, '^P(\d+)D$')::int, 0)))::date - 1
       end;
comment on function kpid.period_last(text, date) is
    'last day of the period of a length (D W M Q S A FY P6M P10D) and first '
    'day';
