create or replace function kpid.digests_touched()
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.digests_touched(0)
--
--      Forgets the digests of the series in pg_temp.touched, which are
--      about to be derived, and those of whole deliveries of every feed
--      that ever stated one of them.
--
-- Tables directly manipulated:
--      update - kpid.feed_series, kpid.delivery
-- ----------------------------------------------------------------------
begin
    update kpid.feed_series f
       set digest = null
      from (select distinct t.org, t.series from pg_temp.touched t) t
     where f.org = t.org and f.series = t.series
       and f.digest is not null;
    update kpid.delivery d
       set digest = null
     where d.digest is not null
       and d.feed_id in (select f.feed_id
                           from kpid.feed_series f
                           join pg_temp.touched t using (org, series));
end $$;
comment on function kpid.digests_touched() is
    'forgets the digests of series that are about to be derived';
