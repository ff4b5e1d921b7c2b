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
--      their own decimals
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
with asked as (
    select coalesce(i_as_of, kpid.today()) as day,
           nullif(current_setting('kpid.clock', true), '') as clock
)
select (case when a.clock is null then '{'
             else '{"clock": ' || to_json(a.clock)::text || ', ' end
        || format('"as_of": %s, "known_at": %s, "event": %s, "targets": %s}',
                  to_json(a.day), to_json(coalesce(i_known_at, greatest(kpid.now(),
                      (select max(e.at) from kpid.event e)))),
                  kpid.event_at(i_known_at),
                  coalesce((select json_agg(r)
                              from kpi.assess(a.day, i_known_at,
                                              lpad(i_org::text, 6, '0')) r),
                           '[]')))
  from asked a;
$$;
comment on function kpid.status_json(date, timestamptz, int) is
    'the document of `kpid status`';
