create or replace function kpid.against_predecessor(i_delivery int)
returns table (inserted bigint, revised bigint, withdrawn bigint)
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.against_predecessor(1)
--
--      Counts a delivery's rows (pg_temp.own) against what the deliveries
--      below it in rank say of the same keys (pg_temp.stated, without its
--      own): none or withdrawn is inserted, another value revised. A key it
--      does not name is withdrawn by it when only its own feed had it.
--
-- Parameters:
--      i_delivery - opened, not yet merged
-- ----------------------------------------------------------------------
#variable_conflict use_column
begin
    return query
    with me as (
        select d.* from kpid.delivery d where d.delivery = i_delivery
    ), act as (
        select d.delivery, d.feed_id, d.vintage_at, d.fetched_at, d.rank_no
          from kpid.delivery d
         cross join me
         where d.loaded < me.loaded
           and (d.retracted is null or d.retracted > me.loaded)
           and (d.vintage_at, d.fetched_at, d.rank_no)
               < (me.vintage_at, me.fetched_at, me.rank_no)
    ), hides as materialized (       -- asked once, not for every row
        select h.org, h.series, h.period, h.delivery
          from me
         cross join lateral kpid.hidden(me.loaded) h
          join act e on e.delivery = h.hides
    ), seen as (
        select s.org, s.series, s.period, s.status, s.value,
               a.feed_id = me.feed_id as ours,
               row_number() over (
                   partition by s.org, s.series, s.period
                   order by a.vintage_at desc, a.fetched_at desc,
                            a.rank_no desc) as n
          from pg_temp.stated s
          join act a using (delivery)
         cross join me
         where not exists (
               select from hides h
                where (h.org, h.series, h.period, h.delivery)
                      = (s.org, s.series, s.period, s.delivery))
    ), gone as (
        select count(*) as n
          from (select s.org, s.series, s.period
                  from seen s
                  join kpid.unstated_keys(i_delivery) k
                       using (org, series, period)
                 group by s.org, s.series, s.period
                having bool_and(s.ours)) k
    )
    select count(*) filter (where b.n is null),
           count(*) filter (where b.n is not null
                              and (b.status <> o.status
                                   or b.value is distinct from o.value)),
           (select g.n from gone g)
      from pg_temp.own o
      left join seen b using (org, series, period)
     where coalesce(b.n, 1) = 1;
end $$;
comment on function kpid.against_predecessor(int) is
    'counts a delivery''s rows against its predecessors in rank';
