-- ----------------------------------------------------------------------
-- The store: what was delivered, what it said, what is latest.
--
-- Distribution (Citus): by org: series, observation, superseded, confirmed,
-- feed_series, unreadable, withdrawn. Reference tables: all others.
-- Every unique key of a distributed table holds org; no foreign key enters
-- or leaves one.
-- ----------------------------------------------------------------------
create schema kpid;
create schema kpi;

comment on schema kpid is 'the store; read it through schema kpi';
comment on schema kpi is
    'what analysts read: views and functions, nothing to write';

create table kpid.organization (
    org        int  not null,
    name       text not null,
    prefecture text,

    constraint organization_pkey primary key (org),
    constraint organization_org_chk check (org between 10000 and 479999)
);
comment on table kpid.organization is
    'local governments, keyed by 全国地方公共団体コード as a number (011002 '
    'is 11002)';

create table kpid.indicator (
    indicator   text    not null,
    name_ja     text    not null,
    name_en     text,
    unit        text    not null,
    measure     text    not null,
    decimals    int     not null,
    numerator   text,
    denominator text,
    monotone    boolean not null,
    source      text,

    constraint indicator_pkey primary key (indicator),
    constraint indicator_code_chk check (indicator ~ '^[a-z][a-z0-9_]*$'),
    constraint indicator_measure_chk check (measure in ('stock', 'flow', 'flow_ytd', 'ratio')),
    constraint indicator_decimals_chk check (decimals between 0 and 15)
);
comment on table kpid.indicator is
    'what is measured, as config/indicators.json says';
comment on column kpid.indicator.monotone is
    'a count that can only grow within its year';

create table kpid.feed (
    feed_id   int     not null generated always as identity,
    feed      text    not null,
    title     text    not null,
    owner     text,
    source    text,
    licence   text,
    schedule  text,
    time_zone text    not null,
    absent    text    not null default 'keep',
    active    boolean not null default true,

    constraint feed_pkey primary key (feed_id),
    constraint feed_feed_uq unique (feed),
    constraint feed_absent_chk check (absent in ('keep', 'withdraw'))
);
comment on table kpid.feed is 'where tables come from, as config/feeds says';
comment on column kpid.feed.active is
    'false: no longer configured, kept for what it delivered';

create table kpid.feed_state (
    feed_id       int         not null,
    checked_at    timestamptz,
    changed_at    timestamptz,
    etag          text,
    last_modified text,
    next_at       timestamptz,
    failures      int         not null default 0,
    error         text,

    constraint feed_state_pkey primary key (feed_id),
    constraint feed_state_feed_fkey foreign key (feed_id) references kpid.feed (feed_id)
);
comment on table kpid.feed_state is 'the last attempt at each feed';
comment on column kpid.feed_state.changed_at is 'when the bytes last differed';
comment on column kpid.feed_state.next_at is
    'the next attempt, as the schedule says';
comment on column kpid.feed_state.failures is 'failed attempts in a row';

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

create table kpid.series (
    org       int   not null,
    series    int   not null generated always as identity,
    indicator text  not null,
    frequency text  not null,
    span      text  not null,
    dims      jsonb not null default '{}',

    org_code  text  not null
              generated always as (lpad(org::text, 6, '0')) stored,

    constraint series_pkey primary key (org, series),
    constraint series_key_uq unique (org, indicator, frequency, span, dims),
    constraint series_org_chk check (org between 10000 and 479999),
    constraint series_frequency_chk check (frequency in ('D', 'W', 'M', 'Q', 'S', 'A', 'FY')),
    constraint series_span_chk check (span ~ '^(D|W|M|Q|S|A|FY|P[0-9]+[MD])$')
);
comment on table kpid.series is
    'indicator x organization x frequency x length of period x dimensions';
create index series_code_idx on kpid.series (org_code, indicator);
create index series_indicator_idx on kpid.series (indicator);
comment on column kpid.series.org_code is
    'org as people write it: a condition on it finds the series, and they '
    'the keys';
comment on column kpid.series.span is
    'how long its periods are: D W M Q S A FY P6M P10D; D is an instant, too';

-- Latest values. A null value has its missing reason in status (M Q L O, e
-- for error); X: withdrawn or retracted with nothing before it.
create table kpid.observation (
    org      int     not null,
    series   int     not null,
    period   date    not null,
    since    int     not null,
    delivery int     not null,
    line     int     not null,
    col      int     not null,
    status   "char"  not null,
    value    numeric,

    constraint observation_pkey primary key (org, series, period),
    constraint observation_value_chk check
        ((value is null) = (status in ('M', 'Q', 'L', 'O', 'e', 'X'))
         and value not in ('NaN', 'Infinity', '-Infinity'))
);
comment on table kpid.observation is 'latest values; read kpi.observation';
comment on column kpid.observation.period is
    'first day; the length stands in kpid.series.span';
comment on column kpid.observation.since is
    'event that made this row the latest';

-- Values that were latest from event since to before event until. Never
-- updated, never deleted. since = until: never was the latest (an older
-- delivery that came late).
create table kpid.superseded (
    org      int     not null,
    series   int     not null,
    period   date    not null,
    since    int     not null,
    until    int     not null,
    delivery int     not null,
    line     int     not null,
    col      int     not null,
    status   "char"  not null,
    value    numeric,

    constraint superseded_pkey primary key (org, series, period, since, until, delivery)
);
create index superseded_delivery_idx on kpid.superseded (delivery);
comment on table kpid.superseded is
    'values that were latest once; read kpi.observation_vintage';

-- What a delivery stated without changing anything: needed when a delivery
-- is retracted or comes late. The value is the one the store answered at the
-- delivery's load.
create table kpid.confirmed (
    org      int    not null,
    delivery int    not null,
    block    int    not null,
    series   int[]  compression lz4 not null,
    period   date[] compression lz4 not null,
    line     int[]  compression lz4 not null,
    col      int[]  compression lz4 not null,

    constraint confirmed_pkey primary key (org, delivery, block)
);
comment on table kpid.confirmed is 'repeated statements, packed';

-- Which feeds ever stated a series. Tells the merge which deliveries can
-- meet at all: without it one late file of one town would slow all others.
create table kpid.feed_series (
    org     int not null,
    series  int not null,
    feed_id int not null,

    constraint feed_series_pkey primary key (org, series, feed_id)
);
create index feed_series_feed_idx on kpid.feed_series (feed_id);
comment on table kpid.feed_series is 'which feeds ever stated a series';

-- Keys that stood in a delivery with a cell that could not be used: present,
-- so a withdrawing delivery does not withdraw them.
create table kpid.unreadable (
    org      int  not null,
    series   int  not null,
    period   date not null,
    delivery int  not null,

    constraint unreadable_pkey primary key (org, series, period, delivery)
);
comment on table kpid.unreadable is
    'keys a delivery named without a usable value';

-- Keys a withdrawing delivery left out though its feed had stated them: a
-- fact about the delivery, whatever became of it. Only ever grows.
create table kpid.withdrawn (
    org      int  not null,
    series   int  not null,
    period   date not null,
    delivery int  not null,

    constraint withdrawn_pkey primary key (org, series, period, delivery)
);
create index withdrawn_delivery_idx on kpid.withdrawn (delivery);
comment on table kpid.withdrawn is
    'what withdrawing deliveries no longer stated';

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
