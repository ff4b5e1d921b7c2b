-- ----------------------------------------------------------------------
-- Function: kpid.stretch_ja(3)
--
--      A stretch of time in Japanese, the second year told when it is
--      another. No search_path: names are resolved when it is created.
--
-- Parameters:
--      i_first, i_last - its ends, inside
--      i_form          - how a day is told, for to_char
--
-- Returns:
--      令和6年7月～9月, 令和6年10月～令和7年3月, 令和6年9月2日～9月8日
-- ----------------------------------------------------------------------
create or replace function kpid.stretch_ja(
    i_first date, i_last date, i_form text)
returns text
language sql
stable parallel safe
return kpid.era_year(i_first) || to_char(i_first, i_form) || '～'
       || case when kpid.era_year(i_last) <> kpid.era_year(i_first)
               then kpid.era_year(i_last) else '' end
       || to_char(i_last, i_form);
comment on function kpid.stretch_ja(date, date, text) is
    'two days of one stretch: 令和6年10月～令和7年3月';
