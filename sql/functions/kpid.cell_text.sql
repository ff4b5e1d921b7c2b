create or replace function kpid.cell_text(i_cell json)
returns text
language sql
immutable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.cell_text(1)
--
--      A cell of a kept body as people find it, or why it is not shown.
--
-- Parameters:
--      i_cell - of the document of kpid.value_json
--
-- Returns:
--      "シート「来館」の B2　「1,200」"; null for no cell
-- ----------------------------------------------------------------------
select case
       when c.j ->> 'raw' is not null then
    format('%s%s「%s」',
           format('%s の中の ', c.j ->> 'member')
               || case when c.j ->> 'member' is null then null else '' end,
           coalesce(format('シート「%s」の %s　', c.j ->> 'sheet',
                           c.j ->> 'cell')
                    || case when c.j ->> 'sheet' is null then null else '' end,
                    format('%s行目・%s列目　', c.j ->> 'line',
                           c.j ->> 'column')),
           c.j ->> 'raw')
       when c.j ->> 'why' is not null then
    format('%s%s', case when c.j ->> 'line' is not null
                   then format('%s行目・%s列目　', c.j ->> 'line',
                               c.j ->> 'column') end,
           case c.j ->> 'why'
           when 'pruned' then '（原本は保存期間を過ぎ、残っていません）'
           when 'feed_gone' then
               '（取込設定がなくなったため、原本を読み取れません）'
           when 'unreadable' then '（今の取込設定では原本を読み取れません）'
           else '（今の取込設定では、このセルが見つかりません）' end) end
  from (select i_cell as j) c;
$$;
comment on function kpid.cell_text(json) is
    'a cell of a kept body as people find it, or why it is not shown';
