-- ----------------------------------------------------------------------
-- What a source publishes when: from which day on a period is expected, how
-- long it is looked for, and how far a feed's values reach. A feed may list
-- the national holidays.
-- ----------------------------------------------------------------------
alter table kpid.feed add column after_days int not null default 0;
alter table kpid.feed add column give_up_days int;
alter table kpid.feed add column holidays boolean not null default false;
alter table kpid.feed add constraint feed_after_chk check (after_days >= 0);
alter table kpid.feed add constraint feed_give_up_chk check (give_up_days > 0);
comment on column kpid.feed.after_days is
    'a period is not published sooner than so many days after its end';
comment on column kpid.feed.give_up_days is
    'how long a period is looked for from the day on which it is expected; null: not';
comment on column kpid.feed.holidays is 'its days are those of kpid.holiday';

alter table kpid.expected add column newest date;
comment on column kpid.expected.newest is
    'first day of the newest period that was there; null: none';

-- It says more now, and no view asks it.
drop function if exists kpid.feed_newest(int);
