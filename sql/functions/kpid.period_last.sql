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
return (i_first
        + make_interval(
              months => case i_span
                        when 'M' then 1
                        when 'Q' then 3
                        when 'S' then 6
                        when 'A' then 12
                        when 'FY' then 12
                        else coalesce(substring(i_span, '^P(\d+)M$')::int, 0)
                        end,
              days => case i_span
                      when 'D' then 1
                      when 'W' then 7
                      else coalesce(substring(i_span, '^P(\d+)D$')::int, 0)
                      end))::date - 1;
comment on function kpid.period_last(text, date) is
    'last day of the period of a length (D W M Q S A FY P6M P10D) and first '
    'day';
