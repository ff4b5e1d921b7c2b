-- ----------------------------------------------------------------------
-- What was delivered and when it became known.
--
-- Reference tables everywhere.
-- ----------------------------------------------------------------------
-- One row for every change of the store, numbered in commit order: numbers
-- are taken under kpid.lock_store(), held to the end of the transaction, so
-- whoever sees event n sees all before it.
create table kpid.event (
    event    int         not null,
    at       timestamptz not null,
    kind     text        not null,
    delivery int,
    who      text,
    why      text,

    constraint event_pkey primary key (event),
    constraint event_at_uq unique (at),
    constraint event_kind_chk check (kind in ('load', 'replay', 'retract', 'target'))
);
comment on table kpid.event is
    'the vintages: every change of the store, in order';

create table kpid.body (
    sha256   bytea  not null,
    n        int    not null,
    chunk    bytea  compression lz4 not null,

    constraint body_pkey primary key (sha256, n)
);
comment on table kpid.body is 'delivered bytes, cut in chunks, zstd each';

create table kpid.delivery (
    delivery     int         not null generated always as identity,
    feed_id      int         not null,
    sha256       bytea       not null,
    contract     bytea       not null,
    url          text        not null,
    bytes        bigint      not null,
    fetched_at   timestamptz not null,
    published_at timestamptz,
    vintage_at   timestamptz not null,
    rank_no      int         not null,
    replaces     int,
    absent       text        not null default 'keep',
    tainted      boolean     not null default false,
    span         daterange,
    quiet        boolean     not null default false,
    outcome      text        not null,
    error        text,
    read         bigint      not null default 0,
    inserted     bigint      not null default 0,
    revised      bigint      not null default 0,
    unchanged    bigint      not null default 0,
    rejected     bigint      not null default 0,
    withdrawn    bigint      not null default 0,
    loaded       int,
    retracted    int,

    constraint delivery_pkey primary key (delivery),
    constraint delivery_feed_fkey foreign key (feed_id) references kpid.feed (feed_id),
    constraint delivery_absent_chk check (absent in ('keep', 'withdraw')),
    constraint delivery_outcome_chk check (outcome in ('received', 'loaded', 'held', 'failed')),
    constraint delivery_sum_chk check (read = inserted + revised + unchanged + rejected)
);
create index delivery_feed_idx on kpid.delivery (feed_id, delivery);
create index delivery_vintage_idx on kpid.delivery (vintage_at, fetched_at, rank_no);
comment on table kpid.delivery is 'fetched bodies and what became of them';
comment on column kpid.delivery.contract is
    'SHA-256 of the contract it was read by';
comment on column kpid.delivery.url is 'where from, secrets redacted';
comment on column kpid.delivery.vintage_at is
    'least(published_at, fetched_at); with fetched_at and rank_no the rank';
comment on column kpid.delivery.rank_no is
    'the delivery itself; a replay has its original''s';
comment on column kpid.delivery.tainted is
    'a row''s key was unreadable: withdraws nothing';
comment on column kpid.delivery.span is
    'what a withdrawing delivery is complete about';
comment on column kpid.delivery.quiet is 'an import: mails nobody';
comment on column kpid.delivery.loaded is 'event; null while held or failed';
comment on column kpid.delivery.retracted is 'event';

create table kpid.reject (
    delivery int  not null,
    n        int  not null,
    line     int  not null,
    col      int  not null,
    raw      text not null,
    reason   text not null,

    constraint reject_pkey primary key (delivery, n)
);
comment on table kpid.reject is
    'cells and rows that could not be read, as they stood';
comment on column kpid.reject.n is
    '1, 2, .. within the delivery, in file order';

create table kpid.finding (
    delivery   int  not null,
    n          int  not null,
    line       int  not null,
    col        int  not null,
    kind       text not null,
    text       text not null,
    suggestion text,

    constraint finding_pkey primary key (delivery, n)
);
comment on table kpid.finding is 'what a contract did not know, with place';

-- What waits for an evaluation. A row, not a timer: written in the
-- transaction that changed what is known.
create table kpid.owed (
    owed   bigint      not null generated always as identity,
    at     timestamptz not null,
    reason text        not null,
    quiet  boolean     not null default false,

    constraint owed_pkey primary key (owed)
);
comment on table kpid.owed is
    'evaluations that are due; taken away by kpid.evaluate';
