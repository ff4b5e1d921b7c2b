-- ----------------------------------------------------------------------
-- The store: what was said, what is latest.
--
-- Distribution (Citus): by org: series, observation, superseded, confirmed,
-- feed_series, unreadable, withdrawn. Reference tables: all others.
-- Every unique key of a distributed table holds org; no foreign key enters
-- or leaves one.
-- ----------------------------------------------------------------------
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
