create or replace function kpid.reason_ja(j kpid.judgement, g kpid.target, i_rate numeric)
returns table (reason text)
language sql stable
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.reason_ja(judgement, target, 75.8333)
--
--      Why the status is what it is, in one or two sentences that name the
--      numbers. No search_path setting: the planner inlines it.
--
-- Parameters:
--      j       - the judgement
--      g       - its target
--      i_rate  - how many more a month are needed
--
-- Returns:
--      one row with the sentences
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
with w as (
    select kpid.day_ja(j.t) as at, coalesce(g.unit, '') as u,
           kpid.num_ja((j.point).y) || coalesce(g.unit, '') as y,
           kpid.num_ja(case when j.rule in ('keep', 'met') or (j.point).aim is not null
                            then (j.point).aim end) || coalesce(g.unit, '')
               || case when g.comparator = 'at_most' then '以下' else '' end as aim,
           case when (j.verdict).e_whole <> (j.course).e
                then kpid.num_ja((j.verdict).e_whole) || coalesce(g.unit, '') || '（計算上は'
                     || kpid.num_ja(pg_catalog.round((j.course).e, 2))
                     || coalesce(g.unit, '') || '）'
                else kpid.num_ja(pg_catalog.round((j.course).e, 2)) || coalesce(g.unit, '')
                end as e,
           case when g.unit in ('%', '％') then 'ポイント' else coalesce(g.unit, '') end as du,
           kpid.num_ja(pg_catalog.abs((j.point).y - (j.point).aim)) as off,
           case when (j.point).y < (j.point).aim then '下回って' else '上回って' end as side,
           kpid.num_ja(pg_catalog.abs((j.point).y
               - coalesce((j.verdict).e_whole, pg_catalog.round((j.course).e, 2)))) as behind,
           case when g.unit in ('%', '％')
                then case (j.point).d when 1 then '低く' else '高く' end
                else case (j.point).d when 1 then '少なく' else '多く' end end as less,
           case when (j.point).y + (j.course).later < (j.point).aim and j.t < g.due
                then '今後の予定' || kpid.num_ja(pg_catalog.round((j.course).later, 2))
                     || coalesce(g.unit, '') || 'を合わせても'
                     || kpid.num_ja(pg_catalog.round((j.point).y + (j.course).later, 2))
                     || coalesce(g.unit, '') || 'で、目標に'
                     || kpid.num_ja(pg_catalog.round((j.point).aim - (j.point).y
                                                     - (j.course).later, 2))
                     || coalesce(g.unit, '') || '足りません。' else '' end as short,
           -- cut, not rounded: 0.949 is no 0.95
           coalesce(pg_catalog.trunc(
               coalesce((j.verdict).pace_whole, (j.verdict).pace), 2)::text, '－') as pace,
           kpid.num_ja(case when (j.verdict).e_whole is not null then pg_catalog.ceil(i_rate)
                            else pg_catalog.ceil(i_rate * 10) / 10 end) as rate
    offset 0
)
select case j.rule
    when 'no_value' then '今年度の実績値が報告されていません。報告にない値は0とみなさず、判定しません。'
        || coalesce('この項目の報告書の記載：「' || kpid.sheet_says(g) || '」', '')
    when 'no_last_year' then '比べる前年度（'
        || kpid.era_year(pg_catalog.make_date(g.fiscal_year - 1, 5, 1)) || '度）の実績値がわからないため判定できません。'
    when 'no_baseline' then w.at || 'の値は' || w.y || 'ですが、基準値が登録されていないため判定できません。'
    when 'no_calendar' then w.at || 'までの合計' || w.y
        || 'は報告されていますが、実施すべき時期（暦）が登録されていないため判定できません。'
    when 'by_total' then '合計' || w.y || 'は必要な数に達していますが、各期の実施は合計からは確認できません。'
    when 'nothing_due' then w.at || 'までに実施の時期を迎えたものはまだありません。'
    when 'due' then case j.status
        when 'achieved' then w.at || 'の実績は' || w.y || 'で、目標' || w.aim || 'を達成しました。'
        else w.at || 'の実績は' || w.y || 'で、目標' || w.aim
             || case when w.off = '0' then 'と同じ値にとどまりました。'
                     else 'を' || w.off || w.du || w.side || 'います。' end end
    when 'early' then case j.status
        when 'achieved' then w.at || 'までの実績は' || w.y || 'で、すでに目標' || w.aim || 'に達しています。'
        else w.at || 'の実績は' || w.y || 'で、期待値' || w.e || 'より' || w.behind || w.du || w.less
             || 'なっています。過去の実績がなく均等に見込んでいるため、年度の初めは要注意にとどめます。' end
    when 'exceeded' then w.at || 'までの実績は' || w.y || 'で、すでに目標の' || w.aim || 'を超えています。'
    when 'met' then w.at || 'の値は' || w.y || 'で、目標' || w.aim || 'の水準に達しています。期限までに変わることがあります。'
    when 'zero' then w.at || 'まで' || w.y || 'で、目標を維持しています。'
    when 'keep' then w.at || 'の値は' || w.y || 'で、維持すべき水準' || w.aim
        || 'を' || w.off || w.du || w.side || 'います。'
    when 'ahead' then w.at || 'までに見込まれる実績はまだありませんが、すでに' || w.y || 'の実績があります。'
    when 'nothing_expected' then w.at || 'までに見込まれる実績はまだありません（実績' || w.y || '、目標' || w.aim || '）。'
        || coalesce('最初の予定は' || kpid.era_year((j.course).next_step)
                    || pg_catalog.to_char((j.course).next_step, 'FMMM"月です。"'), '')
    when 'not_begun' then '進み具合を見込む期間がまだ始まっていません（実績' || w.y || '、目標' || w.aim || '）。'
    when 'wavers' then w.at || 'の値は' || w.y || 'です。基準値が概数で、どの値をとるかによって判定が分かれるため、要注意とします。'
    when 'short' then w.at || 'の実績は' || w.y || '、期待値は' || w.e || 'です。' || w.short
    when 'pace' then w.at || 'の実績は' || w.y || 'で、期待値' || w.e || case j.status
        when 'on_track' then 'に対し順調です（進度指数' || w.pace || '）。'
        else 'より' || w.behind || w.du || w.less || 'なっています（進度指数' || w.pace || '）。'
             || w.short
             || case when w.short = '' and (j.point).d = 1 and (j.point).kind = 'count'
                     then coalesce('目標' || w.aim || 'に届くには、期限まで毎月' || w.rate
                    || w.u || '必要です。', '') else '' end
             || case when (j.verdict).approximate
                     then '基準値が概数で、どの値をとるかによって判定が分かれます。' else '' end end
    when 'ratio' then w.at || 'の実績は' || w.y || 'で、' || case g.preset when 'nagayo'
        then '基準値' || kpid.num_ja(g.baseline) || w.u else '目標' || w.aim end || 'に対する判定です。'
    when 'withdrawn' then '目標は取り下げられました。'
    when 'done' then '期限までに実施されました。'
    when 'done_late' then '期限（' || kpid.day_ja(g.due) || '）を'
        || (g.done_on - g.due) || '日過ぎて実施されました。'
    when 'not_done' then '期限（' || kpid.day_ja(g.due) || '）までに実施されませんでした。'
    when 'unreported' then '期限（' || kpid.day_ja(g.due) || '）が過ぎましたが、実施の報告がありません。'
    when 'planned' then kpid.day_ja(g.planned_on) || 'に実施の予定です。'
    when 'text_only' then '数値で判定しない取組です。'
    end
    || case when (j.point).n < (j.point).periods
            then '（' || (j.point).periods || '期間のうち値のある' || (j.point).n || '期間による）' else '' end
    || case when g.preset <> 'default'
            then '（判定基準：' || g.preset
                 || coalesce('「' || kpid.preset_word(g.preset, j.status, (j.verdict).pace) || '」', '')
                 || '）' else '' end
  from w;
$$;
comment on function kpid.reason_ja(kpid.judgement, kpid.target, numeric) is
    'why the status is what it is, in one or two sentences that name the numbers';
