create or replace function kpid.merge_newer(i_deliveries int[])
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
set client_min_messages = warning
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.merge_newer(1)
--
--      The fast way: every staged row is newer than what is stored and no
--      key is stated twice. One join makes the difference; the rest of the
--      rows confirm, and are remembered as arrays of a few bytes a row.
--
-- Parameters:
--      i_deliveries - which of the staged ones
--
-- Tables directly manipulated:
--      insert - kpid.superseded, kpid.observation, kpid.confirmed
--      update - kpid.observation, pg_temp.counts
-- ----------------------------------------------------------------------
begin
    perform kpid.delta_make(i_deliveries);
    insert into kpid.superseded (org, series, period, since, until, delivery,
                                 line, col, status, value)
    select x.org, x.series, x.period, x.o_since, x.event, x.o_delivery,
           x.o_line, x.o_col, x.o_status, x.o_value
      from pg_temp.delta x
     where x.differs and x.o_since is not null;
    update kpid.observation o
       set since = x.event, delivery = x.delivery, line = x.line,
           col = x.col, status = x.status, value = x.value
      from pg_temp.delta x
     where x.differs and x.o_since is not null
       and o.org = x.org and o.series = x.series and o.period = x.period;
    insert into kpid.observation (org, series, period, since, delivery, line,
                                  col, status, value)
    select x.org, x.series, x.period, x.event, x.delivery, x.line, x.col,
           x.status, x.value
      from pg_temp.delta x
     where x.o_since is null
     order by x.org, x.series, x.period;
    insert into kpid.confirmed (org, delivery, block, series, period, line,
                                col)
    select x.org, x.delivery, x.line >> 16, array_agg(x.series),
           array_agg(x.period), array_agg(x.line), array_agg(x.col)
      from pg_temp.delta x
     where not x.differs
     group by x.org, x.delivery, x.line >> 16;

    update pg_temp.counts c
       set inserted = s.inserted, revised = s.differing - s.inserted
      from (select x.delivery, count(*) as differing,
                   count(*) filter (where x.o_since is null
                                       or x.o_status = 'X') as inserted
              from pg_temp.delta x
             where x.differs group by x.delivery) s
     where c.delivery = s.delivery;
end $$;
comment on function kpid.merge_newer(int[]) is
    'lays staged deliveries that are the newest over what is stored';
