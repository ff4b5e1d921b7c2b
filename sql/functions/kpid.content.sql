create or replace function kpid.content(
    i_deliveries int[], i_digests uuid[], i_reads bigint[])
returns setof int
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.content(3)
--
--      Tells which deliveries of a batch state just what is latest of their
--      feed: of those only rejects need be staged, kpid.merge knows the
--      rest. Called after kpid.stage_begin, before anything is staged.
--      Security definer: the collector may change these tables through
--      the loading functions alone.
--
-- Parameters:
--      i_deliveries - those that were read whole
--      i_digests    - of all that each states, order-free; null: it may
--                     state a key twice
--      i_reads      - cells read of each
--
-- Returns:
--      the deliveries that repeat what stands
--
-- Tables directly manipulated:
--      insert - pg_temp.counts
-- ----------------------------------------------------------------------
begin
    perform kpid.lock_store();
    perform kpid.stage_check();
    insert into pg_temp.counts (delivery, read, rejected, digest, last, base)
    select d.delivery, i.read, 0, i.digest, l.delivery,
           coalesce(l.repeats, l.delivery)
      from unnest(i_deliveries, i_digests, i_reads) i (id, digest, read)
      join kpid.delivery d on d.delivery = i.id
      left join kpid.delivery l
           on l.feed_id = d.feed_id and l.digest = i.digest
          and l.absent = d.absent and l.retracted is null
          and d.replaces is null
          and (l.vintage_at, l.fetched_at, l.rank_no)
              < (d.vintage_at, d.fetched_at, d.rank_no)
          and not exists (
              select from kpid.delivery x
               where x.delivery = any (i_deliveries)
                 and x.feed_id = d.feed_id
                 and x.delivery <> d.delivery);
    return query
    select c.delivery from pg_temp.counts c where c.base is not null;
end $$;
comment on function kpid.content(int[], uuid[], bigint[]) is
    'tells which deliveries state just what is latest of their feed';
