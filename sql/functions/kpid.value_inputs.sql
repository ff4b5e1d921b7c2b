create or replace function kpid.value_inputs(
    i_org int, i_series int, i_period date, i_event int, i_cells json)
returns json
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.value_inputs(5)
--
--      What a computed value was computed from in the end, each with where
--      it stands, for `kpid explain`.
--
-- Parameters:
--      i_org, i_series, i_period - the computed value
--      i_event                   - as known then
--      i_cells                   - what was found in the kept bodies, in the
--                                  order of kpid.value_cited
--
-- Returns:
--      [{indicator, name_ja, frequency, dims, period, period_ja, value,
--      missing, status, unit, feed, title, delivery, sha256, url,
--      fetched_at, published_at, typed_by, cell}]
-- ----------------------------------------------------------------------
select coalesce(json_agg(json_build_object(
           'indicator', c.indicator, 'name_ja', i.name_ja,
           'frequency', c.frequency, 'dims', c.dims, 'period', c.period,
           'period_ja', kpid.period_ja(s.span, c.first),
           'value', o.value, 'missing', kpid.missing_reason(o.status),
           'status', case o.status when 'e' then 'O'
                                   else o.status::text end,
           'unit', i.unit, 'feed', c.feed, 'title', f.title,
           'delivery', c.delivery, 'sha256', encode(d.sha256, 'hex'),
           'url', c.url, 'fetched_at', d.fetched_at,
           'published_at', d.published_at, 'typed_by', d.typed_by,
           'cell', i_cells -> (c.n::int - 1)) order by c.n), '[]')
  from kpid.value_cited(i_org, i_series, i_period, i_event)
       with ordinality c (delivery, feed, url, contract, line, col,
                          indicator, frequency, dims, period, org, series,
                          first, n)
  join kpid.series s on s.org = i_org and s.series = c.series
  join kpid.as_of_event(i_event) o
       on o.org = i_org and o.series = c.series and o.period = c.first
  join kpid.delivery d on d.delivery = c.delivery
  join kpid.feed f using (feed_id)
  left join kpid.indicator i on i.indicator = c.indicator;
$$;
comment on function kpid.value_inputs(int, int, date, int, json) is
    'what a computed value was computed from, with the cells';
