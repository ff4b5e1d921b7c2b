create or replace function kpid.releases()
returns table (feed text, period text, period_ja text, newest text, newest_ja text,
               expected_at timestamptz, awaited timestamptz, late_since timestamptz)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.releases()
--
--      What each feed is to bring next, in words, for `kpid next`; of several
--      rhythms the one that is late or comes first; among those, the one
--      whose values reach furthest.
--
-- Returns:
--      a row for each feed with a schedule; period: null when nothing ever
--      came; awaited: as kpid.awaited
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select distinct on (f.feed)
       f.feed,
       case when e.frequency <> '-' then kpid.period_text(e.span, e.period) end,
       case when e.frequency <> '-' then kpid.period_ja(e.span, e.period) end,
       kpid.period_text(e.span, e.newest), kpid.period_ja(e.span, e.newest),
       e.asked_at, w.awaited, e.late_since
  from kpid.expected e
  join kpid.feed f using (feed_id)
  left join kpid.awaited() w using (feed)
 where e.arrived_at is null and f.active
 order by f.feed, e.late_since, e.asked_at, e.newest desc nulls last, e.period, e.frequency;
$$;
comment on function kpid.releases() is 'what each feed is to bring next, in words';
