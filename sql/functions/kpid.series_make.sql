create or replace function kpid.series_make()
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
set default_statistics_target = 10    -- of tables for one use
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.series_make(0)
--
--      Makes the staged series that are not numbered in pg_temp.resolved
--      yet, in the order of the file, so that its rows come in key order.
--      Under the lock of the store nobody makes one beside us, so there is
--      no conflict to look for (half of the time), and their numbers are
--      drawn all at once; fails when two names of the file are one series.
--
-- Tables directly manipulated:
--      insert - kpid.series, pg_temp.resolved
-- ----------------------------------------------------------------------
declare
    l_known bigint := (select count(*) from pg_temp.resolved);
    l_new   bigint := (select count(*) from pg_temp.staged_series) - l_known;
    l_last  bigint;
begin
    if l_new = 0 then
        return;
    end if;
    l_last := setval('kpid.series_series_seq',
                     nextval('kpid.series_series_seq') + l_new - 1);
    with made as materialized (
        select t.*, l_last - l_new + row_number() over (order by t.ordinal)
                    as series
          from (select t.*, d.feed_id
                  from pg_temp.staged_series t
                  join kpid.delivery d using (delivery)
                 where l_known = 0
                    or not exists (
                       select from pg_temp.resolved r
                        where r.delivery = t.delivery
                          and r.ordinal = t.ordinal)) t
    ), numbered as (
        insert into pg_temp.resolved (delivery, ordinal, org, series, feed_id,
                                      digest, stated, class)
        select m.delivery, m.ordinal, m.org, m.series, m.feed_id, m.digest,
               false, 'f'
          from made m
    )
    insert into kpid.series (org, series, indicator, frequency, span, dims)
           overriding system value
    select m.org, m.series, m.indicator, m.frequency, m.span, m.dims
      from made m;
    analyze pg_temp.resolved;
end $$;
comment on function kpid.series_make() is
    'makes the staged series that are new';
