-- ----------------------------------------------------------------------
-- What is expected of feeds, what kpid knows of itself, and the calendar of
-- its mails.
--
-- Reference tables everywhere.
-- ----------------------------------------------------------------------
alter table kpid.feed add column grace_days int;
alter table kpid.feed add column known_since timestamptz;
alter table kpid.feed add constraint feed_grace_chk check (grace_days >= 0);
comment on column kpid.feed.grace_days is
    'days after the expected release; null: as kpid.pace_of says';
comment on column kpid.feed.known_since is
    'when it was configured: nothing was expected before';
update kpid.feed f
   set known_since = coalesce((select min(d.fetched_at) from kpid.delivery d
                                where d.feed_id = f.feed_id), clock_timestamp());

alter table kpid.feed_state add column failing_since timestamptz;
comment on column kpid.feed_state.failing_since is 'the first of the failures';

alter table kpid.pace_of add column late_days int not null default 30;
comment on column kpid.pace_of.late_days is
    'how many days a feed may be late when it does not say';
update kpid.pace_of p
   set late_days = d.late_days
  from (values ('D', 2), ('W', 5), ('M', 10), ('Q', 20)) d (frequency, late_days)
 where d.frequency = p.frequency;

-- One row for each period that a feed was or is to bring.
create table kpid.expected (
    feed_id    int         not null,
    frequency  text        not null,
    period     date        not null,
    span       text        not null,
    ends       timestamptz not null,
    schedule   text,
    asked_at   timestamptz,
    late_since timestamptz,
    arrived_at timestamptz,

    constraint expected_pkey primary key (feed_id, frequency, period),
    constraint expected_feed_fkey foreign key (feed_id) references kpid.feed (feed_id)
);
comment on table kpid.expected is 'which periods feeds were to bring; read kpi.calendar';
comment on column kpid.expected.frequency is '-: anything, of a feed that brought nothing yet';
comment on column kpid.expected.period is 'its first day';
comment on column kpid.expected.ends is 'when the period is over: no look before then can bring it';
comment on column kpid.expected.schedule is 'by which asked_at was reckoned';
comment on column kpid.expected.asked_at is 'the first scheduled look after it; null: not reckoned yet, or never';
comment on column kpid.expected.late_since is 'when the grace time was over; its owner was told once';
comment on column kpid.expected.arrived_at is 'when it was there';

-- What kpid measures of itself; what is bad about it is decided in SQL.
create table kpid.fact (
    kind    text        not null,
    subject text        not null,
    at      timestamptz not null,
    value   numeric     not null,
    detail  text,
    bad     boolean     not null,
    streak  int         not null,
    since   timestamptz not null,

    constraint fact_pkey primary key (kind, subject)
);
comment on table kpid.fact is 'the newest of each thing that kpid measures of itself';
comment on column kpid.fact.streak is 'measurements in a row that were all bad, or all good';
comment on column kpid.fact.since is 'the first of them';

create table kpid.setting (
    alone  boolean not null default true,
    alerts jsonb   not null,
    expected_key text,

    constraint setting_pkey primary key (alone),
    constraint setting_alone_chk check (alone)
);
comment on table kpid.setting is
    'what the configuration says of alerts; keys that are not there have the '
    'defaults of kpid.alert_settings';

-- Which days of the calendar of mails are done: each once, whoever looks.
create table kpid.calendar_done (
    what text        not null,
    day  date        not null,
    at   timestamptz not null,

    constraint calendar_done_pkey primary key (what, day)
);
comment on table kpid.calendar_done is
    'digests, reminders and heartbeats that were written, by their day';

alter table kpid.outbox drop constraint outbox_kind_chk;
alter table kpid.outbox add constraint outbox_kind_chk check (kind in
    ('opened', 'reopened', 'escalated', 'closed', 'correction', 'target_changed', 'reminder',
     'held', 'late', 'trouble', 'trouble_over', 'digest', 'checkpoint', 'heartbeat'));
comment on column kpid.setting.expected_key is
    'digest of event and schedules up to which kpid.expected was written';
