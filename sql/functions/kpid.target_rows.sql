create or replace function kpid.target_rows(i_doc jsonb, i_source text)
returns setof kpid.target
language sql stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.target_rows('{"targets": [..]}', 'ueda-r6-targets.csv')
--
--      The targets of a document as rows, empty text as null. A due date that
--      is not stated is the end of the year.
--
-- Parameters:
--      i_doc     - {"goals": [..], "targets": [..]}, numbers as strings
--      i_source  - the file they stand in
--
-- Returns:
--      kpid.target rows without version and event
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select d.org::int, d.target, y.year, null::int, null::int,
       coalesce(nullif(d.valid_from, '')::date, kpid.today()), i_source,
       d.goal::int, nullif(d.item, ''), d.name, nullif(d.indicator, ''), d.comparator,
       nullif(d.value, '')::numeric, nullif(d.value_high, '')::numeric, nullif(d.unit, ''),
       coalesce(nullif(d.aggregate, ''), case i.measure when 'flow' then 'sum'
                when 'flow_ytd' then 'ytd' else 'latest' end),
       nullif(d.baseline, '')::numeric, nullif(d.baseline_date, '')::date,
       nullif(d.baseline_approximate, '')::numeric,
       coalesce(nullif(d.due, '')::date, kpid.year_first(y.year + 1, k.kind) - 1),
       nullif(d.path, ''), case jsonb_typeof(d.plan) when 'array' then d.plan end,
       nullif(d.plan_stated, '')::date, coalesce(nullif(d.preset, ''), 'default'),
       nullif(d.slack, '')::numeric, nullif(d.approximate, ''), k.kind, nullif(d.calendar, ''),
       nullif(d.done_on, '')::date, nullif(d.planned_on, '')::date, nullif(d.reported, ''),
       nullif(d.department, ''), nullif(d.owner, ''), nullif(d.note, ''),
       coalesce((select jsonb_object_agg(trim(split_part(x, '=', 1)), trim(split_part(x, '=', 2)))
                   from string_to_table(nullif(d.dims, ''), ';') x), '{}'),
       nullif(d.compare, ''), d.line
  from jsonb_to_recordset(i_doc -> 'targets') as d (
       target text, fiscal_year text, org text, goal text, item text, name text, indicator text,
       comparator text, value text, value_high text, unit text, aggregate text, baseline text,
       baseline_date text, baseline_approximate text, due text, path text, plan jsonb,
       plan_stated text, preset text, slack text, approximate text, "window" text, calendar text,
       done_on text, planned_on text, reported text, department text, owner text, note text,
       valid_from text, dims text, compare text, line int)
  left join kpid.indicator i on i.indicator = d.indicator
 cross join lateral (select coalesce(nullif(d."window", ''), 'fiscal') as kind) k
 cross join lateral (select d.fiscal_year::int as year) y;
$$;
comment on function kpid.target_rows(jsonb, text) is
    'the targets of a document as rows, empty text as null';
