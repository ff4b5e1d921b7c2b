create or replace function kpid.receive(
    i_feed text, i_sha256 bytea, i_contract bytea, i_url text,
    i_bytes bigint, i_fetched_at timestamptz, i_published_at timestamptz,
    i_quiet boolean)
returns int
language sql
security definer
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.receive(8)
--
--      One fetched body becomes a delivery: kpid.receive_all says when.
--      Security definer: the collector may change deliveries through the
--      loading functions alone.
--
-- Parameters:
--      as for kpid.receive_all, of one body
--
-- Returns:
--      the delivery; null when it is no new one
-- ----------------------------------------------------------------------
select r.delivery
  from kpid.receive_all(array[i_feed], array[i_sha256], array[i_contract],
                        array[i_url], array[i_bytes], array[i_fetched_at],
                        array[i_published_at], array[i_quiet]) r;
$$;
comment on function kpid.receive(text, bytea, bytea, text, bigint,
                                 timestamptz, timestamptz, boolean) is
    'registers a body; null when it is the feed''s last one again';
