create or replace function kpid.explain_json(
    i_target text, i_as_of date, i_known_at timestamptz, i_raw jsonb)
returns text
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.explain_json('ueda-r6-5-1-card-rate', '2024-09-30', null, null)
--
--      The document of `kpid explain`: status, rule, formulas, inputs and
--      versions.
--
-- Parameters:
--      i_target    - as for kpid.target_found
--      i_as_of     - null is today
--      i_known_at  - null is now
--      i_raw       - raw cells of kpid.explain_inputs, as the kept bodies
--                    say: [{role, indicator, period, delivery, line, column,
--                    raw, ..}],
--                    or null
--
-- Returns:
--      {target, as_of, known_at, event, event_at, version, rule, status,
--      formula, inputs, versions}; clock when it is fixed
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
declare
    l_of    kpid.target := kpid.target_found(i_target);
    l_as_of date := coalesce(i_as_of, kpid.today());
    l_event int := kpid.event_at(i_known_at);
    l_text  text;
begin
    select json_build_object(
               'clock', nullif(current_setting('kpid.clock', true), ''),
               'target', j.target, 'as_of', l_as_of, 'known_at', i_known_at, 'event', l_event,
               'event_at', (select e.at from kpid.event e where e.event = l_event),
               'version', j.version, 'rule', j.rule,
               'status', (select to_json(a) from kpi.assess(l_as_of, i_known_at,
                                                                lpad(j.org::text, 6, '0')) a
                           where a.target = j.target),
               'formula', array(select format('%s = %s', d.indicator,
                                              kpid.derivation_text(d.kind, d.inputs, d.factor))
                                  from kpid.derivation d
                                 where d.indicator = g.indicator and d.since <= l_event
                                   and coalesce(d.until > l_event, true))
                          || coalesce(kpid.explain_formula(j, g), '{}'),
               'inputs', (select coalesce(json_agg(to_jsonb(i)
                                 || jsonb_build_object('raw', null)
                                 || coalesce(r.cell - 'column' || jsonb_build_object(
                                        'line', coalesce((r.cell ->> 'line')::int, i.line),
                                        'col', coalesce((r.cell ->> 'column')::int, i.col)),
                                        '{}')), '[]')
                            from kpid.explain_inputs(i_target, l_as_of, i_known_at) i
                            left join jsonb_array_elements(i_raw) r (cell)
                                 on (r.cell ->> 'role', r.cell ->> 'indicator',
                                     r.cell ->> 'period', (r.cell ->> 'delivery')::int)
                                  = (i.role, i.indicator, i.period, i.delivery)),
               'versions', (select json_agg(json_build_object(
                                       'version', h.version, 'event', h.event, 'known_at', e.at,
                                       'valid_from', h.valid_from, 'comparator', h.comparator,
                                       'target_value', h.value, 'baseline', h.baseline,
                                       'due', h.due, 'path', h.path, 'plan', h.plan,
                                       'plan_stated', h.plan_stated, 'source', h.source)
                                       order by h.version)
                              from kpid.target h
                              join kpid.event e on e.event = h.event
                             where h.org = j.org and h.target = j.target
                               and h.fiscal_year = j.fiscal_year and h.event <= l_event))::text
      into l_text
      from kpid.judge(l_event, l_as_of, false, l_of.org) j
      join kpid.target g using (org, target, fiscal_year, version)
     where j.org = l_of.org and j.target = l_of.target;
    return l_text;
end;
$$;
comment on function kpid.explain_json(text, date, timestamptz, jsonb) is
    'the document of `kpid explain`: status, rule, formulas, inputs and versions';
