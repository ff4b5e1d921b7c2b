create or replace function kpid.digest_lines(i_since date)
returns table (org int, department text, section text, n text, line jsonb)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.digest_lines('2024-09-01')
--
--      What a department's digest says of its targets, line by line.
--
-- Parameters:
--      i_since  - what was told since this day counts as news
--
-- Returns:
--      section: news, open, pending, silenced, unsent; n: order within it
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
with alert as materialized (
    -- what has been reported is out of the digest
    select a.*, a.org::int as o
      from kpid.alert_rows(null) a
      left join kpid.year_reported y on y.org = a.org::int and y.fiscal_year = a.fiscal_year
     where a.org is not null and y.org is null
       and kpid.today() < kpid.year_first(a.fiscal_year + 1, 'fiscal') + interval '6 months'
), judged as materialized (
    select s.org::int as o, s.target, s.fiscal_year, s.status_ja, s.status,
           concat(kpid.num_ja(s.actual), '/', kpid.num_ja(s.target_value), s.unit) as figures,
           s.required_rate, s.unit
      from kpi.assess(kpid.today(), null) s
), said (kind, ja, en) as (
    values ('opened', '遅れをお知らせしました', 'told as late'),
           ('reopened', '改めてお知らせしました', 'told again'),
           ('escalated', '遅れが続いています', 'told as still late'),
           ('closed', '回復しました', 'recovered'),
           ('correction', '先のお知らせを訂正しました', 'corrected'),
           ('target_changed', '目標が変更されました', 'target changed'),
           ('reminder', '対応の期限が過ぎました', 'reminded')
)
select distinct on (a.o, a.target, o.event) a.o, a.department, 'news', o.created_at::text || a.target,
       kpid.said(kpid.date_ja((o.created_at at time zone kpid.zone())::date),
                 (o.created_at at time zone kpid.zone())::date::text,
                 a.name || '：' || w.ja, a.name || ': ' || w.en)
  from (select p.*, p.payload ->> 'event' as event from kpid.outbox p) o
  join kpid.outbox_target x using (outbox)
  join alert a on a.o = x.org and a.target = x.target and a.fiscal_year = x.fiscal_year
  join said w on w.kind = o.kind
 where (o.created_at at time zone kpid.zone())::date >= i_since
 union all
select a.o, a.department, case when a.told > 0 then 'open' else 'pending' end, a.target,
       kpid.said(a.name, a.name,
           concat_ws('　', j.status_ja, j.figures,
               case when a.acked_until is not null
                    then format('対応中（%s、%sまで：%s）', a.acked_by, kpid.date_ja(a.acked_until), a.ack_note)
                    when a.told = 0 then '次の報告でも遅れが続いている場合は、お知らせします'
                    when j.required_rate > 0
                    then format('期限までに毎月%s%sが必要です。対応方針をお決めください',
                                kpid.num_ja(ceil(j.required_rate)), j.unit)
                    else '原因と今後の対応をお決めください' end),
           concat_ws(', ', replace(j.status, '_', ' '), j.figures,
               case when a.acked_until is not null
                    then format('in hand (%s, until %s: %s)', a.acked_by, a.acked_until, a.ack_note)
                    when a.told = 0 then 'will be told if the next report is as bad'
                    when j.required_rate > 0
                    then format('needs %s a month until it is due: decide what to do',
                                kpid.num_ja(ceil(j.required_rate)))
                    else 'find the cause and decide what to do' end),
           case when a.told > 0 then 'strong' else 'plain' end)
  from alert a
  left join judged j using (o, target, fiscal_year)
 where (a.told > 0 or a.pending) and a.silenced_until is null
 union all
select a.o, a.department, 'silenced', a.target,
       kpid.said(a.name, a.name,
           format('%sまで（%s：%s）。期限が来ると、その時点の状況をお知らせします',
                  kpid.date_ja(a.silenced_until), a.silenced_by, a.silence_reason),
           format('until %s (%s: %s); then the difference is told',
                  a.silenced_until, a.silenced_by, a.silence_reason))
  from alert a
 where a.silenced_until is not null
 union all
select distinct on (a.o, a.department, o.outbox) a.o, a.department, 'unsent', o.outbox::text,
       kpid.said(o.recipient, o.recipient, coalesce(o.error, ''), coalesce(o.error, ''), 'fine')
  from kpid.outbox o
  join kpid.outbox_target x using (outbox)
  join alert a on a.o = x.org and a.target = x.target and a.fiscal_year = x.fiscal_year
 where (o.given_up_at at time zone kpid.zone())::date >= i_since;
$$;
comment on function kpid.digest_lines(date) is
    'what a department''s digest says of its targets, line by line';
