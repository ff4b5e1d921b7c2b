-- ----------------------------------------------------------------------
-- View: kpid.derived_wire
--
--      Grain: one series that a computed series rests on, in one place of
--      the formula and one version of it. A condition on the computed series
--      or on the input (with their organization) reaches the keys.
-- ----------------------------------------------------------------------
create or replace view kpid.derived_wire as
select d.org, d.series, d.span, g.indicator, g.since, g.until, g.kind,
       cardinality(g.inputs) as inputs, g.factor, g.decimals, g.level,
       n.n::int as n,
       case when g.kind in ('difference', 'monthly_of') and n.n = 2
            then -1 else 1 end as sign,
       i.indicator as input_indicator, i.series as input,
       i.span as input_span
  from kpid.series d
  join kpid.derivation g on g.indicator = d.indicator
 cross join lateral unnest(g.inputs) with ordinality n (code, n)
  join kpid.series i
       on i.org = d.org and i.indicator = n.code
      and kpid.derived_matches(g.kind, n.n::int, d.frequency, d.span, d.dims,
                               i.frequency, i.span, i.dims)
 where d.derived;
comment on view kpid.derived_wire is
    'which series computed ones rest on';
