create or replace function kpid.rederive(i_event int, i_delivery int)
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
set client_min_messages = warning
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.rederive(2)
--
--      Derives the latest value of the keys in pg_temp.touched from all
--      that was stated about them (pg_temp.stated): that of the highest
--      ranked delivery that is loaded, not retracted and not hidden. Where
--      none is left the key stays as a tombstone (X).
--
-- Parameters:
--      i_event    - the event that makes this necessary
--      i_delivery - the delivery it is about
--
-- Tables directly manipulated:
--      create - pg_temp.winner, pg_temp.hiding
--      insert - kpid.withdrawn
--      insert, update - kpid.superseded, kpid.observation
-- ----------------------------------------------------------------------
begin
    drop table if exists pg_temp.winner, pg_temp.hiding;
    create temp table hiding on commit drop as
    select h.* from kpid.hidden(i_event) h;
    insert into kpid.withdrawn (org, series, period, delivery)
    select distinct h.org, h.series, h.period, h.hides
      from pg_temp.hiding h
        on conflict on constraint withdrawn_pkey do nothing;

    create temp table winner on commit drop as
    with best as (
        select distinct on (s.org, s.series, s.period) s.*
          from pg_temp.stated s
          join kpid.delivery d using (delivery)
         where d.loaded <= i_event
           and (d.retracted is null or d.retracted > i_event)
           and not exists (
               select from pg_temp.hiding h
                 join kpid.delivery e on e.delivery = h.hides
                where (e.retracted is null or e.retracted > i_event)
                  and (h.org, h.series, h.period, h.delivery)
                      = (s.org, s.series, s.period, s.delivery))
         order by s.org, s.series, s.period, d.vintage_at desc,
                  d.fetched_at desc, d.rank_no desc
    )
    select t.org, t.series, t.period, b.delivery, b.line, b.col,
           coalesce(b.status, 'X') as status, b.value
      from pg_temp.touched t
      left join best b using (org, series, period);
    analyze pg_temp.winner;

    perform kpid.keep_statements(i_event, i_delivery);
    perform kpid.set_latest(i_event, i_delivery);
end $$;
comment on function kpid.rederive(int, int) is
    'derives the latest value of the touched keys';
