create or replace function kpid.checkpoint_needs(i_at date)
returns table (org int, recipient text, target text, goal int, item text, line jsonb)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.checkpoint_needs('2024-09-30')
--
--      What is still missing for the report of a checkpoint, and who can
--      give it.
--
-- Parameters:
--      i_at  - 30 September or 31 March
--
-- Returns:
--      one row for each target and owner
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
with judged as (
    select a.*, a.org::int as o, g.owner, g.reported as told_done,
           coalesce(t.told, 0) as told, t.acked_until
      from kpi.assess(kpid.today(), null) a
      join kpid.target_held(kpid.event_at(null), kpid.today(), false) h
           on h.org = a.org::int and h.target = a.target and h.fiscal_year = a.fiscal_year
      join kpid.target g on (g.org, g.target, g.fiscal_year, g.version)
                          = (h.org, h.target, h.fiscal_year, h.version)
      left join kpid.alert t on (t.org, t.target, t.fiscal_year) = (g.org, g.target, g.fiscal_year)
     where g.comparator <> 'withdrawn'
       and coalesce(t.silenced_until < kpid.today(), true)
), need as (
    select j.*, w.ja, w.en
      from judged j
     cross join lateral (select case
        when j.comparator = 'milestone' and j.due <= i_at and j.told_done is null and j.status <> 'achieved'
        then array['期限を迎えます。実施の有無と実施日をご報告ください',
                   'It falls due: report whether and when it was done']
        when j.comparator = 'milestone' then null
        when j.actual is null
        then array['実績の報告がまだありません', 'No value has been reported yet']
        when 'plan_short' = any (j.modifiers)
        then array['残りの予定だけでは目標に届きません。今後の予定をお知らせください',
                   'What is planned will not reach it: state what is still to come']
        when 'stale' = any (j.modifiers)
        then array['最新の報告がまだ届いていません', 'The latest report has not come']
        when j.status = 'not_judgeable'
        then array['判定できません：' || j.reason, 'Not judgeable: ' || coalesce(j.reason_en, j.reason)]
        when j.told > 0 and j.acked_until is null
        then array['遅れをお知らせしています。対応方針をご報告ください',
                   'Told as late: report what is being done'] end) x (a)
     cross join lateral (select x.a[1], x.a[2]) w (ja, en)
     where w.ja is not null
)
select n.o, trim(r), n.target, n.goal, n.item,
       kpid.said(concat_ws(' ', n.item, n.name), concat_ws(' ', n.item, n.name), n.ja, n.en)
  from need n
 cross join lateral string_to_table(n.owner, ';') r
 where trim(r) <> '';
$$;
comment on function kpid.checkpoint_needs(date) is
    'what is still missing for the report of a checkpoint';
