create or replace function kpid.delta_make(i_deliveries int[])
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
set default_statistics_target = 10    -- of tables for one use
set client_min_messages = warning
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.delta_make(1)
--
--      Staged rows beside what is stored. Few rows are looked up by key,
--      one by one (a subselect with a limit is planned so, and no other
--      join of the statement is); many are hashed against the whole table:
--      measured, the one is half as dear as the other at a tenth of the
--      table, and twice as dear at its whole.
--
-- Parameters:
--      i_deliveries - which of the staged ones
--
-- Tables directly manipulated:
--      create - pg_temp.delta; differs: to be written
-- ----------------------------------------------------------------------
declare
    l_staged bigint := pg_relation_size('pg_temp.staged') / 60;
    l_stored bigint := pg_relation_size('kpid.observation') / 70;
begin
    drop table if exists pg_temp.delta;
    create temp table delta (
        delivery int, org int, series int, period date, line int, col int,
        status "char", value numeric, event int, differs boolean,
        o_since int, o_delivery int, o_line int, o_col int,
        o_status "char", o_value numeric
    ) on commit drop;
    if l_staged < l_stored / 5 then
        insert into pg_temp.delta
        select t.delivery, r.org, r.series, t.period, t.line, t.col,
               t.status, t.value, d.loaded,
               (o.since is null or o.status <> t.status
                or o.value is distinct from t.value),
               o.since, o.delivery, o.line, o.col, o.status, o.value
          from pg_temp.staged t
          join pg_temp.resolved r
               on r.delivery = t.delivery and r.ordinal = t.series
          join kpid.delivery d on d.delivery = t.delivery
          left join lateral (
               select x.*
                 from kpid.observation x
                where x.org = r.org and x.series = r.series
                  and x.period = t.period
                limit 1) o on true
         where t.delivery = any (i_deliveries);
    else
        insert into pg_temp.delta
        select t.delivery, r.org, r.series, t.period, t.line, t.col,
               t.status, t.value, d.loaded,
               (o.since is null or o.status <> t.status
                or o.value is distinct from t.value),
               o.since, o.delivery, o.line, o.col, o.status, o.value
          from pg_temp.staged t
          join pg_temp.resolved r
               on r.delivery = t.delivery and r.ordinal = t.series
          join kpid.delivery d on d.delivery = t.delivery
          left join kpid.observation o
               on o.org = r.org and o.series = r.series
              and o.period = t.period
         where t.delivery = any (i_deliveries);
    end if;
    analyze pg_temp.delta;
end $$;
comment on function kpid.delta_make(int[]) is
    'staged rows beside what is stored';
