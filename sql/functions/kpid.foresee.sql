create or replace function kpid.foresee(
    i_event int, i_as_of date, i_every boolean, i_org int default null, i_ahead boolean default true)
returns table (j kpid.judgement, f kpid.prospect)
language plpgsql stable
rows 1000
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan   -- plpgsql for its kept plan
set jit = off
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.foresee(12, '2024-09-30', false)
--
--      Every target judged, and what its due date will bring: the two answers
--      side by side.
--
-- Parameters:
--      i_event, i_as_of, i_every, i_org  - as for kpid.judge
--      i_ahead  - with forecasts; without it is as cheap as judging alone
--
-- Returns:
--      each judgement with its forecast, which is null where there is none
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
#variable_conflict use_column
begin
    return query
with judged as materialized (
    select j from kpid.judge(i_event, i_as_of, i_every, i_org) j
), ahead as (
    select f.org, f.target, f.fiscal_year, f.version, f.t, f
      from kpid.forecast((select array_agg(d.j) from judged d
                           where ((d.j).point).y is not null and i_ahead),
                         i_event, i_as_of) f
     where i_ahead
)
select d.j, a.f
  from judged d
  full join ahead a                     -- which is never a loop over both
    on (a.org, a.target, a.fiscal_year, a.version, a.t)
     = ((d.j).org, (d.j).target, (d.j).fiscal_year, (d.j).version, (d.j).t);
end;
$$;
comment on function kpid.foresee(int, date, boolean, int, boolean) is
    'every target judged, and what its due date will bring';
