-- ----------------------------------------------------------------------
-- Function: kpi.as_of(1)
--
--      What this store answered at an instant; never changes once it has
--      passed, whatever is imported, retracted or replayed later. One plain
--      select over views of this schema and no search_path, so that the
--      planner puts it into the query and conditions reach the keys.
--
--      Parameters:
--           i_known_at - the instant; null is now
--
--      Returns:
--           rows as in kpi.observation
-- ----------------------------------------------------------------------
-- An earlier one had no column 'derived', and 'create or replace' cannot add
-- one. Dropped only then: others may have built on it since.
do $$
begin
    if exists (select from pg_catalog.pg_proc p
                where p.oid = to_regprocedure('kpi.as_of(timestamptz)')
                  and 'derived' <> all (p.proargnames)) then
        drop function kpi.as_of(timestamptz);
    end if;
end $$;
create or replace function kpi.as_of(i_known_at timestamptz)
returns table (
    org text, indicator text, frequency text, dims jsonb, period text,
    period_ja text, period_start date, period_end date, value numeric,
    missing text, status text, unit text, delivery int, line int, col int,
    published_at timestamptz, known_at timestamptz, event int, series int,
    span text, derived boolean)
language sql
stable parallel safe
begin atomic
select v.org, v.indicator, v.frequency, v.dims, v.period, v.period_ja,
       v.period_start, v.period_end, v.value, v.missing, v.status, v.unit,
       v.delivery, v.line, v.col, v.published_at, v.known_at, v.event,
       v.series, v.span, v.derived
  from kpi.observation_vintage v
 where v.event <= (select e.event from kpi.event e
                    where e.known_at <= coalesce(i_known_at, 'infinity')
                    order by e.known_at desc limit 1)
   and coalesce(v.until_event, 2147483647)
       > (select e.event from kpi.event e
           where e.known_at <= coalesce(i_known_at, 'infinity')
           order by e.known_at desc limit 1);
end;
comment on function kpi.as_of(timestamptz) is
    'what the store answered at the instant i_known_at (null: now); the '
    'answer never changes. Columns as kpi.observation';
