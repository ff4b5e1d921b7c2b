create or replace function kpid.source_of(i_org int, i_series int, i_period date, i_event int)
returns jsonb
language sql stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.source_of(202037, 5, '2024-09-30', 12)
--
--      Where a value stands: feed, delivery, line and column. A computed one
--      stands in no line; its delivery is the newest it rests on.
--
-- Parameters:
--      i_org, i_series, i_period  - the observation
--      i_event                    - as known at this event
--
-- Returns:
--      {feed, title, source, delivery, sha256, url, line, col, published_at,
--      fetched_at}, or null
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select jsonb_build_object(
           'feed', f.feed, 'title', f.title, 'source', f.source, 'delivery', d.delivery,
           'sha256', encode(d.sha256, 'hex'), 'url', d.url,
           'line', case when not s.derived then nullif(o.line, 0) end,
           'col', case when not s.derived then nullif(o.col, 0) end,
           'published_at', d.published_at, 'fetched_at', d.fetched_at)
  from kpid.as_of_event(i_event) o
  join kpid.series s on s.org = o.org and s.series = o.series
  join kpid.delivery d on d.delivery = o.delivery
  join kpid.feed f on f.feed_id = d.feed_id
 where o.org = i_org and o.series = i_series and o.period = i_period;
$$;
comment on function kpid.source_of(int, int, date, int) is
    'where a value stands: feed, delivery, line and column';
