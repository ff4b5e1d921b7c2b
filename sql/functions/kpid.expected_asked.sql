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
--      The first scheduled look that can bring one awaited period: see
--      kpid.periods_asked. Security definer: the collector may change this
--      table through functions alone.
--
-- Parameters:
--      i_feed, i_frequency, i_period  - as kpid.expected_open gave them
--      i_at                           - the instant
-- ----------------------------------------------------------------------
select kpid.periods_asked(array[i_feed], array[i_frequency],
                          array[i_period], array[i_at]);
$$;
comment on function kpid.expected_asked(text, text, date, timestamptz) is
    'the first scheduled look that can bring an awaited period';
