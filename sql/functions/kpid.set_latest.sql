create or replace function kpid.set_latest(i_event int, i_delivery int)
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
set client_min_messages = warning
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.set_latest(2)
--
--      Makes pg_temp.winner the latest values. A tombstone keeps the source
--      of what it buries; a key whose every statement was hidden from the
--      start has one, too, so that it can be found by key. Provenance
--      counts as a change: the value then rests on another delivery.
--
-- Parameters:
--      i_event    - the event that makes this necessary
--      i_delivery - the delivery it is about
--
-- Tables directly manipulated:
--      insert - kpid.superseded
--      insert, update - kpid.observation
-- ----------------------------------------------------------------------
begin
    drop table if exists pg_temp.replaced;
    create temp table replaced on commit drop as
    select o.org, o.series, o.period, o.since as o_since,
           o.delivery as o_delivery, o.line as o_line, o.col as o_col,
           o.status as o_status, o.value as o_value,
           coalesce(w.delivery, o.delivery) as delivery,
           coalesce(w.line, o.line) as line, coalesce(w.col, o.col) as col,
           w.status, w.value
      from kpid.observation o
      join pg_temp.winner w using (org, series, period)
     where (o.delivery, o.status, o.value)
           is distinct from
           (coalesce(w.delivery, o.delivery), w.status, w.value);

    insert into kpid.superseded (org, series, period, since, until, delivery,
                                 line, col, status, value)
    select x.org, x.series, x.period, x.o_since, i_event, x.o_delivery,
           x.o_line, x.o_col, x.o_status, x.o_value
      from pg_temp.replaced x;
    update kpid.observation o
       set since = i_event, delivery = x.delivery, line = x.line,
           col = x.col, status = x.status, value = x.value
      from pg_temp.replaced x
     where (o.org, o.series, o.period) = (x.org, x.series, x.period);
    insert into kpid.observation (org, series, period, since, delivery, line,
                                  col, status, value)
    select w.org, w.series, w.period, i_event,
           coalesce(w.delivery, i_delivery), coalesce(w.line, 0),
           coalesce(w.col, 0), w.status, w.value
      from pg_temp.winner w
        on conflict on constraint observation_pkey do nothing;
end $$;
comment on function kpid.set_latest(int, int) is
    'makes the winners the latest values';
