create or replace function kpid.lease_retries()
returns table (feed text, again_us bigint, turn_us bigint)
language sql
stable
security definer
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.lease_retries()
--
--      Turns that failed in a way that may pass, and that nobody has taken
--      again, nor done without a lease. An instance which has just started, or has read another
--      configuration, knows of none: without this a feed that comes once a
--      month would wait a month for a server that was away for an hour.
--      Security definer: leases are read through functions alone.
--
-- Returns:
--      feed     - its name
--      again_us - not before; microseconds since 1970, as the clock of the
--                 configuration has it
--      turn_us  - the turn that is tried; when a part of it was loaded, and
--                 it counts as done, one of its own
-- ----------------------------------------------------------------------
select f.feed, (extract(epoch from l.again) * 1000000)::bigint,
       (extract(epoch from case when l.done >= l.due then l.again else l.due end)
        * 1000000)::bigint
  from kpid.lease l
  join kpid.feed f using (feed_id)
 where l.again is not null and l.due is not null and f.active
   and (l.done is null or l.done < l.again)
 order by f.feed;
$$;
comment on function kpid.lease_retries() is 'failed turns that are to be tried again';
