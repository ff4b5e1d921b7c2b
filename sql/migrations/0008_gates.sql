-- ----------------------------------------------------------------------
-- Whole-delivery checks: what a feed declares, what its deliveries looked
-- like, and the mail about one that is held.
--
-- Reference tables everywhere.
-- ----------------------------------------------------------------------
alter table kpid.feed add column gates jsonb not null default '{}';
comment on column kpid.feed.gates is
    'when a delivery looks wrong as a whole; keys that are not there have '
    'the defaults of kpid.gate_settings';

alter table kpid.finding add column text_ja text;
comment on column kpid.finding.text_ja is
    'the same for the mail to its owner; null: not told in Japanese';

-- How much a delivery stated, by the first day of its periods: what the next
-- one is held against. Counted before loading, of held ones, too.
create table kpid.delivery_shape (
    delivery int    not null,
    period   date   not null,
    keys     bigint not null,

    constraint delivery_shape_pkey primary key (delivery, period)
);
comment on table kpid.delivery_shape is
    'how much a delivery stated, by period';
comment on column kpid.delivery_shape.keys is
    'readable rows, missing values among them';

alter table kpid.outbox drop constraint outbox_kind_chk;
alter table kpid.outbox add constraint outbox_kind_chk check (kind in
    ('opened', 'reopened', 'escalated', 'closed', 'correction',
     'target_changed', 'reminder', 'held'));
