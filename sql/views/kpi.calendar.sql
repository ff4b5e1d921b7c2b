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
           and d.loaded is not null and d.retracted is null) as last_release,
       coalesce(s.failures, 0) as failures, s.error
  from kpid.feed f
  left join kpid.feed_state s using (feed_id)
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
    'publishing instant of its newest delivery';
comment on column kpi.calendar.failures is 'failed attempts in a row';
comment on column kpi.calendar.error is
    'of the last attempt; null: it went well';
