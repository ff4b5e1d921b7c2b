create or replace function kpid.plan_csv(i_plan jsonb)
returns text
language sql
immutable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.plan_csv(1)
--
--      The steps of a plan as a target file writes them:
--      2024-10-01〜2025-03-31:4; 2025-02-01〜2025-02-28:?
--
-- Parameters:
--      i_plan - [{first, last, amount}], or null
-- ----------------------------------------------------------------------
select string_agg(format('%s〜%s:%s', s ->> 'first', s ->> 'last',
                         coalesce(s ->> 'amount', '?')), '; ' order by n)
  from jsonb_array_elements(i_plan) with ordinality x (s, n);
$$;
comment on function kpid.plan_csv(jsonb) is 'a plan as a target file writes it';
