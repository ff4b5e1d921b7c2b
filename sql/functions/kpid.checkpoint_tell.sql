create or replace function kpid.checkpoint_tell(i_day date)
returns bigint
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.checkpoint_tell('2024-09-16')
--
--      The reminder before 中間報告 (30 September) and 期末報告 (31 March):
--      one to each owner, of the targets about which something is still
--      missing, under what it is. Nothing missing, no mail.
--
-- Parameters:
--      i_day  - the day it is of; null: it is not the day
--
-- Returns:
--      number of mails
--
-- Tables directly manipulated: none (writes through kpid.notice_put)
-- ----------------------------------------------------------------------
declare
    l_at date := i_day + (select s.checkpoint_days from kpid.alert_settings() s);
    l_ja text := case when extract(month from l_at) = 9 then '中間報告' else '期末報告' end;
    l_mails bigint;
begin
    if i_day is null or l_at < kpid.today() then     -- what is over needs no reminder
        return 0;
    end if;
    with need as (
        select n.org, n.recipient, count(*) as n, kpid.part(
                   n.line ->> 'ja', n.line ->> 'en',
                   array_agg(kpid.said('', '', n.line ->> 'label_ja', n.line ->> 'label_en')
                             order by n.goal, n.item, n.target)) as part
          from kpid.checkpoint_needs(l_at) n
         group by n.org, n.recipient, n.line ->> 'ja', n.line ->> 'en'
    ), asked as (
        select d.org, d.recipient, sum(d.n) as n, jsonb_agg(d.part order by d.n desc) as parts
          from need d
         group by d.org, d.recipient
    )
    select count(kpid.notice_put(
               format('checkpoint/%s/%s', a.org, a.recipient), to_char(l_at, 'YYYYMMDD')::int,
               a.recipient, 'checkpoint', jsonb_build_object(
               'subject_ja', format('【目標進捗・%s前のご確認】%s時点：%s件', l_ja, kpid.date_ja(l_at), a.n),
               'subject_en', format('[Targets, report due] as of %s: %s to look at', l_at, a.n),
               'lead_ja', format('%sの基準日である%sが近づいています。次の%s件の目標について、'
                   'ご確認とご報告をお願いいたします。', l_ja, kpid.date_ja(l_at), a.n),
               'lead_en', format('The report as of %s is near. Please look at these %s targets '
                   'and report what is missing.', l_at, a.n),
               'parts', a.parts)))
      into l_mails
      from asked a;
    return l_mails;
end;
$$;
comment on function kpid.checkpoint_tell(date) is 'the reminder before the half-yearly reports';
