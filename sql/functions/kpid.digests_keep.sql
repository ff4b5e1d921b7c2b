create or replace function kpid.digests_keep(i_delivery int)
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.digests_keep(1)
--
--      After a direct load: what the feed now states of each series.
--      Those that were repeated stay as they are.
--
-- Parameters:
--      i_delivery - its series, but for repeated ones, stand in
--                   pg_temp.resolved
--
-- Tables directly manipulated:
--      insert, update - kpid.feed_series
-- ----------------------------------------------------------------------
begin
    insert into kpid.feed_series (org, series, feed_id, base, digest)
    select r.org, r.series, r.feed_id, i_delivery, r.digest
      from pg_temp.resolved r
     where not r.stated
     order by r.org, r.series;
    update kpid.feed_series f
       set base = i_delivery, digest = r.digest
      from pg_temp.resolved r
     where r.stated
       and f.org = r.org and f.series = r.series and f.feed_id = r.feed_id;
end $$;
comment on function kpid.digests_keep(int) is
    'remembers what a feed states of each series';
