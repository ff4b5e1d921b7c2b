create or replace function kpid.status_summary(i_as_of date, i_known_at timestamptz, i_org text)
returns table (status_ja text, n bigint)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.status_summary('2024-09-30', null, null)
--
--      How many targets have which status, in the order of the ladder.
--
-- Parameters:
--      i_as_of     - null is today
--      i_known_at  - null is now
--      i_org       - six digits; null is all
--
-- Returns:
--      one row for each status that occurs
-- ----------------------------------------------------------------------
select a.status_ja, count(*)
  from kpi.assess(coalesce(i_as_of, kpid.today()), i_known_at, i_org, false) a
 group by a.status, a.status_ja
 order by array_position(array['achieved', 'met', 'on_track', 'watch', 'off_track', 'missed',
                               'not_judgeable', 'not_applicable'], a.status);
$$;
comment on function kpid.status_summary(date, timestamptz, text) is
    'how many targets have which status';
