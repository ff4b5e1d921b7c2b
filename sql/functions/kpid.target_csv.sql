create or replace function kpid.target_csv()
returns text
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.target_csv(0)
--
--      The newest version of every target as a file that kpid target import
--      reads: Japanese headers, CRLF, as spreadsheets save it.
--
-- Returns:
--      the whole file, without a byte order mark
-- ----------------------------------------------------------------------
with newest as (
    select distinct on (g.org, g.target, g.fiscal_year) g.*
      from kpid.target g
     order by g.org, g.target, g.fiscal_year, g.version desc
), cells as (
    select g.org, g.fiscal_year, g.goal, g.item, g.line, g.target,
           array[g.target, g.fiscal_year::text, lpad(g.org::text, 6, '0'), g.goal::text, g.item,
                 g.name, g.indicator, g.comparator, g.value::text, g.value_high::text, g.unit,
                 g.aggregate, g.baseline::text, g.baseline_date::text,
                 g.baseline_approximate::text, g.due::text, g.path, kpid.plan_csv(g.plan),
                 g.plan_stated::text, g.preset, g.slack::text, g.approximate, g.year_kind,
                 g.calendar, g.done_on::text, g.planned_on::text, g.reported, g.department,
                 g.owner, g.note,
                 nullif((select string_agg(d.key || '=' || d.value, '; ' order by d.key)
                           from jsonb_each_text(g.dims) d), ''), g.compare] as list
      from newest g
)
select '目標ID,年度,団体コード,目標,項目,名称,指標,条件,目標値,上限値,単位,集計,基準値,基準日,'
       '基準値概数,期限,経路,計画,計画時点,判定,許容幅,概数,対象期間,暦,実施日,実施予定日,報告,'
       '担当部局,宛先,備考,内訳,比較' || e'\r\n'
       || coalesce(string_agg((select string_agg(kpid.csv_cell(v), ',' order by n)
                                 from unnest(c.list) with ordinality x (v, n)) || e'\r\n', ''
                              order by c.org, c.fiscal_year, c.goal, c.item, c.line, c.target), '')
  from cells c;
$$;
comment on function kpid.target_csv() is 'the targets as a file for spreadsheets';
