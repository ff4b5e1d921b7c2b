-- ----------------------------------------------------------------------
-- What is measured, for whom, and where it comes from.
--
-- Reference tables everywhere.
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
