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
      kpid.stretch_ja(date, date, text),
      kpid.feed_id(text),
      kpid.config_sync(jsonb),
      kpid.feed_checked(text, text, text, boolean, text),
      kpid.feeds_checked(text[], text[], text[], boolean[], text[]),
      kpid.feeds_lock(text[]),
      kpid.feed_next(text, timestamptz),
      kpid.feeds_next(text[], timestamptz[]),
      kpid.lease_claim(text, interval, jsonb),
      kpid.lease_renew(text, interval, jsonb),
      kpid.lease_end(text, jsonb),
      kpid.lease_refused(jsonb),
      kpid.lease_keep(jsonb),
      kpid.lease_retries(),
      kpid.feed_states(),
      kpid.receive(text, bytea, bytea, text, bigint, timestamptz,
                   timestamptz, boolean),
      kpid.receive_all(text[], bytea[], bytea[], text[], bigint[],
                       timestamptz[], timestamptz[], boolean[]),
      kpid.last_outcome(text, text),
      kpid.replay(int, bytea, boolean),
      kpid.delivery_changes(int, int),
      kpid.delivery_end(int, text, text),
      kpid.findings_put(jsonb),
      kpid.body_put(bytea, int, bytea),
      kpid.stage_begin(),
      kpid.gates(int[]),
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
      kpid.era_year(date),
      kpid.stretch_ja(date, date, text)
   to kpi_analyst;

-- values that are computed from others
grant execute on function
      kpid.derivation_text(text, text[], numeric),
      kpid.derived_inputs(int, int, date, int),
      kpid.derived_publication(int, int)
   to kpid_collector, kpi_analyst;
grant execute on function kpid.derived_sources(int, int, date, int)
   to kpid_collector;

-- targets, alerts and mails
grant execute on function
      kpid.month_clock(date), kpid.year_of(date, text), kpid.year_first(int, text),
      kpid.year_position(date, date, text), kpid.calendar_due(text, date, date),
      kpid.plan_rest(jsonb, numeric, date), kpid.num_ja(numeric), kpid.day_ja(date),
      kpid.periods_passed(text, date, date), kpid.target_held(int, date, boolean, int),
      kpid.first_said(int, int, date, int), kpid.value_known(int, int, int, text),
      kpid.weight_of(int, kpid.target, int, text, date),
      kpid.value_run(int, date, int, boolean, kpid.target, kpid.series, kpid.indicator),
      kpid.last_year(int, kpid.target, kpid.indicator, int, int),
      kpid.past_share(int, date, kpid.target, int, text, text),
      kpid.week_place(date, int, int, text),
      kpid.point_value(int, date, boolean, kpid.target),
      kpid.point_periods(int, date, boolean, kpid.target),
      kpid.target_point(int, date, boolean, kpid.target),
      kpid.target_course(kpid.point, kpid.target),
      kpid.target_measure(kpid.point, kpid.course, kpid.target, text),
      kpid.ladder(kpid.measure), kpid.status_rank(text),
      kpid.verdict_sides(kpid.point, kpid.course, kpid.target, text),
      kpid.target_verdict(kpid.point, kpid.course, kpid.target, date),
      kpid.judge_milestone(kpid.target, date), kpid.judge(int, date, boolean, int),
      kpid.target_import(jsonb, text),
      kpid.target_found(text),
      kpid.evaluate(date), kpid.year_close(int, int, text),
      kpid.status_json(date, timestamptz, int),
      kpid.alert_rows(timestamptz),
      kpid.alerts_json(boolean),
      kpid.explain_inputs(text, date, timestamptz),
      kpid.explain_formula(kpid.judgement, kpid.target),
      kpid.explain_json(text, date, timestamptz, jsonb),
      kpid.ack(text, text, text, date),
      kpid.silence(text, text, text, date),
      kpid.silence_lift(text),
      kpid.outbox_next(int, interval),
      kpid.outbox_hold(bigint, bigint, interval),
      kpid.outbox_wait(),
      kpid.outbox_oldest(),
      kpid.outbox_rendered(bigint, bytea),
      kpid.outbox_sent(bigint),
      kpid.outbox_failed(bigint, int, text, boolean, bigint)
   to kpid_collector;
grant execute on function kpid.now(), kpid.alert_rows(timestamptz) to kpi_analyst;
-- end of targets, alerts and mails

-- what the command line prints
grant execute on function
      kpid.today(),
      kpid.body_chunk(int, int),
      kpid.status_summary(date, timestamptz, text),
      kpid.forecast_ja(jsonb, text),
      kpid.explain_text(text, date, timestamptz, jsonb),
      kpid.csv_cell(text),
      kpid.plan_csv(jsonb),
      kpid.target_csv(),
      kpid.target_json(),
      kpid.outbox_hurry()
   to kpid_collector;
