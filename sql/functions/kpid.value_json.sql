-- An earlier one named its last parameter otherwise.
drop function if exists kpid.value_json(int, int, date, timestamptz, json);
create or replace function kpid.value_json(
    i_org int, i_series int, i_period date, i_known_at timestamptz,
    i_cells json)
returns text
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.value_json(5)
--
--      The document of `kpid explain INDICATOR PERIOD`: a value, what it
--      rests on down to the cell, and everything it was before.
--
-- Parameters:
--      i_org, i_series, i_period - the key
--      i_known_at                - null is now
--      i_cells                   - what was found in the kept bodies, in the
--                                  order of kpid.value_cited, or null
--
-- Returns:
--      {indicator, name_ja, org, frequency, dims, period, period_ja, unit,
--      known_at, event, value, missing, status, source, cell, formula,
--      inputs, history}; source is null when there is no value, clock
--      unless it is fixed. A computed value has a formula and inputs, see
--      kpid.value_inputs, and no cell; its source is their newest
-- ----------------------------------------------------------------------
with asked as materialized (
    select kpid.event_at(i_known_at) as no
), history as materialized (
    select h.* from asked a
     cross join lateral
           kpid.value_history(i_org, i_series, i_period, a.no) h
), now as (
    select h.* from history h
     where h.until_event is null and h.served and not h.withdrawn
)
select json_build_object(
    'clock', nullif(current_setting('kpid.clock', true), ''),
    'indicator', s.indicator, 'name_ja', i.name_ja, 'org', s.org_code,
    'frequency', s.frequency, 'dims', s.dims,
    'period', kpid.period_text(s.span, i_period),
    'period_ja', kpid.period_ja(s.span, i_period), 'unit', i.unit,
    'known_at', i_known_at, 'event', a.no,
    'value', n.value, 'missing', n.missing, 'status', n.status,
    'source', (
        select json_build_object(
            'event', n.event, 'known_at', n.known_at, 'feed', f.feed,
            'title', f.title, 'source', f.source, 'delivery', d.delivery,
            'replaces', d.replaces, 'sha256', encode(d.sha256, 'hex'),
            'bytes', d.bytes, 'url', d.url, 'fetched_at', d.fetched_at,
            'published_at', d.published_at,
            'contract', encode(d.contract, 'hex'),
            'typed_by', d.typed_by, 'typed_why', d.typed_why,
            'body_kept', exists (select from kpid.body b
                                  where b.sha256 = d.sha256 and b.n = 0))
          from kpid.delivery d
          join kpid.feed f using (feed_id)
         where d.delivery = n.delivery),
    'cell', case when not s.derived then i_cells -> 0 end,
    'formula', (select kpid.derivation_text(g.kind, g.inputs, g.factor)
                  from kpid.derivation g
                 where g.indicator = s.indicator and g.since <= a.no
                   and coalesce(g.until > a.no, true)),
    'inputs', case when s.derived then kpid.value_inputs(
                  i_org, i_series, i_period, a.no, i_cells) end,
    'history', (select coalesce(json_agg(h), '[]') from history h))::text
  from kpid.series s
 cross join asked a
  left join now n on true
  left join kpid.indicator i using (indicator)
 where s.org = i_org and s.series = i_series;
$$;
comment on function kpid.value_json(int, int, date, timestamptz, json) is
    'a value, what it rests on and everything it was before';
