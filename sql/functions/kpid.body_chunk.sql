create or replace function kpid.body_chunk(i_delivery int, i_n int)
returns bytea
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.body_chunk(2)
--
--      One chunk of a delivery's body, so that a reader's memory does not
--      grow with the body.
--
-- Parameters:
--      i_delivery - which
--      i_n        - the chunk, from 0
--
-- Returns:
--      the chunk as kpid.body_put got it; null past the last one and when
--      the body is no longer kept
-- ----------------------------------------------------------------------
select b.chunk
  from kpid.delivery d
  join kpid.body b using (sha256)
 where d.delivery = i_delivery and b.n = i_n;
$$;
comment on function kpid.body_chunk(int, int) is 'one chunk of a delivery''s body';
