-- ----------------------------------------------------------------------
-- Function: kpid.derived_wires(0)
--
--      The series that computed ones rest on, in every version of their
--      formulas. One plain select and no search_path, so that the planner
--      puts it into the query and a condition on the computed series or on
--      the input, with their organization, reaches the keys.
--
-- Returns:
--      a row for each input of a computed series; sign is -1 for what is
--      taken away, since and until are events of the definition
-- ----------------------------------------------------------------------
create or replace function kpid.derived_wires()
returns table (org int, series int, span text, indicator text, since int,
               until int, kind text, inputs int, factor numeric,
               decimals int, level int, n int, sign int,
               input_indicator text, input int, input_span text)
language sql
stable parallel safe
begin atomic
    select d.org, d.series, d.span, g.indicator, g.since, g.until, g.kind,
           cardinality(g.inputs), g.factor, g.decimals, g.level, n.n::int,
           case when g.kind in ('difference', 'monthly_of') and n.n = 2
                then -1 else 1 end,
           i.indicator, i.series, i.span
      from kpid.series d
      join kpid.derivation g on g.indicator = d.indicator
     cross join lateral unnest(g.inputs) with ordinality n (code, n)
      join kpid.series i
           on i.org = d.org and i.indicator = n.code
          and kpid.derived_matches(g.kind, n.n::int, d.frequency, d.span,
                                   d.dims, i.frequency, i.span, i.dims)
     where d.derived;
end;
comment on function kpid.derived_wires() is
    'the series that computed ones rest on';
