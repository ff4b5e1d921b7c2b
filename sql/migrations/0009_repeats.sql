-- ----------------------------------------------------------------------
-- What a delivery repeats, known by digests instead of by its rows; and the
-- straight way into kpid.observation for series that nobody stated before.
--
-- Distributed by org: kpid.repeated. Reference tables: kpid.direct_load.
-- Digests are a cache of speed, never of meaning: setting all of them to
-- null changes no answer, and what repeats stands on is never one.
-- ----------------------------------------------------------------------
alter table kpid.feed_series
    add column base int,
    add column digest uuid;
comment on column kpid.feed_series.base is
    'delivery whose rows the digest is of; later ones may repeat it';
comment on column kpid.feed_series.digest is
    'of all the feed last stated about the series, while that is what is '
    'latest; null: not known';

alter table kpid.delivery
    add column repeats int,
    add column digest uuid;
create index delivery_repeats_idx on kpid.delivery (repeats)
 where repeats is not null;
create index delivery_digest_idx on kpid.delivery (feed_id)
 where digest is not null;
comment on column kpid.delivery.repeats is
    'delivery of the same feed that states all of the same; its rows were '
    'not sent again, and their lines are in the body alone';
comment on column kpid.delivery.digest is
    'of all it states, while that is what is latest; null: not known';

-- Series that a delivery states as an earlier one of its feed did, value for
-- value: a few bytes a series in the place of kpid.confirmed's a row.
create table kpid.repeated (
    org      int   not null,
    delivery int   not null,
    base     int   not null,
    series   int[] compression lz4 not null,

    constraint repeated_pkey primary key (org, delivery, base)
);
create index repeated_base_idx on kpid.repeated (org, base);
comment on table kpid.repeated is
    'series that a delivery states as its base does';

-- A load that copies straight into kpid.observation: one row from
-- kpid.direct_begin to kpid.direct_end, never one that is committed.
create table kpid.direct_load (
    xid      xid8    not null,
    delivery int     not null,
    event    int     not null,
    block    bigint  not null,
    before   bigint  not null,
    keyless  boolean not null,

    constraint direct_load_pkey primary key (xid)
);
comment on table kpid.direct_load is
    'the direct load of a running transaction';
comment on column kpid.direct_load.block is
    'pages the table had: what comes stands behind them';
comment on column kpid.direct_load.before is
    'rows this transaction had inserted by then';
comment on column kpid.direct_load.keyless is
    'the table was empty, and its key is added when it is filled';
