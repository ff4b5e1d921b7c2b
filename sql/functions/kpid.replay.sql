create or replace function kpid.replay(
    i_delivery int, i_contract bytea, i_quiet boolean)
returns int
language sql
security definer
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.replay(3)
--
--      Registers a stored body once more under a mended contract. It takes
--      the original's place in publishing order; loading it (kpid.merge)
--      retracts the original in the same event.
--      Security definer: the collector may change these tables through
--      the loading functions alone.
--
-- Parameters:
--      i_delivery - the original, or a replay of it
--      i_contract - SHA-256 of the mended mapping
--      i_quiet    - mails nobody
--
-- Returns:
--      the new delivery, to be staged; null for an unknown one
--
-- Tables directly manipulated:
--      insert - kpid.delivery
-- ----------------------------------------------------------------------
insert into kpid.delivery (feed_id, sha256, contract, url, bytes, fetched_at,
                           published_at, vintage_at, rank_no, replaces,
                           absent, quiet, typed_by, typed_why, outcome)
select d.feed_id, d.sha256, i_contract, d.url, d.bytes, d.fetched_at,
       d.published_at, d.vintage_at, d.rank_no, d.delivery, f.absent,
       i_quiet, d.typed_by, d.typed_why, 'received'
  from kpid.delivery d
  join kpid.feed f using (feed_id)
 where d.delivery = i_delivery
returning delivery;
$$;
comment on function kpid.replay(int, bytea, boolean) is
    'registers a stored body once more, under a mended contract';
