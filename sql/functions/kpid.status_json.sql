create or replace function kpid.status_json(i_as_of date, i_known_at timestamptz, i_org int)
returns text
language sql stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.status_json('2024-09-30', null, null)
--
--      The document of `kpid status`.
--
-- Parameters:
--      i_as_of     - null is today
--      i_known_at  - null is now
--      i_org       - one organization; null is all
--
-- Returns:
--      {as_of, known_at, event, targets}; clock when it is fixed; numbers with
--      their own decimals; typed_by names who typed a value that counts
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
with asked as (
    select coalesce(i_as_of, kpid.today()) as day,
           nullif(current_setting('kpid.clock', true), '') as clock
), typed as materialized (
    select v.* from kpid.typed_values(kpid.event_at(i_known_at)) v
)
select (case when a.clock is null then '{'
             else '{"clock": ' || to_json(a.clock)::text || ', ' end
        || format('"as_of": %s, "known_at": %s, "event": %s, "targets": %s}',
                  to_json(a.day), to_json(coalesce(i_known_at, greatest(kpid.now(),
                      (select max(e.at) from kpid.event e)))),
                  kpid.event_at(i_known_at),
                  coalesce((select json_agg(r)
                              from (select s.*, t.typed_by
                                      from kpi.assess(a.day, i_known_at,
                                                      lpad(i_org::text, 6, '0')) s
                                      join kpid.target g
                                           on (lpad(g.org::text, 6, '0'), g.target,
                                               g.fiscal_year, g.version)
                                            = (s.org, s.target, s.fiscal_year, s.version)
                                      left join lateral (
                                           select string_agg(distinct v.typed_by, '、') as typed_by
                                             from typed v
                                            where v.org = s.org and v.indicator = s.indicator
                                              and (v.period = s.actual_period
                                                   or s.aggregate not in ('latest', 'ytd')
                                                  and v.period_end <= s.judged_at
                                                  and v.period_start >= kpid.year_first(
                                                          s.fiscal_year, g.year_kind))) t on true) r),
                           '[]')))
  from asked a;
$$;
comment on function kpid.status_json(date, timestamptz, int) is
    'the document of `kpid status`';
