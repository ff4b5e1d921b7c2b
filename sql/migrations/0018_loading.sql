-- ----------------------------------------------------------------------
-- Cheaper loading. Nothing here reads the tables: it takes milliseconds in
-- a store of any size.
-- ----------------------------------------------------------------------
-- Digests of a feed's series that a delivery makes stale all at once: one
-- number in the place of an update for each of them. Not a column of
-- kpid.feed, whose rows loaders lock before they wait for the lock of the
-- store; this one is written under it alone. A reference table.
create table kpid.digests_stale (
    feed_id int not null,
    before  int not null,

    constraint digests_stale_pkey primary key (feed_id),
    constraint digests_stale_feed_fkey foreign key (feed_id)
        references kpid.feed (feed_id)
);
comment on table kpid.digests_stale is
    'feeds whose older digests of series are forgotten';
comment on column kpid.digests_stale.before is
    'digests whose base is a delivery before this one do not count';

-- The same condition as before, so that what is there need not be looked at
-- again; the letters of what is missing all stand behind K, and the scale of
-- a number that is none is null.
alter table kpid.observation drop constraint observation_value_chk;
alter table kpid.observation add constraint observation_value_chk check
    (case when value is null
          then status in ('M', 'Q', 'L', 'O', 'e', 'X')
          else (status < 'L' or status not in ('M', 'Q', 'L', 'O', 'e', 'X'))
               and scale(value) is not null end) not valid;
