create or replace function kpid.event_at(i_known_at timestamptz)
returns int
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.event_at(1)
--
--      Turns an instant into the number of the last event by then: the
--      vintage a reader can cite. An instant that is now may lie inside a
--      commit that is not seen yet; the number is what stays true. Instants
--      grow with the numbers, so the end of their key has the answer.
--
-- Parameters:
--      i_known_at - null: as known now
--
-- Returns:
--      event number; 0 before the first
-- ----------------------------------------------------------------------
select coalesce((select e.event
                   from kpid.event e
                  where e.at <= coalesce(i_known_at, 'infinity')
                  order by e.at desc limit 1), 0);
$$;
comment on function kpid.event_at(timestamptz) is
    'number of the last event by an instant; null is now';
