-- ----------------------------------------------------------------------
-- What people were told, and the mails that tell them.
--
-- The level of an alert is computed from what is known; only what was told
-- is kept. Distribution (Citus): alert by org; the others reference tables.
-- ----------------------------------------------------------------------
create table kpid.alert (
    org            int         not null,
    target         text        not null,
    fiscal_year    int         not null,
    told           int         not null default 0,
    told_period    date,
    told_version   int,
    told_event     int,
    told_at        timestamptz,
    seq            int         not null default 0,
    acked_until    date,
    acked_by       text,
    ack_note       text,
    acked_at       timestamptz,
    silenced_until date,
    silenced_by    text,
    silence_reason text,
    silenced_at    timestamptz,

    constraint alert_pkey primary key (org, target, fiscal_year),
    constraint alert_told_chk check (told between 0 and 2),
    constraint alert_ack_chk check
        ((acked_until is null) = (acked_by is null) and (acked_until is null) = (ack_note is null)),
    constraint alert_silence_chk check
        ((silenced_until is null) = (silence_reason is null)
         and silenced_until <= silenced_at::date + 92)
);
comment on table kpid.alert is 'what was told about a target in a fiscal year; read kpi.alert';
comment on column kpid.alert.told is '0 nothing or closed, 1 opened, 2 escalated';
comment on column kpid.alert.told_period is 'last day of the newest period that had a value when it was said';
comment on column kpid.alert.seq is 'number of the last transition; each is one mail to each recipient';

-- The day up to which everything was evaluated: a new day may bring a due
-- date, the end of a silence or of an acknowledgement. One row.
create table kpid.evaluated (
    alone boolean     not null default true,
    as_of date        not null,
    event int         not null,
    at    timestamptz not null,

    constraint evaluated_pkey primary key (alone),
    constraint evaluated_alone_chk check (alone)
);
comment on table kpid.evaluated is 'the last evaluation';

-- One row is one mail to one recipient. Rows of a thread leave in seq order.
create table kpid.outbox (
    outbox          bigint      not null generated always as identity,
    thread          text        not null,
    seq             int         not null,
    recipient       text        not null,
    kind            text        not null,
    message_id      text        not null,
    in_reply_to     text,
    refs            text,
    created_at      timestamptz not null,
    payload         jsonb       not null,
    message         bytea,
    attempts        int         not null default 0,
    next_attempt_at timestamptz not null,
    sent_at         timestamptz,
    given_up_at     timestamptz,
    error_code      int,
    error           text,

    constraint outbox_pkey primary key (outbox),
    constraint outbox_thread_uq unique (thread, seq),
    constraint outbox_message_id_uq unique (message_id),
    constraint outbox_kind_chk check (kind in
        ('opened', 'reopened', 'escalated', 'closed', 'correction', 'target_changed', 'reminder')),
    constraint outbox_end_chk check (sent_at is null or given_up_at is null)
);
create index outbox_waiting_idx on kpid.outbox (next_attempt_at)
    where sent_at is null and given_up_at is null;
comment on table kpid.outbox is 'mails: written with the change they tell, sent at least once';
comment on column kpid.outbox.message is 'the rendered bytes: a second attempt sends the same';

-- Which targets a mail speaks of. A mail waits for every earlier one to the
-- same recipient about any of its targets, so nobody hears of an end before
-- the beginning, whichever thread the mails stand in.
create table kpid.outbox_target (
    recipient   text   not null,
    org         int    not null,
    target      text   not null,
    fiscal_year int    not null,
    seq         int    not null,
    outbox      bigint not null,

    constraint outbox_target_pkey primary key (recipient, org, target, fiscal_year, seq),
    constraint outbox_target_outbox_fkey foreign key (outbox) references kpid.outbox (outbox)
);
create index outbox_target_outbox_idx on kpid.outbox_target (outbox);
comment on table kpid.outbox_target is 'the targets of each mail, numbered by their transitions';
