create or replace function kpid.trouble_notice(
    i_kind text, i_subject text, i_says text, i_since timestamptz, i_ja text, i_en text)
returns jsonb
language sql stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.trouble_notice('disk_low', 'spool', 'opened', now(), '..', '..')
--
--      What the operator is told of a failure of kpid's own.
--
-- Parameters:
--      i_kind, i_subject  - as in kpid.trouble_now
--      i_says             - opened, reminder or closed
--      i_since            - when it began; null when it is over
--      i_ja, i_en         - what is the matter
--
-- Returns:
--      subject, lead and parts in both languages
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select jsonb_build_object(
    'subject_ja', format('【kpid運用%s】%s：%s', m.ja, w.title_ja, i_subject),
    'subject_en', format('[kpid%s] %s: %s', m.en, w.title_en, i_subject),
    'lead_ja', case i_says
        when 'closed' then format('先にお知らせした「%s」（%s）は、解消しました。対応は必要ありません。',
                                  w.title_ja, i_subject)
        when 'reminder' then format('「%s」（%s）の状態が続いています。ご対応をお願いいたします。',
                                    w.title_ja, i_subject)
        else format('kpid の運用に問題があります。「%s」（%s）について、ご確認と'
             'ご対応をお願いいたします。', w.title_ja, i_subject) end,
    'lead_en', case i_says
        when 'closed' then format('What was told of %s is over: %s. Nothing is to be done.',
                                  i_subject, w.title_en)
        when 'reminder' then format('Still so: %s (%s). Please see to it.', w.title_en, i_subject)
        else format('Running kpid has a problem that needs you: %s.', w.title_en) end,
    'parts', to_jsonb(array_remove(array[
        kpid.part('状況', 'What is the matter', array[
            kpid.said('対象', 'About', i_subject, i_subject),
            kpid.said('内容', 'What', i_ja, i_en, 'strong'),
            kpid.said('発生', 'Since', kpid.date_ja(s.at::date) || to_char(s.at, 'FMHH24時MI分'),
                      to_char(s.at, 'YYYY-MM-DD HH24:MI'))]),
        case when i_says <> 'closed' then
        kpid.part('ご対応', 'What to do', array[
            kpid.said('', '', w.todo_ja, w.todo_en),
            kpid.said('引き受ける', 'To take it in hand',
                format('kpid ack kpid/%s/%s --by 氏名 --note メモ --until 日付', i_kind, i_subject),
                format('kpid ack kpid/%s/%s --by WHO --note TEXT --until DAY', i_kind, i_subject),
                'fine')]) end], null)))
  from kpi.own_alert w
 cross join (select i_since at time zone kpid.zone() as at) s
  left join (values ('closed', '・解消', ', over'),
                    ('reminder', '・継続中', ', still')) m (says, ja, en) on m.says = i_says
 where w.kind = i_kind;
$$;
comment on function kpid.trouble_notice(text, text, text, timestamptz, text, text) is
    'what the operator is told of a failure of kpid''s own';
