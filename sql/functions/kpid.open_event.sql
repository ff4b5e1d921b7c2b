create or replace function kpid.open_event(
    i_kind text, i_delivery int, i_who text, i_why text)
returns int
language sql
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.open_event(4)
--
--      Numbers one change of the store. Instants grow strictly even when
--      the clock stands or goes back, so that as_of sees every event.
--
-- Parameters:
--      i_kind     - load, replay, retract, target, derive
--      i_delivery - which delivery; null when it is about none
--      i_who      - the person, where there is one
--      i_why      - in that person's words
--
-- Returns:
--      the event's number
--
-- Tables directly manipulated:
--      insert - kpid.event
-- ----------------------------------------------------------------------
select kpid.lock_store();
insert into kpid.event (event, at, kind, delivery, who, why)
select coalesce(max(e.event), 0) + 1,
       greatest(kpid.now(), max(e.at) + interval '1 microsecond'),
       i_kind, i_delivery, i_who, i_why
  from kpid.event e
returning event;
$$;
comment on function kpid.open_event(text, int, text, text) is
    'numbers one change of the store, under its lock';
