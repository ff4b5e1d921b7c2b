create or replace function kpid.periods_keep(i_deliveries int[])
returns void
language sql
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.periods_keep(1)
--
--      Keeps the text of the periods that a batch states, so that views find
--      rows by it. The shapes of the deliveries have the first days already;
--      where a delivery has none, rows are read. Every length that a delivery
--      has goes with each of its first days: what nobody states harms nobody.
--
-- Parameters:
--      i_deliveries - staged, about to be loaded
--
-- Tables directly manipulated:
--      insert - kpid.period
-- ----------------------------------------------------------------------
insert into kpid.period (span, first, period, period_ja, last)
select x.span, x.first, kpid.period_text(x.span, x.first),
       kpid.period_ja(x.span, x.first), kpid.period_last(x.span, x.first)
  from (select distinct s.span, f.first
          from (select distinct t.delivery, t.span
                  from pg_temp.staged_series t) s
          join (select h.delivery, h.period as first
                  from kpid.delivery_shape h
                 where h.delivery = any (i_deliveries)
                 union
                select t.delivery, t.period
                  from pg_temp.staged t
                 where t.period is not null
                   and exists (select from unnest(i_deliveries) i (delivery)
                                where not exists (
                                      select from kpid.delivery_shape h
                                       where h.delivery = i.delivery))) f
               using (delivery)) x
 where not exists (select from kpid.period p
                    where (p.span, p.first) = (x.span, x.first))
    on conflict on constraint period_pkey do nothing;
$$;
comment on function kpid.periods_keep(int[]) is
    'keeps the text of the periods that a batch states';

-- What was loaded before there was a table of periods.
insert into kpid.period (span, first, period, period_ja, last)
select x.span, x.period, kpid.period_text(x.span, x.period),
       kpid.period_ja(x.span, x.period), kpid.period_last(x.span, x.period)
  from (select s.span, y.period
          from (select o.org, o.series, o.period from kpid.observation o
                 union all
                select h.org, h.series, h.period from kpid.superseded h) y
          join kpid.series s using (org, series)
         where not exists (select from kpid.period)
         group by s.span, y.period) x;
