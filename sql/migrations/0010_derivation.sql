-- ----------------------------------------------------------------------
-- Indicators that are computed from others: how, since when, and which
-- series they are.
--
-- Reference table everywhere; computed values lie beside those they rest on,
-- by organization.
-- ----------------------------------------------------------------------
create table kpid.derivation (
    indicator text    not null,
    since     int     not null,
    until     int,
    kind      text    not null,
    inputs    text[]  not null,
    factor    numeric not null,
    decimals  int     not null,
    level     int     not null,

    constraint derivation_pkey primary key (indicator, since),
    constraint derivation_kind_chk check (kind in
        ('ratio', 'sum', 'difference', 'per_population', 'monthly_of', 'ytd_of')),
    constraint derivation_inputs_chk check (cardinality(inputs) >= 2),
    constraint derivation_factor_chk check (factor > 0)
);
comment on table kpid.derivation is
    'how indicators are computed from others, in versions';
comment on column kpid.derivation.since is 'event that declared it so';
comment on column kpid.derivation.until is
    'event that changed or dropped it; null: it holds';
comment on column kpid.derivation.inputs is
    'codes in the order of the formula; one month and those before it are '
    'two inputs of one code';
comment on column kpid.derivation.factor is
    'of quotients: 100 for percent, 100000 for 人口10万人当たり';
comment on column kpid.derivation.decimals is
    'of quotients: what they are rounded to';
comment on column kpid.derivation.level is
    '1: no input is computed itself; else one more than its inputs';

-- What a feed states and what is computed are series of their own, so that
-- an indicator can go from one to the other and keep both histories.
alter table kpid.series add column derived boolean not null default false;
alter table kpid.series drop constraint series_key_uq;
alter table kpid.series
    add constraint series_key_uq
    unique (org, indicator, frequency, span, dims, derived);
comment on column kpid.series.derived is
    'computed by kpid.derive, never stated by a delivery';

alter table kpid.event drop constraint event_kind_chk;
alter table kpid.event add constraint event_kind_chk
    check (kind in ('load', 'replay', 'retract', 'target', 'derive'));
