create or replace function kpid.direct_end(i_delivery int, i_read bigint)
returns table (delivery int, read bigint, inserted bigint, revised bigint,
               unchanged bigint, rejected bigint, withdrawn bigint)
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
set client_min_messages = warning
set jit = off
set work_mem = '128MB'
set default_statistics_target = 10    -- of tables for one use
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.direct_end(2)
--
--      Ends a direct load: looks at the rows that came, merges those that
--      were staged, remembers what was repeated, and counts.
--      Security definer: the collector may change these tables through
--      the loading functions alone.
--
-- Parameters:
--      i_delivery - opened by kpid.direct_begin in this transaction
--      i_read     - cells read: rows that came, were staged or repeated,
--                   and rejects
--
-- Returns:
--      a row as of kpid.merge
--
-- Calls:
--      kpid.merge_newer, kpid.contents_keep, kpid.derive_load,
--      kpid.merge_end
--
-- Tables directly manipulated:
--      delete - kpid.direct_load, pg_temp.resolved
--      insert - kpid.repeated, pg_temp.counts
-- ----------------------------------------------------------------------
#variable_conflict use_column
declare
    l_came    bigint;
    l_keyless boolean;
begin
    perform kpid.stage_check();
    l_came := kpid.direct_check();
    delete from kpid.direct_load l
     where l.xid = pg_current_xact_id() and l.delivery = i_delivery
    returning l.keyless into l_keyless;
    if not found then
        raise exception 'delivery % has no direct load', i_delivery;
    end if;

    delete from pg_temp.counts c where c.delivery <> i_delivery;
    insert into pg_temp.counts (delivery, read, rejected)
    select i_delivery, i_read, 0
     where not exists (select from pg_temp.counts);
    update pg_temp.counts c
       set read = i_read,
           rejected = (select count(t.reason) from pg_temp.staged t);
    perform kpid.stage_rejects();
    if exists (select from pg_temp.staged) then
        analyze pg_temp.staged;
        perform kpid.merge_newer(array[i_delivery]);
    end if;
    update pg_temp.counts c set inserted = c.inserted + l_came;
    with same as (                   -- what is left may have changed
        delete from pg_temp.resolved r
         where r.class = 's'
        returning r.org, r.base, r.series
    )
    insert into kpid.repeated (org, delivery, base, series)
    select s.org, i_delivery, s.base, array_agg(s.series order by s.series)
      from same s
     group by s.org, s.base;
    perform kpid.contents_keep(d.feed_id)
       from kpid.delivery d where d.delivery = i_delivery;
    perform kpid.digests_keep(i_delivery);
    if l_keyless then
        perform kpid.key_lay();
    end if;
    perform kpid.derive_load(array[i_delivery]);
    return query select * from kpid.merge_end(array[i_delivery]);
end $$;
comment on function kpid.direct_end(int, bigint) is
    'ends a direct load: checks, merges, counts';
