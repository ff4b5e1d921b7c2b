create or replace function kpid.explain_text(
    i_target text, i_as_of date, i_known_at timestamptz, i_raw jsonb)
returns text
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.explain_text('ueda-r6-5-1-card-rate', '2024-09-30', null, null)
--
--      The document of kpid.explain_json as lines for people.
--
-- Parameters:
--      as for kpid.explain_json
--
-- Returns:
--      the text; null when there is no such target
-- ----------------------------------------------------------------------
with doc as materialized (
    select kpid.explain_json(i_target, i_as_of, i_known_at, i_raw)::jsonb as j
), said as (
    select j, j -> 'status' as s from doc
), zone as (
    select coalesce(nullif(current_setting('kpid.time_zone', true), ''),
                    'Asia/Tokyo') as name
)
select concat_ws(e'\n',
    format('%s %s（%s）', s ->> 'item', s ->> 'name', j ->> 'target'),
    format('判定　%s（%s）　%s 時点　第%s版（%s）', s ->> 'status_ja', s ->> 'status',
           j ->> 'as_of', j ->> 'event',
           to_char((j ->> 'event_at')::timestamptz at time zone z.name, 'YYYY-MM-DD HH24:MI')),
    format('理由　%s', s ->> 'reason'),
    (select string_agg('計算　' || f, e'\n' order by n)
       from jsonb_array_elements_text(j -> 'formula') with ordinality x (f, n)),
    '見通し　' || kpid.forecast_ja(nullif(s -> 'forecast', 'null'), s ->> 'unit'),
    (select string_agg(format('入力　%s%s = %s　%s　受領番号 %s　%s行目・%s列目%s　SHA-256 %s…',
                              nullif(i ->> 'indicator', s ->> 'indicator') || ' ',
                              i ->> 'period', i ->> 'value', i ->> 'feed', i ->> 'delivery',
                              i ->> 'line', i ->> 'col',
                              coalesce('「' || (i ->> 'raw') || '」', '（原本の記載は残っていません）'),
                              left(i ->> 'sha256', 12))
                       || coalesce('　入力者 ' || (i ->> 'typed_by'), ''), e'\n' order by n)
       from jsonb_array_elements(j -> 'inputs') with ordinality x (i, n)),
    (select string_agg(format('目標　第%s版　%s %s　%s（%s から）', v ->> 'version',
                              v ->> 'comparator', coalesce(v ->> 'target_value', ''),
                              v ->> 'source', v ->> 'valid_from'), e'\n' order by n)
       from jsonb_array_elements(j -> 'versions') with ordinality x (v, n)))
  from said
 cross join zone z
 where j is not null;
$$;
comment on function kpid.explain_text(text, date, timestamptz, jsonb) is
    'one status explained, as lines for people';
