create or replace function kpid.feeds_lock(i_feeds text[])
returns void
language sql
security definer
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.feeds_lock(1)
--
--      Locks the feeds of a batch to the end of its transaction, all in one
--      order: two loaders that took them as their bodies came could wait
--      for each other. An unknown name is told by kpid.receive.
--      Security definer: the collector may read feeds, not lock them.
--
-- Parameters:
--      i_feeds - their names; one may stand twice
--
-- Tables directly manipulated:
--      lock - kpid.feed
-- ----------------------------------------------------------------------
select f.feed_id
  from (select distinct u.feed from unnest(i_feeds) u (feed)) x
  join kpid.feed f using (feed)
 order by f.feed_id
   for no key update of f;
$$;
comment on function kpid.feeds_lock(text[]) is
    'locks the feeds of a batch, all in one order';
