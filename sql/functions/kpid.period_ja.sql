-- ----------------------------------------------------------------------
-- Function: kpid.period_ja(2)
--
--      A period as the town hall writes it. The era of a month or a year is
--      that of its last day; 令和元年度 began while 平成31年 still ran and is
--      called by its new name, so a fiscal year looks one month ahead.
--      No search_path: names are resolved when it is created, and the
--      planner must be able to inline it (no select in it: see
--      kpid.era_year; what is rarer is a function of its own).
--
-- Parameters:
--      i_span  - D W M Q S A FY, or P6M, P10D: its length
--      i_first - its first day
--
-- Returns:
--      令和6年9月30日, 令和6年9月, 令和6年7月～9月, 令和6年, 令和6年度,
--      令和6年9月2日～9月8日, 令和6年10月～令和7年3月
-- ----------------------------------------------------------------------
create or replace function kpid.period_ja(i_span text, i_first date)
returns text
language sql
stable parallel safe
return case
       when i_span = 'M' then
           kpid.era_year(kpid.period_last('M', i_first))
           || to_char(i_first, 'FMMM"月"')
       when i_span = 'D' then
           kpid.era_year(i_first) || to_char(i_first, 'FMMM"月"FMDD"日"')
       when i_span = 'FY' then kpid.era_year(i_first + 30) || '度'
       when i_span = 'A' then kpid.era_year(kpid.period_last('A', i_first))
       else kpid.stretch_ja(i_first, kpid.period_last(i_span, i_first),
                            case when i_span in ('Q', 'S')
                                   or i_span like 'P%M'
                                 then 'FMMM"月"'
                                 else 'FMMM"月"FMDD"日"' end)
       end;
comment on function kpid.period_ja(text, date) is
    'a period as a town hall writes it: 令和6年9月, 令和6年9月30日, 令和6年度';
