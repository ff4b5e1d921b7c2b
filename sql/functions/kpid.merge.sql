create or replace function kpid.merge(
    i_deliveries int[], i_keys_unique boolean)
returns table (delivery int, read bigint, inserted bigint, revised bigint,
               unchanged bigint, rejected bigint, withdrawn bigint)
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
set client_min_messages = warning
set jit = off
set work_mem = '128MB'
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.merge(2)
--
--      Loads a staged batch (kpid.stage_begin, then COPY): its deliveries
--      one after the other in publishing order, each an event of its own.
--      Nothing is overwritten; what was latest goes to kpid.superseded.
--      Loading the same again is a no-op that confirms.
--      Security definer: the collector may change these tables through
--      the loading functions alone.
--
-- Parameters:
--      i_deliveries  - those to be loaded; staged rows of others are dropped
--      i_keys_unique - the caller has seen that no delivery states a key
--                      twice (per series, periods only grew)
--
-- Returns:
--      a row for each delivery; read = inserted + revised + unchanged +
--      rejected, withdrawn is beside the sum
--
-- Calls:
--      kpid.merge_batch, kpid.contents_keep, kpid.merge_end
--
-- Tables directly manipulated:
--      insert - kpid.feed_series
--      update - kpid.delivery
-- ----------------------------------------------------------------------
#variable_conflict use_column
declare
    l_repeats boolean;
    l_stated  int[];        -- those that repeat no other
begin
    perform kpid.lock_store();
    perform kpid.stage_ready(i_deliveries);
    l_repeats := kpid.resolve_series();
    if l_repeats then
        update pg_temp.counts c set digest = null where c.base is null;
    end if;
    if l_repeats or not i_keys_unique then
        perform kpid.stage_repeats();
    end if;
    perform kpid.stage_rejects();

    perform kpid.open_load(i_deliveries);
    update kpid.delivery d
       set span = s.span
      from kpid.stated_span(i_deliveries) s
     where d.delivery = s.delivery;

    select array_agg(c.delivery) into l_stated
      from pg_temp.counts c where c.base is null;
    perform kpid.merge_batch(coalesce(l_stated, '{}'));
    insert into kpid.feed_series (org, series, feed_id)
    select r.org, r.series, r.feed_id from pg_temp.resolved r
     where not exists (select from kpid.feed_series f
                        where (f.org, f.series, f.feed_id)
                              = (r.org, r.series, r.feed_id))
        on conflict on constraint feed_series_pkey do nothing;
    perform kpid.derive_load(i_deliveries);

    perform kpid.contents_keep(null);
    return query select * from kpid.merge_end(i_deliveries);
end $$;
comment on function kpid.merge(int[], boolean) is
    'loads a staged batch and counts what became of it';
