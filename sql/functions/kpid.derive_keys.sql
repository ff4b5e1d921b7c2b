create or replace function kpid.derive_keys(
    i_event int, i_level int, i_declared text[])
returns boolean
language plpgsql
set search_path = pg_catalog, pg_temp
set client_min_messages = warning
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.derive_keys(3)
--
--      Finds the computed values that may change: those whose first input
--      changed, and where an older month or a population did, all that may
--      rest on it. Of what was declared or dropped: everything.
--
-- Parameters:
--      i_event    - the first event of the change
--      i_level    - of the definitions; 0 for those dropped
--      i_declared - declared, changed or dropped by that event
--
-- Returns:
--      whether there are any
--
-- Tables directly manipulated:
--      create - pg_temp.derive_wire: the formulas' inputs, series by series
--               pg_temp.derive_key: the computed values
-- ----------------------------------------------------------------------
begin
    drop table if exists pg_temp.derive_wire, pg_temp.derive_key;
    create temp table derive_wire on commit drop as
    select w.*, w.indicator = any (i_declared) as declared,
           w.n = 1 or w.kind not in ('per_population', 'monthly_of', 'ytd_of')
               as same_period
      from kpid.derived_wires() w
     where w.until is null and w.level = i_level
       and (w.indicator = any (i_declared)
            or (w.org, w.series) in (
               select x.org, x.series
                 from kpid.derived_wires() x
                 join pg_temp.derive_touched t
                      on t.org = x.org and t.series = x.input));
    analyze pg_temp.derive_wire;

    create temp table derive_key on commit drop as
    select w.org, w.series, kpid.derived_period(w.kind, o.period) as period
      from pg_temp.derive_wire w
      join kpid.observation o on o.org = w.org and o.series = w.input
     where w.same_period and (w.declared and w.n = 1 or o.since >= i_event)
     union
    select w.org, w.series, kpid.derived_period(a.kind, p.period)
      from pg_temp.derive_wire w
     cross join lateral (
           select min(o.period) as first, max(o.period) as last
             from kpid.observation o
            where o.org = w.org and o.series = w.input
              and o.since >= i_event) r
      join pg_temp.derive_wire a
           on a.org = w.org and a.series = w.series and a.n = 1
      join kpid.observation p
           on p.org = a.org and p.series = a.input
          and p.period >= r.first - interval '1 year'
          and p.period <= r.last + interval '3 years'
     where not w.same_period
     union
    select s.org, s.series, o.period
      from kpid.series s
      join kpid.observation o using (org, series)
     where s.derived and s.indicator = any (i_declared)
       and i_level = coalesce((select g.level from kpid.derivation g
                                where g.indicator = s.indicator
                                  and g.until is null), 0);
    analyze pg_temp.derive_key;
    return exists (select from pg_temp.derive_key);
end $$;
comment on function kpid.derive_keys(int, int, text[]) is
    'finds the computed values that may change';
