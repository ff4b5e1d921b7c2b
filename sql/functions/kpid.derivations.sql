create or replace function kpid.derivations(i_indicators jsonb)
returns table (indicator text, kind text, inputs text[], factor numeric,
               decimals int, level int)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.derivations(1)
--
--      The definitions of a configuration as kpid.derivation keeps them. One
--      that rests on itself is left out, and what rests on it.
--
-- Parameters:
--      i_indicators - as for kpid.derive_declare
--
-- Returns:
--      a ratio in % has the factor 100, in ‰ 1000; a month and those before
--      it are two inputs
-- ----------------------------------------------------------------------
with recursive said as (
    select c.indicator, c.derived ->> 'kind' as kind,
           array(select jsonb_array_elements_text(
                        c.derived -> 'inputs')) as inputs,
           coalesce((c.derived ->> 'per')::numeric,
                    case when c.derived ->> 'kind' <> 'ratio' then 1
                         when c.unit in ('%', '％') then 100
                         when c.unit = '‰' then 1000
                         else 1 end) as factor,
           coalesce(c.decimals, 0) as decimals
      from jsonb_to_recordset(i_indicators) c (
           indicator text, unit text, decimals int, derived jsonb)
     where c.derived is not null
), chain as (
    select s.indicator, 1 as level from said s
     union
    select s.indicator, c.level + 1
      from chain c
      join said s on c.indicator = any (s.inputs)
     where c.level <= (select count(*) from said)
)
select s.indicator, s.kind,
       case when s.kind in ('monthly_of', 'ytd_of')
            then s.inputs || s.inputs else s.inputs end,
       s.factor, s.decimals, max(c.level)
  from said s
  join chain c using (indicator)
 group by s.indicator, s.kind, s.inputs, s.factor, s.decimals
having max(c.level) <= (select count(*) from said);
$$;
comment on function kpid.derivations(jsonb) is
    'the definitions of a configuration as the store keeps them';
