create or replace function kpid.derivations_changed(i_indicators jsonb)
returns text[]
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.derivations_changed(1)
--
--      Which definitions of a configuration are others than the store has,
--      new ones and dropped ones among them.
--
-- Parameters:
--      i_indicators - as for kpid.derive_declare
--
-- Returns:
--      their indicators in order; null: none, or nothing is said
-- ----------------------------------------------------------------------
select array_agg(coalesce(w.indicator, g.indicator)
                 order by coalesce(w.indicator, g.indicator))
  from kpid.derivations(i_indicators) w
  full join (select x.* from kpid.derivation x
              where x.until is null) g using (indicator)
 where i_indicators is not null
   and (w.kind, w.inputs, w.factor, w.decimals, w.level)
       is distinct from (g.kind, g.inputs, g.factor, g.decimals, g.level);
$$;
comment on function kpid.derivations_changed(jsonb) is
    'which definitions are others than the store has';
