create or replace function kpid.expected_asked(
    i_feed text, i_frequency text, i_period date, i_at timestamptz)
returns void
language sql
security definer
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.expected_asked('kokusei', 'M', '2024-09-01', '2024-10-05 07:00+09')
--
--      The first scheduled look that can bring an awaited period. Security
--      definer: the collector may change this table through functions alone.
--
-- Parameters:
--      i_feed, i_frequency, i_period  - as kpid.expected_open gave them
--      i_at                           - the instant
--
-- Tables directly manipulated:
--      update - kpid.expected
-- ----------------------------------------------------------------------
update kpid.expected e
   set asked_at = i_at
 where e.feed_id = kpid.feed_id(i_feed) and e.frequency = i_frequency and e.period = i_period;
$$;
comment on function kpid.expected_asked(text, text, date, timestamptz) is
    'the first scheduled look that can bring an awaited period';
