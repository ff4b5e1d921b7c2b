create or replace function kpid.digest_tell(i_day date)
returns bigint
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.digest_tell('2024-10-01')
--
--      The monthly digest: one for each department that has something to
--      read, to its address, or to the owners of its targets when none is
--      configured. A department without news and without anything open gets
--      none: a mail that asks for nothing is one too many.
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
    l_since date := i_day - interval '1 month';
    l_mails bigint;
begin
    if i_day is null then
        return 0;
    end if;
    with line as materialized (
        select * from kpid.digest_lines(l_since)
         union all
        select * from kpid.digest_feeds(l_since)
    ), part as (
        select l.org, l.department, c.n,
               kpid.part(c.ja, c.en, array_agg(l.line order by l.n)) as part,
               count(*) filter (where l.section = 'open') as open
          from line l
          join (values ('news', 1, 'この1か月の動き', 'What changed this month'),
                       ('open', 2, '対応が必要な目標', 'Targets that need you'),
                       ('pending', 3, '要注意の目標', 'Targets to watch'),
                       ('data', 4, 'データの状況', 'Data'),
                       ('silenced', 5, 'お知らせを止めている目標', 'Silenced'),
                       ('unsent', 6, '送れなかったメール', 'Mails that were refused')
               ) c (section, n, ja, en) using (section)
         group by l.org, l.department, c.n, c.ja, c.en
    ), digest as (
        select p.org, p.department, jsonb_agg(p.part order by p.n) as parts, sum(p.open) as open
          from part p
         group by p.org, p.department
    )
    select count(kpid.notice_put(
               format('digest/%s/%s/%s', d.org, d.department, r.recipient),
               to_char(i_day, 'YYYYMMDD')::int, r.recipient, 'digest', jsonb_build_object(
               'subject_ja', format('【目標進捗・月報】%s%s：対応が必要な目標 %s件',
                   kpid.era_year(i_day), to_char(i_day, 'FMMM月'), d.open),
               'subject_en', format('[Targets, monthly] %s: %s need you', to_char(i_day, 'YYYY-MM'), d.open),
               'lead_ja', format('%sの目標について、%s現在の状況をお知らせします。%s',
                   coalesce(d.department, 'ご担当'), kpid.date_ja(i_day),
                   case when d.open > 0 then '対応が必要な目標について、方針の決定をお願いいたします。'
                        else '新たな対応は必要ありません。' end),
               'lead_en', format('The targets of %s as of %s. %s', coalesce(d.department, 'your department'),
                   i_day, case when d.open > 0 then 'Please decide what is to be done about those that need you.'
                               else 'Nothing new is to be done.' end),
               'parts', d.parts)))
      into l_mails
      from digest d
     cross join lateral kpid.department_readers(d.org, d.department) r (recipient);
    return l_mails;
end;
$$;
comment on function kpid.digest_tell(date) is 'the monthly digest of each department';
