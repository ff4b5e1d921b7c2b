create or replace function kpid.findings_put(
    i_delivery int, i_findings jsonb)
returns void
language sql
security definer
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.findings_put(2)
--
--      Keeps what a contract did not know in a delivery, in place of what
--      was kept about it before.
--      Security definer: the collector may change these tables through
--      the loading functions alone.
--
-- Parameters:
--      i_delivery - which
--      i_findings - [{line, column, kind, text, suggestion}]
--
-- Tables directly manipulated:
--      delete, insert - kpid.finding
-- ----------------------------------------------------------------------
delete from kpid.finding f where f.delivery = i_delivery;
insert into kpid.finding (delivery, n, line, col, kind, text, suggestion)
select i_delivery, e.n, coalesce((e.f ->> 'line')::int, 0),
       coalesce((e.f ->> 'column')::int, 0), e.f ->> 'kind', e.f ->> 'text',
       e.f ->> 'suggestion'
  from jsonb_array_elements(i_findings) with ordinality e (f, n);
$$;
comment on function kpid.findings_put(int, jsonb) is
    'keeps what a contract did not know in a delivery';
