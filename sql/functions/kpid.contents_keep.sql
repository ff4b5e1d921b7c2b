create or replace function kpid.contents_keep(i_feed int)
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.contents_keep(1)
--
--      After a batch was merged: remembers which deliveries repeat others,
--      with all that is true of those, and forgets what others stated as a
--      whole of whose series the batch speaks. A delivery whose series
--      another one of the batch states, or whose feed brought another, has
--      no digest; nor has one that was derived. The digests that remain are
--      written by kpid.merge_end, with the counts.
--
-- Parameters:
--      i_feed - see kpid.digests_drop
--
-- Tables directly manipulated:
--      update - kpid.delivery, pg_temp.counts
-- ----------------------------------------------------------------------
declare
    l_many boolean := (select count(*) > 1 from pg_temp.counts);
begin
    perform kpid.repeats_check();
    perform kpid.digests_drop(i_feed);
    if exists (select from pg_temp.counts c where c.base is not null) then
        perform kpid.repeats_keep();
    end if;
    update kpid.delivery d                     -- one a feed, the newest
       set digest = null
      from pg_temp.counts c
      join kpid.delivery n using (delivery)
     where d.feed_id = n.feed_id and d.digest is not null;
    if l_many then
        update pg_temp.counts c
           set digest = null
          from (select unnest(array_agg(r.delivery)) as delivery
                  from pg_temp.resolved r
                 group by r.org, r.series
                having min(r.delivery) <> max(r.delivery)
                 union
                select unnest(array_agg(d.delivery))
                  from pg_temp.counts o
                  join kpid.delivery d using (delivery)
                 group by d.feed_id
                having count(*) > 1) x
         where c.delivery = x.delivery
           and c.digest is not null;
    end if;
end $$;
comment on function kpid.contents_keep(int) is
    'remembers what deliveries repeat, and what they state as a whole';
