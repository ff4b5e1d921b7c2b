create or replace function kpid.forecast_ja(i_forecast jsonb, i_unit text)
returns text
language sql immutable parallel safe
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.forecast_ja('{"value": 110, "low": 71, ..}', '件')
--
--      A forecast as a line for people, with the method that gave it and how
--      far it would have been off in the past.
--
-- Parameters:
--      i_forecast  - as in a status: value, low, high, probability, error, method
--      i_unit      - of its numbers
--
-- Returns:
--      期限に110件（8割の確率で71～159件）　達成の確率 29%　方法 run_rate（..）
--      for the example; null without a value
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select '期限に' || kpid.num_ja(f.value) || u.nit
       || coalesce('（8割の確率で' || kpid.num_ja(f.low) || '～' || kpid.num_ja(f.high)
                   || u.nit || '）', '')
       || coalesce('　達成の確率 ' || case when f.probability < 0.015 then '1%以下'
                                           when f.probability >= 0.985 then '99%以上'
                                           else round(f.probability * 100) || '%' end, '')
       || '　方法 ' || f.method || coalesce('（' || m.ja || '）', '')
       || coalesce('　過去に当てはめたときの平均誤差 ' || kpid.num_ja(round(f.error, 2)) || u.nit, '')
  from jsonb_to_record(i_forecast) f (value numeric, low numeric, high numeric,
                                      probability numeric, error numeric, method text)
 cross join (select coalesce(i_unit, '')) u (nit)
  left join (values ('seasonal', '過去の年度の進み方をもとに推計'),
                    ('last_year', '前年度の進み方をもとに推計'),
                    ('run_rate', 'これまでの進み方が続くものとして推計'),
                    ('declared', '計画に登録された月ごとの割合をもとに推計'),
                    ('kindred', '過去の年度の実績がないため、ほかの指標の月ごとの進み方を当てはめた推計'),
                    ('damped_trend', '最近の増減がしだいに緩やかになるものとして推計'),
                    ('no_change', '現在の水準が続くものとして推計'),
                    ('trend', '最近の増減が続くものとして推計'),
                    ('plan', '実績と今後の予定の合計')) m (method, ja) using (method)
 where f.value is not null;
$$;
comment on function kpid.forecast_ja(jsonb, text) is
    'a forecast as a line for people, with its method';
