create or replace function kpid.keep_statements(i_event int, i_delivery int)
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
set enable_nestloop = off     -- few seem to be left: pairs them one by one
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.keep_statements(2)
--
--      Gives statements that must not be forgotten a row of their own,
--      with since = until: they never were the latest. These are the
--      delivery's own that do not win; the confirmation that follows it in
--      rank, which no longer repeats its neighbour; and every confirmation
--      of a key that somebody withdrew, which may show through one day.
--
-- Parameters:
--      i_event    - the event that makes this necessary
--      i_delivery - the delivery it is about
--
-- Tables directly manipulated:
--      insert - kpid.superseded
-- ----------------------------------------------------------------------
begin
    insert into kpid.superseded (org, series, period, since, until, delivery,
                                 line, col, status, value)
    select s.org, s.series, s.period, i_event, i_event, s.delivery, s.line,
           s.col, s.status, s.value
      from (select s.*,
                   row_number() over (
                       partition by s.org, s.series, s.period,
                                    (d.retracted is null
                                     or d.retracted > i_event)
                                and (d.vintage_at, d.fetched_at, d.rank_no)
                                    > (m.vintage_at, m.fetched_at, m.rank_no)
                       order by d.vintage_at, d.fetched_at, d.rank_no) = 1
                   and (d.retracted is null or d.retracted > i_event)
                   and (d.vintage_at, d.fetched_at, d.rank_no)
                       > (m.vintage_at, m.fetched_at, m.rank_no) as follows
              from pg_temp.stated s
              join kpid.delivery d using (delivery)
              join kpid.delivery m on m.delivery = i_delivery) s
      join pg_temp.winner w using (org, series, period)
     where not s.standing
       and s.delivery is distinct from w.delivery
       and (s.delivery = i_delivery
            or s.follows
            or exists (select from kpid.withdrawn x
                        where (x.org, x.series, x.period)
                              = (s.org, s.series, s.period)));
end $$;
comment on function kpid.keep_statements(int, int) is
    'gives statements that must not be forgotten a row of their own';
