create or replace function kpid.lease_end(i_holder text, i_turns jsonb)
returns void
language sql
security definer
set search_path = pg_catalog, pg_temp
set enable_nestloop = off
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.lease_end('host:1', '[["f", 1729000000000000, null]]')
--
--      An instance gives feeds back: their turn was done, or it was not and
--      whoever comes may try it, not before an instant where one is given.
--      Feeds that another took meanwhile stay as they are; a row that is
--      locked is given back by the clock.
--      Few turns or thousands: without loops it costs the same each time.
--      Security definer: the collector may change leases through
--      functions alone.
--
-- Parameters:
--      i_holder - who held them
--      i_turns  - as for kpid.lease_turns: the turn that was done, or null;
--                 and not before (microseconds since 1970), or null
--
-- Tables directly manipulated:
--      update, lock - kpid.lease
-- ----------------------------------------------------------------------
with mine as materialized (
    select l.feed_id, t.at, t.also
      from kpid.lease l
      join kpid.lease_turns(i_turns) t on t.feed_id = l.feed_id
     where l.holder = i_holder
       for update of l skip locked
)
update kpid.lease l
   set holder = null, until = null, done = greatest(l.done, m.at),
       again = 'epoch'::timestamptz + m.also * interval '1 microsecond'
  from mine m
 where l.feed_id = m.feed_id;
$$;
comment on function kpid.lease_end(text, jsonb) is 'an instance gives feeds back';
