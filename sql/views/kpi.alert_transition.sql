-- ----------------------------------------------------------------------
-- View: kpi.alert_transition
--
--      The whole life of an alert: what was told, what is (the level), and
--      what is then said. kpid.alert_change and kpid.trouble_change take the
--      first rule that fits, and nothing else decides. A null condition fits
--      always.
--
--      Three gates stand before the table. Silenced: nothing is said, told
--      stays, so that the difference is told when the silence ends. The year
--      reported and nothing told: nothing opens any more. An alert of kpid's
--      own has no versions and no periods to revise.
-- ----------------------------------------------------------------------
create or replace view kpi.alert_transition as
select r.*
  from (values
    --    told level  was    same   bad    acked  due    says              tells
    ( 1,  0,   1,     true,  true,  true,  null,  null,  'reopened',       1,
          'the closing rested on a value that was revised since'),
    ( 2,  0,   2,     true,  true,  true,  null,  null,  'reopened',       2,
          'the same, and one period more'),
    ( 3,  0,   1,     null,  null,  null,  null,  null,  'opened',         1,
          'enough bad periods'),
    ( 4,  0,   2,     null,  null,  null,  null,  null,  'opened',         2,
          'more than enough at the first look: told to whom an escalation is told'),
    ( 5,  1,   0,     null,  false, null,  null,  null,  'target_changed', 0,
          'the target is another one; its acknowledgement ends'),
    ( 6,  1,   0,     null,  null,  false, null,  null,  'correction',     0,
          'as known now it should not have been said; its acknowledgement ends'),
    ( 7,  1,   0,     null,  null,  null,  null,  null,  'closed',         0,
          'it is good again; its acknowledgement ends'),
    ( 8,  2,   0,     null,  false, null,  null,  null,  'target_changed', 0,
          'as from 1'),
    ( 9,  2,   0,     null,  null,  false, null,  null,  'correction',     0,
          'as from 1'),
    (10,  2,   0,     null,  null,  null,  null,  null,  'closed',         0,
          'as from 1'),
    (11,  1,   2,     null,  null,  null,  false, null,  'escalated',      2,
          'one bad period more, and nobody has taken it in hand'),
    (12,  1,   2,     null,  null,  null,  true,  null,  null,             1,
          'somebody has: it waits for the end of the acknowledgement'),
    (13,  2,   1,     null,  null,  null,  null,  true,  'reminder',       2,
          'still open when an acknowledgement ends, or on the day of reminders'),
    (14,  1,   1,     null,  null,  null,  null,  true,  'reminder',       1,
          'the same'),
    (15,  2,   2,     null,  null,  null,  null,  true,  'reminder',       2,
          'the same'),
    (16,  2,   1,     null,  null,  null,  null,  null,  null,             2,
          'getting less bad is no mail')
    ) r (rule, told, level, told_before, same_version, bad_then, acked, reminder_due,
         says, tells, because);

comment on view kpi.alert_transition is
    'the life of an alert: the first rule that fits what was told and what is; '
    'told and level equal and no reminder due: nothing';
comment on column kpi.alert_transition.rule is 'order: the first that fits decides';
comment on column kpi.alert_transition.told is 'what people know: 0 nothing, 1 opened, 2 escalated';
comment on column kpi.alert_transition.level is 'what is, as known now: 0 clear, 1 open, 2 escalated';
comment on column kpi.alert_transition.told_before is 'condition: it was told and closed before in this year';
comment on column kpi.alert_transition.same_version is 'condition: of the target, now and when it was told';
comment on column kpi.alert_transition.bad_then is
    'condition: the period told last is, as known now, still bad';
comment on column kpi.alert_transition.acked is 'condition: an acknowledgement lasts';
comment on column kpi.alert_transition.reminder_due is
    'condition: an acknowledgement has ended, or it is the day of reminders';
comment on column kpi.alert_transition.says is 'kind of the mail; null: none';
comment on column kpi.alert_transition.tells is 'what people know then';
comment on column kpi.alert_transition.because is 'the rule in words';
