create or replace function kpid.derive_series(
    i_level int, i_declared text[])
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.derive_series(2)
--
--      Makes the computed series that can have values now: every input has
--      its series, and no source states the same one. Where a source's
--      values still stand they are not mixed with computed ones.
--
-- Parameters:
--      i_level    - of the definitions
--      i_declared - those declared just now; of the others only what rests
--                   on a series in pg_temp.derive_touched
--
-- Tables directly manipulated:
--      insert - kpid.series
-- ----------------------------------------------------------------------
begin
    with touched as (
        select distinct x.org, g.indicator
          from pg_temp.derive_touched t
          join kpid.series x using (org, series)
          join kpid.derivation g on x.indicator = any (g.inputs)
    ), first_input as (
        select g.indicator, g.kind, g.inputs, i.org, i.dims,
               case when g.kind in ('monthly_of', 'ytd_of')
                    then 'M' else i.span end as span, i.frequency
          from kpid.derivation g
          join kpid.series i on i.indicator = g.inputs[1]
         where g.until is null and g.level = i_level
           and (g.indicator = any (i_declared)
                or (i.org, g.indicator) in (
                   select t.org, t.indicator from touched t))
    )
    insert into kpid.series (org, indicator, frequency, span, dims, derived)
    select distinct l.org, l.indicator, l.frequency, l.span, l.dims, true
      from first_input l
     where not exists (
           select from kpid.series s
            where s.org = l.org and s.indicator = l.indicator
              and s.frequency = l.frequency and s.span = l.span
              and s.dims = l.dims
              and (s.derived
                   or exists (select from kpid.observation o
                               where o.org = s.org and o.series = s.series
                                 and o.status <> 'X')))
       and not exists (
           select from unnest(l.inputs) with ordinality n (code, n)
            where not exists (
                  select from kpid.series i
                   where i.org = l.org and i.indicator = n.code
                     and kpid.derived_matches(
                         l.kind, n.n::int, l.frequency, l.span, l.dims,
                         i.frequency, i.span, i.dims)))
        on conflict on constraint series_key_uq do nothing;
end $$;
comment on function kpid.derive_series(int, text[]) is
    'makes the computed series that can have values now';
