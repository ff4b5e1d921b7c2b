create or replace function kpid.feed_next(
    i_feed text, i_next_at timestamptz)
returns void
language sql
security definer
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.feed_next(2)
--
--      Remembers when one feed is due next: see kpid.feeds_next.
--      Security definer: the collector may change these tables through
--      the loading functions alone.
--
-- Parameters:
--      i_feed    - its name
--      i_next_at - the next attempt; null when none is planned
-- ----------------------------------------------------------------------
select kpid.feeds_next(array[i_feed], array[i_next_at]);
$$;
comment on function kpid.feed_next(text, timestamptz) is
    'remembers when a feed is due next';
