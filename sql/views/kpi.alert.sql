-- ----------------------------------------------------------------------
-- View: kpi.alert
--
--      What each alert is, computed now, and what people were told of it.
-- ----------------------------------------------------------------------
create or replace view kpi.alert as
select * from kpid.alert_rows(null);

comment on view kpi.alert is 'alerts: level from what is known, told from what was mailed';
comment on column kpi.alert.target is 'identifier';
comment on column kpi.alert.org is '全国地方公共団体コード, six digits';
comment on column kpi.alert.fiscal_year is '2024 is 令和6年度';
comment on column kpi.alert.name is 'what the target is about';
comment on column kpi.alert.department is 'who is responsible';
comment on column kpi.alert.level is '0 clear, 1 open, 2 escalated: what is, as known now';
comment on column kpi.alert.pending is 'bad periods, but not enough to open';
comment on column kpi.alert.bad_periods is 'bad periods since the last good one';
comment on column kpi.alert.status is 'of the newest period';
comment on column kpi.alert.judged_at is 'end of the newest period that has a value';
comment on column kpi.alert.told is '0 nothing or closed, 1 opened, 2 escalated: what people know';
comment on column kpi.alert.told_period is 'newest period that had a value when it was said';
comment on column kpi.alert.told_version is 'version of the target it was said of';
comment on column kpi.alert.told_event is 'event up to which the store was read then';
comment on column kpi.alert.told_at is 'when it was said';
comment on column kpi.alert.seq is 'number of transitions told';
comment on column kpi.alert.acked_until is 'no reminder and no escalation up to this day';
comment on column kpi.alert.acked_by is 'who took it in hand';
comment on column kpi.alert.ack_note is 'in that person''s words';
comment on column kpi.alert.silenced_until is 'nothing is told up to this day';
comment on column kpi.alert.silenced_by is 'who silenced it';
comment on column kpi.alert.silence_reason is 'in that person''s words';
