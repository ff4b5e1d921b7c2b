create or replace function kpid.periods_asked(
    i_feeds text[], i_frequencies text[], i_periods date[],
    i_at timestamptz[])
returns void
language sql
security definer
set search_path = pg_catalog, pg_temp
set enable_nestloop = off     -- what was just expected has no statistics yet
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.periods_asked(4)
--
--      The first scheduled looks that can bring awaited periods. Security
--      definer: the collector may change this table through functions alone.
--
-- Parameters, a column each:
--      i_feeds, i_frequencies, i_periods - as kpid.expected_open gave them
--      i_at                              - the instants
--
-- Tables directly manipulated:
--      update - kpid.expected
-- ----------------------------------------------------------------------
with asked as materialized (   -- joined by all of the key, or by none
    select coalesce(f.feed_id, kpid.feed_id(c.feed)) as feed_id,
           c.frequency, c.period, c.at
      from unnest(i_feeds, i_frequencies, i_periods, i_at)
           c (feed, frequency, period, at)
      left join kpid.feed f on f.feed = c.feed
)
update kpid.expected e
   set asked_at = a.at
  from asked a
 where (e.feed_id, e.frequency, e.period)
       = (a.feed_id, a.frequency, a.period);
$$;
comment on function kpid.periods_asked(text[], text[], date[],
                                       timestamptz[]) is
    'the first scheduled looks that can bring awaited periods';
