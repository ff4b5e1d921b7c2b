-- ----------------------------------------------------------------------
-- View: kpi.calendar
--
--      Grain: one configured feed: when it was asked and answered last, and
--      when it is asked next.
-- ----------------------------------------------------------------------
create or replace view kpi.calendar as
select f.feed, f.title, f.owner, f.schedule, f.time_zone,
       s.next_at as next_check, s.checked_at as last_check,
       s.changed_at as last_change,
       (select max(d.vintage_at) from kpid.delivery d
         where d.feed_id = f.feed_id
           and d.loaded is not null and d.retracted is null
           and d.inserted + d.revised > 0) as last_release,
       coalesce(s.failures, 0) as failures, s.error,
       e.expected_period, e.expected_at, e.late_at, e.late_since,
       e.newest_period, f.give_up_days
  from kpid.feed f
  left join kpid.feed_state s using (feed_id)
  left join lateral (
       select case when x.frequency <> '-' then kpid.period_text(x.span, x.period) end
                  as expected_period,
              kpid.period_text(x.span, x.newest) as newest_period,
              x.asked_at as expected_at, x.late_since,
              (greatest(x.asked_at, f.known_since) at time zone f.time_zone)::date
              + coalesce(f.grace_days, f.give_up_days, c.late_days, 7) as late_at
         from kpid.expected x
         left join kpid.pace_of c on c.frequency = x.frequency
        where x.feed_id = f.feed_id and x.arrived_at is null
        order by x.late_since, x.asked_at, x.period, x.frequency
        limit 1) e on true
 where f.active;
comment on view kpi.calendar is
    'when every feed was asked last and is asked next';
comment on column kpi.calendar.feed is 'name';
comment on column kpi.calendar.title is 'in words';
comment on column kpi.calendar.owner is 'who is told when it fails';
comment on column kpi.calendar.schedule is 'as configured';
comment on column kpi.calendar.time_zone is 'the schedule''s';
comment on column kpi.calendar.next_check is 'when it is asked next';
comment on column kpi.calendar.last_check is 'when it was asked last';
comment on column kpi.calendar.last_change is 'when it last had other bytes';
comment on column kpi.calendar.last_release is
    'publishing instant of its newest delivery that said something new';
comment on column kpi.calendar.failures is 'failed attempts in a row';
comment on column kpi.calendar.error is
    'of the last attempt; null: it went well';
comment on column kpi.calendar.expected_period is
    'the period it is to bring next; null: anything at all, or no schedule';
comment on column kpi.calendar.expected_at is 'the first look that can bring it';
comment on column kpi.calendar.late_at is 'the day from which it counts as late';
comment on column kpi.calendar.late_since is
    'when its owner was told that it is late; null: it is not';
comment on column kpi.calendar.newest_period is
    'the newest period it has brought: how fresh it is, whenever it was fetched';
comment on column kpi.calendar.give_up_days is
    'how long the expected period is looked for; null: only as scheduled';
