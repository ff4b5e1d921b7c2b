create or replace function kpid.merge_batch(i_deliveries int[])
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.merge_batch(1)
--
--      Chooses how a batch is merged: straight in when nobody ever stated
--      its series; all at once when every delivery is the newest and no key
--      is stated by two; else delivery by delivery, deriving (slower, and
--      the definition itself) where one is not the newest.
--
-- Parameters:
--      i_deliveries - opened by kpid.open_load, none of them a repeat
-- ----------------------------------------------------------------------
declare
    l_derived int[];
    l_shared  boolean := false;
    l_id      int;
begin
    -- Asked only of those for which it can be so: a batch has hundreds. Of
    -- the batch itself none is opened before one that it is published after.
    with batch as (
        select d.* from kpid.delivery d where d.delivery = any (i_deliveries)
    ), first as (
        select b.vintage_at, b.fetched_at, b.rank_no
          from batch b
         order by b.vintage_at, b.fetched_at, b.rank_no
         limit 1
    ), later as materialized (
        select e.vintage_at, e.fetched_at, e.rank_no, e.loaded
          from first f
          join kpid.delivery e
               on (e.vintage_at, e.fetched_at, e.rank_no)
                  > (f.vintage_at, f.fetched_at, f.rank_no)
         where e.loaded is not null and e.delivery <> all (i_deliveries)
    )
    select coalesce(array_agg(b.delivery), '{}') into l_derived
      from batch b
     where case when b.replaces is null and b.absent <> 'withdraw'
                 and not exists (
                     select from later e
                      where (e.vintage_at, e.fetched_at, e.rank_no)
                            > (b.vintage_at, b.fetched_at, b.rank_no)
                        and e.loaded < b.loaded)
                then false else kpid.must_derive(b.delivery) end;
    if cardinality(i_deliveries) > 1 then
        select exists (select from pg_temp.resolved r
                        group by r.org, r.series
                       having count(distinct r.delivery) > 1) into l_shared;
    end if;
    if l_shared then
        select exists (select from pg_temp.staged t
                         join pg_temp.resolved r
                              on r.delivery = t.delivery
                             and r.ordinal = t.series
                        group by r.org, r.series, t.period
                       having count(*) > 1) into l_shared;
    end if;

    -- of two files of a feed that withdraws, the second may drop a key that
    -- the first brings: one after the other
    if l_derived = '{}' and not l_shared
       and (cardinality(i_deliveries) = 1
            or not exists (select from kpid.delivery d
                            where d.delivery = any (i_deliveries)
                              and d.absent = 'withdraw')) then
        if exists (select from pg_temp.resolved r
                     join kpid.feed_series f using (org, series)) then
            perform kpid.merge_newer(i_deliveries);
        else
            perform kpid.merge_fresh();
        end if;
        return;
    end if;

    create index on pg_temp.staged (delivery);
    for l_id in
        select d.delivery from kpid.delivery d
         where d.delivery = any (i_deliveries)
         order by d.loaded
    loop
        if kpid.must_derive(l_id) then
            perform kpid.merge_any(l_id);
        else
            perform kpid.merge_newer(array[l_id]);
        end if;
        insert into kpid.feed_series (org, series, feed_id)
        select r.org, r.series, r.feed_id
          from pg_temp.resolved r
         where r.delivery = l_id
            on conflict on constraint feed_series_pkey do nothing;
    end loop;
end $$;
comment on function kpid.merge_batch(int[]) is
    'chooses how a batch is merged';
