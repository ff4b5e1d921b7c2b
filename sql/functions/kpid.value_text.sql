create or replace function kpid.value_text(i_doc json)
returns text
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.value_text(1)
--
--      The document of kpid.value_json as lines for people.
--
-- Parameters:
--      i_doc - the document
-- ----------------------------------------------------------------------
with zone as (
    select coalesce(nullif(current_setting('kpid.time_zone', true), ''),
                    'Asia/Tokyo') as name
), word (reason, ja) as (
    values ('not_applicable', '該当なし'), ('suppressed', '秘匿'),
           ('not_collected', '調査なし'), ('not_available', '未入手'),
           ('error', '誤り')
), doc as (
    select i_doc as j, i_doc -> 'source' as s, i_doc -> 'cell' as c
)
select concat_ws(e'\n',
    format('%s（%s）　%s%s　%s', j ->> 'name_ja', j ->> 'indicator',
           j ->> 'org',
           case when j ->> 'dims' <> '{}' then ' ' || (j ->> 'dims')
                else '' end, j ->> 'period_ja'),
    format('値　　%s%s%s　第%s版',
           coalesce(j ->> 'value',
                    (select w.ja from word w where w.reason = j ->> 'missing'),
                    case when json_array_length(j -> 'history') = 0
                         then 'この時点ではまだありません'
                         else 'ありません（取り下げられています）' end),
           case when j ->> 'value' is not null then j ->> 'unit' end,
           case j ->> 'status' when 'P' then '（速報値）'
                when 'E' then '（推計値）' when 'B' then '（集計方法の変更あり）' end,
           coalesce(s ->> 'event', j ->> 'event')),
    format('入力者　%s（%s）', s ->> 'typed_by', s ->> 'typed_why')
        || case when s ->> 'typed_by' is null then null else '' end,
    case when s ->> 'delivery' is not null and j ->> 'formula' is null then
    format('出典　%s（%s）　受領番号 %s　%s 受領%s', s ->> 'title', s ->> 'feed',
           s ->> 'delivery',
           to_char((s ->> 'fetched_at')::timestamptz at time zone z.name,
                   'YYYY-MM-DD HH24:MI'),
           '　' || to_char((s ->> 'published_at')::timestamptz
                           at time zone z.name, 'YYYY-MM-DD') || ' 公表')
    end,
    format('原本　%s　SHA-256 %s　%s バイト', s ->> 'url', s ->> 'sha256',
           s ->> 'bytes')
        || case when s ->> 'sha256' is null or j ->> 'formula' is not null
                then null else '' end,
    'セル　' || kpid.cell_text(c),
    '算式　' || (j ->> 'formula') || '（kpid が計算した値です）',
    (select string_agg(concat_ws('　', format('もとの値　%s（%s）%s',
                i ->> 'name_ja', i ->> 'indicator',
                case when i ->> 'dims' <> '{}' then ' ' || (i ->> 'dims')
                     else '' end),
                i ->> 'period_ja',
                coalesce((i ->> 'value') || coalesce(i ->> 'unit', ''),
                         (select w.ja from word w
                           where w.reason = i ->> 'missing')),
                format('%s 受領番号 %s', i ->> 'feed', i ->> 'delivery'),
                '入力者 ' || (i ->> 'typed_by'),
                kpid.cell_text(i -> 'cell')), e'\n' order by n)
       from json_array_elements(case when j ->> 'formula' is not null
                                     then j -> 'inputs' end)
            with ordinality x (i, n)),
    case when (c ->> 'contract_changed')::boolean then
    '注意　取込設定（contract）が、この値を読み取ったときから変わっています'
    end,
    (select string_agg(format('履歴　第%s版　%s　%s%s　%s%s%s', h ->> 'event',
                to_char((h ->> 'known_at')::timestamptz at time zone z.name,
                        'YYYY-MM-DD HH24:MI'),
                coalesce(h ->> 'value', (select w.ja from word w
                                          where w.reason = h ->> 'missing'),
                         '取り下げ'),
                case when not (h ->> 'served')::boolean
                     then '（遅れて届いた古い版）' else '' end,
                format('%s 受領番号 %s', h ->> 'feed', h ->> 'delivery'),
                case h ->> 'kind' when 'replay' then '　読み直し'
                     when 'retract' then '　受領の取り消し' else '' end,
                '　' || (h ->> 'who') || '：' || coalesce(h ->> 'why', '')),
                e'\n' order by n)
       from json_array_elements(j -> 'history')
            with ordinality x (h, n)))
  from doc
 cross join zone z;
$$;
comment on function kpid.value_text(json) is
    'a value explained, as lines for people';
