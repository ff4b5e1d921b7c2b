create or replace function kpid.gate_settings(i_deliveries int[])
returns table (delivery int, feed_id int, last int, today date,
               rows_drop numeric, all_zero boolean, jump numeric,
               unit_slip boolean, totals jsonb, running_total boolean,
               ratio_max numeric, future boolean)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.gate_settings(1)
--
--      What the feeds of a batch declare, and what their deliveries are to
--      be held against. A replay is left out: a person decided. Neither is
--      there anything to hold a feed's first delivery against.
--
-- Parameters:
--      i_deliveries - staged
--
-- Returns:
--      last: the newest that was loaded and stands, null for none
--      today: when it was fetched, by the feed's own clock
--      a gate that is null is off
-- ----------------------------------------------------------------------
select d.delivery, d.feed_id,
       (select l.delivery
          from kpid.delivery l
         where l.feed_id = d.feed_id
           and l.loaded is not null
           and l.retracted is null
         order by l.feed_id desc, l.delivery desc
         limit 1),
       (d.fetched_at at time zone f.time_zone)::date,
       nullif(g.doc ->> 'rows_drop', 'false')::numeric,
       (g.doc ->> 'all_zero')::boolean,
       nullif(g.doc ->> 'jump', 'false')::numeric,
       (g.doc ->> 'unit_slip')::boolean,
       g.doc -> 'totals',
       (g.doc ->> 'running_total')::boolean,
       nullif(g.doc ->> 'ratio_max', 'false')::numeric,
       (g.doc ->> 'future')::boolean
  from kpid.delivery d
  join kpid.feed f using (feed_id)
 cross join lateral (
       select '{"rows_drop": 0.5, "all_zero": true, "jump": 100,
                "unit_slip": true, "totals": [], "running_total": true,
                "ratio_max": 100, "future": true}'::jsonb || f.gates
       offset 0     -- joined once a delivery, not once a column
       ) g (doc)
 where d.delivery = any (i_deliveries)
   and d.replaces is null;
$$;
comment on function kpid.gate_settings(int[]) is
    'what the feeds of a batch declare about their deliveries';
