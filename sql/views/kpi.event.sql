-- ----------------------------------------------------------------------
-- View: kpi.event
--
--      Grain: one change of the store. For analysts who cite what they saw: the
--      number of an event stands for all that was known right after it.
-- ----------------------------------------------------------------------
create or replace view kpi.event as
select e.event, e.at as known_at, e.kind, e.delivery, e.who, e.why
  from kpid.event e;
comment on view kpi.event is
    'every change of the store, in order: the vintages';
comment on column kpi.event.event is 'number, without gaps';
comment on column kpi.event.known_at is 'its instant; grows strictly';
comment on column kpi.event.kind is
    'load, replay, retract, target, or derive: a computed indicator was '
    'declared, changed or dropped';
comment on column kpi.event.delivery is 'which delivery it is about, if any';
comment on column kpi.event.who is 'the person, where a person did it';
comment on column kpi.event.why is 'in that person''s words';
