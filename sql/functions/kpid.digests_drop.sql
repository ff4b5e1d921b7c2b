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
--      deliveries of every feed that states one of them.
--
-- Parameters:
--      i_feed - whose own digests of series stay, since they are about to
--               be set anew; null: nobody's
--
-- Tables directly manipulated:
--      update - kpid.feed_series, kpid.delivery
-- ----------------------------------------------------------------------
begin
    update kpid.feed_series f
       set digest = null
      from pg_temp.resolved r
     where f.org = r.org and f.series = r.series
       and f.feed_id is distinct from i_feed
       and f.digest is not null;
    if exists (select from kpid.delivery d where d.digest is not null) then
        update kpid.delivery d
           set digest = null
         where d.digest is not null
           and d.feed_id in (select f.feed_id
                               from kpid.feed_series f
                               join pg_temp.resolved r using (org, series)
                              union
                             select r.feed_id from pg_temp.resolved r);
    end if;
end $$;
comment on function kpid.digests_drop(int) is
    'forgets digests that no longer tell what is latest';
