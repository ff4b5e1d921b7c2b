create or replace function kpid.body_put(
    i_sha256 bytea, i_n int, i_chunk bytea)
returns void
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.body_put(3)
--
--      Keeps one chunk of a delivered body. Bodies are kept by content: a
--      body that comes twice is stored once.
--      Security definer: the collector may change these tables through
--      the loading functions alone.
--      Not in SQL: a session then plans it once, not for each delivery.
--
-- Parameters:
--      i_sha256 - of the whole body, as it was fetched
--      i_n      - 0, 1, 2, ..
--      i_chunk  - the bytes, compressed by the caller
--
-- Tables directly manipulated:
--      insert - kpid.body
-- ----------------------------------------------------------------------
begin
    insert into kpid.body (sha256, n, chunk)
    values (i_sha256, i_n, i_chunk)
        on conflict on constraint body_pkey do nothing;
end $$;
comment on function kpid.body_put(bytea, int, bytea) is
    'keeps one chunk of a body';
