create or replace function kpid.body_chunks(i_delivery int)
returns setof bytea
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.body_chunks(1)
--
--      The body of a delivery, chunk by chunk in order, as kpid.body_put
--      got them.
--
-- Parameters:
--      i_delivery - which
--
-- Returns:
--      the chunks; none when the body is no longer kept
-- ----------------------------------------------------------------------
select b.chunk
  from kpid.delivery d
  join kpid.body b using (sha256)
 where d.delivery = i_delivery
 order by b.n;
$$;
comment on function kpid.body_chunks(int) is 'the body of a delivery, in chunks';
