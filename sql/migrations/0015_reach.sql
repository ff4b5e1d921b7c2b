-- ----------------------------------------------------------------------
-- What lets a question reach the keys in a store of millions.
--
-- period: a reference table.
-- ----------------------------------------------------------------------
-- A code as people write it, to be joined with: computed for each comparison
-- it is compared with every organization.
alter table kpid.organization add column org_code text not null
    generated always as (lpad(org::text, 6, '0')) stored;
alter table kpid.organization add constraint organization_code_uq
    unique (org_code);

-- A series is found by (org, series), and the planner multiplies how many
-- there are of each: it takes a series' number for one of all the country's
-- within each organization, and expects a row where a thousand come. Then it
-- looks up millions one by one. So it is told how many series an organization
-- has, roughly: the product is what counts.
alter table kpid.series alter column series set (n_distinct = 100);
alter table kpid.observation alter column series set (n_distinct = 100);
alter table kpid.superseded alter column series set (n_distinct = 100);
analyze kpid.series, kpid.observation, kpid.superseded;

-- Which feeds ever withdrew: asked by every question about publishing order,
-- and none of a hundred thousand deliveries in most installations.
create index delivery_withdraw_idx on kpid.delivery (feed_id)
    where absent = 'withdraw';

-- The newest release of a feed, which the calendar and the catalog show of
-- each: one that has been silent for long stood behind all others' deliveries.
create index delivery_release_idx on kpid.delivery
    (feed_id, vintage_at, fetched_at, rank_no)
    where loaded is not null and retracted is null;

-- Periods by the text that people write: a condition on it finds the first
-- day, and that the key. Computed from each row it would have to be compared
-- with every row. kpid.periods_keep fills it.
create table kpid.period (
    span      text not null,
    first     date not null,
    period    text not null,
    period_ja text not null,
    last      date not null,

    constraint period_pkey primary key (span, first)
);
create index period_text_idx on kpid.period (period);
comment on table kpid.period is
    'every period that was ever stated, as text; read kpi.observation';
comment on column kpid.period.span is 'its length, as kpid.series.span';
comment on column kpid.period.last is 'its last day, inside';
