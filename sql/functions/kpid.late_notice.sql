create or replace function kpid.late_notice(i_feed_id int, i_frequency text, i_period date)
returns jsonb
language sql stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.late_notice(1, 'M', '2024-09-01')
--
--      What the owner of a feed is told when a period has not come in time.
--
-- Parameters:
--      i_feed_id, i_frequency, i_period  - as in kpid.expected
--
-- Returns:
--      subject, lead and parts in both languages
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
with about as (
    select f.feed, f.title, s.checked_at, s.error, e.frequency = '-' as never,
           case when e.frequency <> '-' then kpid.period_ja(e.span, e.period) end as ja,
           case when e.frequency <> '-' then kpid.period_text(e.span, e.period) end as en,
           (e.asked_at at time zone f.time_zone)::date as asked,
           (s.checked_at at time zone kpid.zone())::date as checked,
           (select max(d.fetched_at at time zone kpid.zone())::date from kpid.delivery d
             where d.feed_id = f.feed_id and d.loaded is not null and d.retracted is null) as last,
           (select string_agg(distinct g.name, '、')
              from kpid.target_held(kpid.event_at(null), kpid.today(), false) h
              join kpid.target g using (org, target, fiscal_year, version)
              join kpid.series x on x.org = g.org and x.indicator = g.indicator
              join kpid.feed_series k on k.org = x.org and k.series = x.series
             where k.feed_id = f.feed_id and g.comparator <> 'withdrawn') as targets
      from kpid.expected e
      join kpid.feed f using (feed_id)
      left join kpid.feed_state s using (feed_id)
     where e.feed_id = i_feed_id and e.frequency = i_frequency and e.period = i_period
)
select jsonb_build_object(
    'subject_ja', format('【データ未着】%s：%s', a.title,
        case when a.never then 'まだ一度も届いていません' else a.ja || '分が届いていません' end),
    'subject_en', format('[Data late] %s: %s', a.title,
        case when a.never then 'nothing has come yet' else a.en || ' has not come' end),
    'lead_ja', format('「%s」の%sデータが、%sの収集でも、その後の猶予期間中にも届きませんでした。'
        '提供元の公表状況をご確認くださるよう、お願いいたします。関係する目標は、届くまで'
        'これまでの判定のままとし、遅れとは扱いません。このお知らせは、この期間について'
        '一度だけお送りしています。', a.title, coalesce(a.ja || '分の', ''), kpid.date_ja(a.asked)),
    'lead_en', format('%s of ''%s'' did not come with the collection of %s, nor in the days of '
        'grace after it. Please look at what the source has published. Targets that depend on '
        'it keep their last status meanwhile and are not counted as late. This is said once '
        'for this period.', coalesce('The data for ' || a.en, 'The first data'), a.title, a.asked),
    'parts', to_jsonb(array_remove(array[
        kpid.part('届いていないデータ', 'What is missing', array[
            kpid.said('期間', 'Period', a.ja || '（' || a.en || '）', a.en, 'strong'),
            kpid.said('収集の予定日', 'Expected on', kpid.date_ja(a.asked), a.asked::text),
            kpid.said('最後の受領', 'Last delivery', coalesce(kpid.date_ja(a.last), 'まだありません'),
                      coalesce(a.last::text, 'none yet')),
            kpid.said('最後の確認', 'Last look', kpid.date_ja(a.checked), a.checked::text),
            kpid.said('収集の結果', 'What it gave', a.error, a.error),
            kpid.said('待っている目標', 'Targets that wait', a.targets, a.targets)]),
        kpid.part('ご対応（システム担当が実行します）', 'What to do (commands of the operator)', array[
            kpid.said('公表されている場合', 'If it is published', 'kpid collect ' || a.feed, null),
            kpid.said('ファイルで届いた場合', 'If it came as a file',
                      format('kpid import %s ファイル名', a.feed), format('kpid import %s FILE', a.feed)),
            kpid.said('公表時期が変わった場合', 'If it is published later now',
                      format('設定 feeds/%s.json の schedule と grace_days を改めます', a.feed),
                      format('change schedule and grace_days of feeds/%s.json', a.feed))])], null)))
  from about a;
$$;
comment on function kpid.late_notice(int, text, date) is
    'what the owner of a feed is told when a period has not come in time';
