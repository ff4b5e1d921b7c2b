-- ----------------------------------------------------------------------
-- Function: kpid.period_text(2)
--
--      A period as text: 2024-09-30, 2024-W36, 2024-09, 2024-Q3, 2024-S1,
--      2024, FY2024, or first/last for any other stretch. Quarters and
--      halves are the calendar's. No search_path: names are resolved when it
--      is created, and the planner must be able to inline it.
--
-- Parameters:
--      i_span  - D W M Q S A FY, or P6M, P10D: its length
--      i_first - its first day
-- ----------------------------------------------------------------------
create or replace function kpid.period_text(i_span text, i_first date)
returns text
language sql
stable parallel safe
return case i_span
       when 'D' then to_char(i_first, 'YYYY-MM-DD')
       when 'W' then to_char(i_first, 'IYYY-"W"IW')
       when 'M' then to_char(i_first, 'YYYY-MM')
       when 'Q' then to_char(i_first, 'YYYY-"Q"Q')
       when 'S' then to_char(i_first, 'YYYY-"S"')
                     || case when extract(month from i_first) < 7
                             then '1' else '2' end
       when 'A' then to_char(i_first, 'YYYY')
       when 'FY' then to_char(i_first, '"FY"YYYY')
       else to_char(i_first, 'YYYY-MM-DD') || '/'
            || to_char(kpid.period_last(i_span, i_first), 'YYYY-MM-DD')
       end;
comment on function kpid.period_text(text, date) is
    'a period as text: 2024-09-30, 2024-09, 2024-Q3, 2024-S1, 2024-W36, '
    '2024, FY2024';
