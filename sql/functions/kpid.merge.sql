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
--      kpid.merge_fresh, kpid.merge_newer or kpid.merge_any
--
-- Tables directly manipulated:
--      insert - kpid.feed_series, kpid.owed
--      update - kpid.delivery
-- ----------------------------------------------------------------------
#variable_conflict use_column
declare
    l_repeats boolean;
begin
    perform kpid.lock_store();
    perform kpid.stage_ready(i_deliveries);
    l_repeats := kpid.resolve_series() or not i_keys_unique;
    if l_repeats then
        perform kpid.stage_repeats();
    end if;
    perform kpid.stage_rejects();

    perform kpid.open_load(i_deliveries);
    update kpid.delivery d
       set span = s.span
      from kpid.stated_span(i_deliveries) s
     where d.delivery = s.delivery;

    perform kpid.merge_batch(i_deliveries);
    insert into kpid.feed_series (org, series, feed_id)
    select r.org, r.series, r.feed_id from pg_temp.resolved r
        on conflict on constraint feed_series_pkey do nothing;
    perform kpid.derive_load(i_deliveries);

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
           rejected = c.rejected, withdrawn = c.withdrawn
      from pg_temp.counts c
     where d.delivery = c.delivery
    returning d.delivery, d.read, d.inserted, d.revised, d.unchanged,
              d.rejected, d.withdrawn;
end $$;
comment on function kpid.merge(int[], boolean) is
    'loads a staged batch and counts what became of it';
