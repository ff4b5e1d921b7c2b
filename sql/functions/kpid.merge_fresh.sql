create or replace function kpid.merge_fresh()
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.merge_fresh(0)
--
--      The first load of series nobody ever stated: every row is new, there
--      is nothing to compare with and nothing to keep. In key order, which
--      fills the key's pages and saves reading them again.
--
-- Tables directly manipulated:
--      insert - kpid.observation
--      update - pg_temp.counts
-- ----------------------------------------------------------------------
begin
    insert into kpid.observation (org, series, period, since, delivery, line,
                                  col, status, value)
    select r.org, r.series, t.period, d.loaded, t.delivery, t.line, t.col,
           t.status, t.value
      from pg_temp.staged t
      join pg_temp.resolved r
           on r.delivery = t.delivery and r.ordinal = t.series
      join kpid.delivery d on d.delivery = t.delivery
     order by r.org, r.series, t.period;

    update pg_temp.counts c
       set inserted = s.n
      from (select t.delivery, count(*) as n
              from pg_temp.staged t group by t.delivery) s
     where c.delivery = s.delivery;
end $$;
comment on function kpid.merge_fresh() is
    'the first load of series nobody ever stated';