grant execute on function kpid.today(), kpid.typed_values(int), kpid.year_first(int, text)
   to kpi_analyst;

-- values typed by hand
grant execute on function
      kpid.feed_last(int),
      kpid.feed_before(int, text),
      kpid.hand_feed(text),
      kpid.hand_series(text, int, text, jsonb),
      kpid.hand_stands(jsonb, date, numeric, text),
      kpid.delivery_typed(int, text, text)
   to kpid_collector;

-- explain of a value
grant execute on function
      kpid.value_key(text, int, text, date, jsonb),
      kpid.value_cited(int, int, date, int),
      kpid.value_history(int, int, date, int),
      kpid.value_json(int, int, date, timestamptz, json),
      kpid.value_inputs(int, int, date, int, json),
      kpid.cell_text(json),
      kpid.value_text(json),
      kpid.typed_values(int)
   to kpid_collector;

-- bodies that are kept no longer
grant execute on function kpid.body_prune(jsonb, int, boolean)
   to kpid_collector;

-- loading straight into kpid.observation: the loader may add rows, while a
-- loading function of the same transaction lets it, and nothing else. The
-- collector does not inherit it, it takes the role for one COPY.
grant usage on schema kpid to kpid_loader;
grant insert on kpid.observation to kpid_loader;
grant execute on function
      kpid.content(int[], uuid[], bigint[]),
      kpid.direct_news(int, date[]),
      kpid.direct_offer(int, date[], bigint[]),
      kpid.direct_begin(int),
      kpid.direct_end(int, bigint),
      kpid.stream_begin(int, bigint),
      kpid.stream_names(int),
      kpid.stream_end(int, date[], bigint[])
   to kpid_collector;

-- what is late, what is wrong with kpid, the calendar of mails
grant execute on function
      kpid.watch(jsonb),
      kpid.expected_open(),
      kpid.expected_asked(text, text, date, timestamptz),
      kpid.periods_asked(text[], text[], date[], timestamptz[]),
      kpid.awaited(), kpid.releases(), kpid.holidays_told()
   to kpid_collector;
-- those who may answer alerts; as members of kpi_analyst (bootstrap.sql) they
-- read what analysts read
revoke all on function kpi.acknowledge(text, text, date), kpi.silence(text, text, date),
      kpi.close_year(text, int)
  from kpi_analyst, kpid_collector;
grant execute on function kpi.acknowledge(text, text, date), kpi.silence(text, text, date),
      kpi.close_year(text, int)
   to kpi_steward;

-- forecasts
grant execute on function
      kpid.normal_cdf(float8), kpid.logit(float8),
      kpid.beta_cdf(float8, float8, float8),
      kpid.count_tail(float8, float8, float8),
      kpid.gamma_quantile(float8, float8, float8),
      kpid.chance(float8, boolean, int, boolean, float8, float8),
      kpid.prospect_of(float8, float8, int, boolean, boolean, int, float8,
                       float8),
      kpid.prospect_level(float8, float8, boolean, float8, float8, int, int),
      kpid.forecast_past(int, date, kpid.target, int),
      kpid.forecast_shape(kpid.history, boolean),
      kpid.forecast_declared(kpid.target),
      kpid.forecast_seasonal(kpid.shape, int[], float8[], int, float8,
                             boolean),
      kpid.forecast_run_rate(float8[], float8, boolean),
      kpid.forecast_kin(int, int, int, text),
      kpid.forecast_kindred(kpid.shape, float8[], float8, float8, int[],
                            boolean),
      kpid.forecast_total(float8, float8, float8, boolean, int),
      kpid.forecast_level(kpid.history, date, int, float8, boolean),
      kpid.forecast_average(kpid.history, int, float8),
      kpid.forecast_count(kpid.point, kpid.target, float8, kpid.history,
                          kpid.shape),
      kpid.forecast_other(kpid.point, kpid.target, kpid.history),
      kpid.forecast(kpid.judgement[], int, date),
      kpid.foresee(int, date, boolean, int, boolean),
      kpid.alert_sign(text, numeric, boolean),
      kpid.alert_word(kpid.judgement, kpid.prospect),
      kpid.anticipated(kpid.judgement, kpid.prospect),
      kpid.fold_step(int[], text, int), kpid.fold(text, int),
      kpid.period_status(int, date, int),
      kpid.backtest_days(date, date),
      kpid.backtest(date, date, int),
      kpid.backtest_score(date, date, int)
   to kpid_collector;
-- end of forecasts
