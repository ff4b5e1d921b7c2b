create or replace function kpid.merge_end(i_deliveries int[])
returns table (delivery int, read bigint, inserted bigint, revised bigint,
               unchanged bigint, rejected bigint, withdrawn bigint)
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.merge_end(1)
--
--      The end of every load: its counts, the digest of the whole, and an
--      evaluation that is owed where something changed.
--
-- Parameters:
--      i_deliveries - merged, counted in pg_temp.counts
--
-- Tables directly manipulated:
--      insert - kpid.owed
--      update - kpid.delivery
-- ----------------------------------------------------------------------
#variable_conflict use_column
begin
    insert into kpid.owed (at, reason, quiet)
    select kpid.now(), 'load', bool_and(d.quiet)
      from pg_temp.counts c
      join kpid.delivery d using (delivery)
     where c.inserted + c.revised + c.withdrawn > 0 or d.replaces is not null
    having count(*) > 0;

    return query
    update kpid.delivery d
       set outcome = 'loaded', error = null,
           read = c.read, inserted = c.inserted, revised = c.revised,
           unchanged = c.read - c.rejected - c.inserted - c.revised,
           rejected = c.rejected, withdrawn = c.withdrawn,
           digest = c.digest
      from pg_temp.counts c
     where d.delivery = c.delivery
       and d.delivery = any (i_deliveries)
    returning d.delivery, d.read, d.inserted, d.revised, d.unchanged,
              d.rejected, d.withdrawn;
end $$;
comment on function kpid.merge_end(int[]) is
    'the end of every load: counts, and what is owed';
