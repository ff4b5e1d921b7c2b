create or replace function kpid.delivery_typed(
    i_delivery int, i_by text, i_why text)
returns void
language sql
security definer
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.delivery_typed(3)
--
--      Writes on a delivery who typed it. The body says the same; this is
--      where views find it.
--      Security definer: the collector may change these tables through
--      the loading functions alone.
--
-- Parameters:
--      i_delivery - received, not yet loaded
--      i_by       - the person
--      i_why      - in that person's words
--
-- Tables directly manipulated:
--      update - kpid.delivery
-- ----------------------------------------------------------------------
update kpid.delivery d
   set typed_by = i_by, typed_why = i_why
 where d.delivery = i_delivery
   and d.loaded is null;
$$;
comment on function kpid.delivery_typed(int, text, text) is
    'writes on a delivery who typed it';
