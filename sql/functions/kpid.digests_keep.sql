create or replace function kpid.digests_keep(i_delivery int)
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.digests_keep(1)
--
--      After a direct load: what the feed now states of each series.
--      Those that were repeated stay as they are. After one of new periods
--      (class n) all older digests are forgotten at once: the next delivery
--      will be of other periods again, and an update for each series costs
--      as much as its rows.
--
-- Parameters:
--      i_delivery - its series, but for repeated ones, stand in
--                   pg_temp.resolved
--
-- Tables directly manipulated:
--      insert, update - kpid.feed_series
--      upsert - kpid.digests_stale
-- ----------------------------------------------------------------------
begin
    insert into kpid.feed_series (org, series, feed_id, base, digest)
    select r.org, r.series, r.feed_id, i_delivery, r.digest
      from pg_temp.resolved r
     where not r.stated
     order by r.org, r.series;
    if exists (select from pg_temp.resolved r where r.class = 'n') then
        insert into kpid.digests_stale as e (feed_id, before)
        select d.feed_id, i_delivery
          from kpid.delivery d where d.delivery = i_delivery
            on conflict on constraint digests_stale_pkey do update
           set before = greatest(e.before, excluded.before);
    end if;
    update kpid.feed_series f
       set base = i_delivery, digest = r.digest
      from pg_temp.resolved r
     where r.class = 'c'
       and r.stated
       and f.org = r.org and f.series = r.series and f.feed_id = r.feed_id;
end $$;
comment on function kpid.digests_keep(int) is
    'remembers what a feed states of each series';
