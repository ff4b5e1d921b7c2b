-- ----------------------------------------------------------------------
-- Who may do what. Run last and every time: what is not said here is not
-- granted. The owner owns all; nobody logs in as it.
-- ----------------------------------------------------------------------
revoke all on schema kpid, kpi from public;
revoke all on all tables in schema kpid, kpi from public;
revoke all on all functions in schema kpid, kpi from public;

-- The collector reads everything and writes through the loading functions,
-- which run as the owner. What it may delete carries no history.
grant usage on schema kpid, kpi to kpid_collector;
grant select on all tables in schema kpid, kpi to kpid_collector;
grant delete on kpid.body to kpid_collector;
grant execute on function
      kpid.now(),
      kpid.event_at(timestamptz),
      kpid.as_of_event(int),
      kpid.missing_reason("char"),
      kpid.period_last(text, date),
      kpid.period_text(text, date),
      kpid.period_ja(text, date),
      kpid.era_year(date),
      kpid.feed_id(text),
      kpid.config_sync(jsonb),
      kpid.feed_checked(text, text, text, boolean, text),
      kpid.feed_next(text, timestamptz),
      kpid.feed_states(),
      kpid.receive(text, bytea, bytea, text, bigint, timestamptz,
                   timestamptz, boolean),
      kpid.last_outcome(text),
      kpid.replay(int, bytea, boolean),
      kpid.delivery_end(int, text, text),
      kpid.findings_put(int, jsonb),
      kpid.body_put(bytea, int, bytea),
      kpid.body_chunks(int),
      kpid.stage_begin(),
      kpid.merge(int[], boolean),
      kpid.retract(int, text, text)
   to kpid_collector;
grant execute on all functions in schema kpi to kpid_collector;

-- Analysts read schema kpi. The few functions of kpid that its views call
-- run as whoever asks; without usage on kpid nobody can name them.
grant usage on schema kpi to kpi_analyst;
grant select on all tables in schema kpi to kpi_analyst;
grant execute on all functions in schema kpi to kpi_analyst;
grant execute on function
      kpid.missing_reason("char"),
      kpid.period_last(text, date),
      kpid.period_text(text, date),
      kpid.period_ja(text, date),
      kpid.era_year(date)
   to kpi_analyst;

-- targets, alerts and mails
-- end of targets, alerts and mails
