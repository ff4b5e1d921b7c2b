create or replace function kpid.contents_keep(i_feed int)
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.contents_keep(1)
--
--      After a batch was merged: remembers which deliveries repeat others,
--      with all that is true of those, and what the others state as a
--      whole. A delivery whose series another one of the batch states has
--      no digest; nor has one that was derived.
--
-- Parameters:
--      i_feed - see kpid.digests_drop
--
-- Tables directly manipulated:
--      insert - kpid.unreadable, kpid.delivery_shape
--      update - kpid.delivery
-- ----------------------------------------------------------------------
declare
    l_many boolean := (select count(*) > 1 from pg_temp.counts);
begin
    perform kpid.repeats_check();
    perform kpid.digests_drop(i_feed);
    insert into kpid.unreadable (org, series, period, delivery)
    select u.org, u.series, u.period, c.delivery
      from pg_temp.counts c
      join kpid.unreadable u on u.delivery = c.base;
    insert into kpid.delivery_shape (delivery, period, keys)
    select c.delivery, h.period, h.keys
      from pg_temp.counts c
      join kpid.delivery_shape h on h.delivery = c.last
        on conflict on constraint delivery_shape_pkey do nothing;
    update kpid.delivery d
       set repeats = c.base, span = l.span, tainted = l.tainted
      from pg_temp.counts c
      join kpid.delivery l on l.delivery = c.last
     where d.delivery = c.delivery;
    update kpid.delivery d                     -- one a feed, the newest
       set digest = null
      from pg_temp.counts c
      join kpid.delivery n using (delivery)
     where d.feed_id = n.feed_id and d.digest is not null;
    update kpid.delivery d
       set digest = c.digest
      from pg_temp.counts c
     where d.delivery = c.delivery
       and c.digest is not null
       and not (l_many and exists (
           select from pg_temp.resolved r
             join pg_temp.resolved o using (org, series)
            where r.delivery = c.delivery and o.delivery <> r.delivery))
       and not exists (
           select from pg_temp.counts o
             join kpid.delivery x on x.delivery = o.delivery
            where x.feed_id = d.feed_id and o.delivery <> c.delivery);
end $$;
comment on function kpid.contents_keep(int) is
    'remembers what deliveries repeat, and what they state as a whole';
