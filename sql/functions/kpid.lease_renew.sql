create or replace function kpid.lease_renew(
    i_holder text, i_length interval, i_feeds jsonb)
returns table (feed text)
language sql
security definer
set search_path = pg_catalog, pg_temp
set enable_nestloop = off
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.lease_renew('host:1', '1 minute', '["f"]')
--
--      An instance is still at work on these feeds. One whose time has
--      passed is renewed, too, as long as nobody else took it. What a load
--      holds locked is passed over: nobody can take that either.
--      Few turns or thousands: without loops it costs the same each time.
--      Security definer: the collector may change leases through
--      functions alone.
--
-- Parameters:
--      i_holder - who holds them
--      i_length - for how long from now
--      i_feeds  - their names
--
-- Returns:
--      those that others have
--
-- Tables directly manipulated:
--      update, lock - kpid.lease
-- ----------------------------------------------------------------------
with mine as materialized (
    select l.feed_id
      from kpid.lease l
      join kpid.feed f using (feed_id)
     where f.feed in (select jsonb_array_elements_text(i_feeds)) and l.holder = i_holder
       for update of l skip locked
), renewed as (
    update kpid.lease l
       set until = clock_timestamp() + i_length
      from mine m
     where l.feed_id = m.feed_id
)
select f.feed
  from kpid.lease l
  join kpid.feed f using (feed_id)
 where f.feed in (select jsonb_array_elements_text(i_feeds))
   and l.holder is distinct from i_holder;
$$;
comment on function kpid.lease_renew(text, interval, jsonb) is
    'an instance is still at work on these feeds';
