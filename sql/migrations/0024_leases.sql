-- ----------------------------------------------------------------------
-- Several instances upon one database: who collects a feed now, and who
-- sends a mail.
--
-- lease: a reference table, a row for each feed.
-- ----------------------------------------------------------------------
-- A row is taken for a turn of its feed and given back after it. Whoever
-- comes after a holder of whom nothing was heard gets a greater token, and
-- what the earlier one brings under its own is refused. Rows are changed in
-- place, without touching the key.
create table kpid.lease (
    feed_id int         not null,
    token   bigint      not null default 0,
    holder  text,
    due     timestamptz,
    until   timestamptz,
    done    timestamptz,
    again   timestamptz,

    constraint lease_pkey primary key (feed_id),
    constraint lease_feed_fkey foreign key (feed_id) references kpid.feed (feed_id),
    constraint lease_holder_chk check ((holder is null) = (until is null))
) with (fillfactor = 50);
comment on table kpid.lease is 'which instance collects a feed now, and which turn was done last';
comment on column kpid.lease.token is 'grows with every change of hands: an older one is refused';
comment on column kpid.lease.holder is 'the instance, as host:number; null: nobody';
comment on column kpid.lease.due is 'the turn that the holder took it for';
comment on column kpid.lease.until is 'real time; then another may take it';
comment on column kpid.lease.done is 'the latest turn that was done, by whomever';
comment on column kpid.lease.again is 'not before: the last attempt failed in a way that may pass';

-- A mail is claimed for as long as sending it takes, by a session. A row lock
-- instead would be held by a process that stands still for as long as it
-- stands.
alter table kpid.outbox
    add column lease        bigint not null default 0,
    add column leased_until timestamptz,
    add column leased_by    int;
comment on column kpid.outbox.lease is 'grows with every claim: an older one may not send';
comment on column kpid.outbox.leased_until is 'real time; then another may send it';
comment on column kpid.outbox.leased_by is 'backend that claimed it; one that has ended holds nothing';
