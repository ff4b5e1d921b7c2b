create or replace function kpid.digests_drop(i_feed int)
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.digests_drop(1)
--
--      Digests tell what a feed stated while that is what is latest. When
--      something else touches a series they do so no longer: those of the
--      series in pg_temp.resolved are forgotten, and those of whole
--      deliveries of every feed that states one of them. Of a feed with many
--      of them, a quarter and more, all are forgotten by one number: an
--      update for each would cost as much as merging its rows.
--
-- Parameters:
--      i_feed - whose own digests of series stay, since they are about to
--               be set anew; null: nobody's
--
-- Tables directly manipulated:
--      update - kpid.feed_series, kpid.delivery
--      upsert - kpid.digests_stale
-- ----------------------------------------------------------------------
declare
    l_feeds int[];       -- that state one of the series
    l_live  int[];       -- of these, with digests that are to go
    l_many  int[];       -- of these, with many
begin
    select array_agg(x.feed_id),
           array_agg(x.feed_id) filter (where x.live > 0),
           array_agg(x.feed_id) filter (
               where x.live > 1000
                 and 4 * x.live > (select count(*) from kpid.feed_series a
                                    where a.feed_id = x.feed_id))
      into l_feeds, l_live, l_many
      from (select g.feed_id,
                   sum(g.digests) filter (
                       where g.base >= coalesce(e.before, 0)
                         and g.feed_id is distinct from i_feed) as live
              from (select f.feed_id, f.base, count(f.digest) as digests
                      from pg_temp.resolved r
                      join kpid.feed_series f using (org, series)
                     group by f.feed_id, f.base) g
              left join kpid.digests_stale e using (feed_id)
             group by g.feed_id) x;
    insert into kpid.digests_stale as e (feed_id, before)
    select m.feed_id, (select max(c.delivery) + 1 from pg_temp.counts c)
      from unnest(l_many) m (feed_id)
        on conflict on constraint digests_stale_pkey do update
       set before = greatest(e.before, excluded.before);
    if l_live <> coalesce(l_many, '{}') then
        update kpid.feed_series f
           set digest = null
          from pg_temp.resolved r
         where f.org = r.org and f.series = r.series
           and f.feed_id = any (l_live)
           and f.feed_id <> all (coalesce(l_many, '{}'))
           and f.digest is not null;
    end if;
    update kpid.delivery d
       set digest = null
      from (select unnest(l_feeds) as feed_id
             union
            select r.feed_id from pg_temp.resolved r) x
     where d.feed_id = x.feed_id
       and d.digest is not null;
end $$;
comment on function kpid.digests_drop(int) is
    'forgets digests that no longer tell what is latest';
