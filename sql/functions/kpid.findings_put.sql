create or replace function kpid.findings_put(i_findings jsonb)
returns void
language sql
security definer
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.findings_put(1)
--
--      Keeps what the contracts of a batch did not know. Findings of an
--      earlier attempt at the same deliveries give way.
--      Security definer: the collector may change these tables through
--      the loading functions alone.
--
-- Parameters:
--      i_findings - [{delivery, line, col, kind, text, text_ja,
--                   suggestion}]
--
-- Tables directly manipulated:
--      delete, insert - kpid.finding
-- ----------------------------------------------------------------------
delete from kpid.finding f
 using jsonb_array_elements(i_findings) e
 where f.delivery = (e ->> 'delivery')::int;
insert into kpid.finding (delivery, n, line, col, kind, text, text_ja,
                          suggestion)
select (e.f ->> 'delivery')::int, e.n, (e.f ->> 'line')::int,
       (e.f ->> 'col')::int, e.f ->> 'kind', e.f ->> 'text',
       e.f ->> 'text_ja', e.f ->> 'suggestion'
  from jsonb_array_elements(i_findings) with ordinality e (f, n);
$$;
comment on function kpid.findings_put(jsonb) is
    'keeps what contracts did not know';
