create or replace function kpid.series_make()
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.series_make(0)
--
--      Makes the staged series that are not numbered in pg_temp.resolved
--      yet, in the order of the file, so that its rows come in key order.
--      Under the lock of the store nobody makes one beside us, so there is
--      no conflict to look for (half of the time); fails when two names of
--      the file are one series.
--
-- Tables directly manipulated:
--      insert - kpid.series, pg_temp.resolved
-- ----------------------------------------------------------------------
declare
    l_known bigint := (select count(*) from pg_temp.resolved);
begin
    if l_known = (select count(*) from pg_temp.staged_series) then
        return;
    end if;
    insert into pg_temp.resolved (delivery, ordinal, org, series, feed_id,
                                  digest, stated, class)
    select t.delivery, t.ordinal, t.org, nextval('kpid.series_series_seq'),
           t.feed_id, t.digest, false, 'f'
      from (select t.delivery, t.ordinal, t.org, t.digest, d.feed_id
              from pg_temp.staged_series t
              join kpid.delivery d using (delivery)
             where not exists (
                   select from pg_temp.resolved r
                    where r.delivery = t.delivery
                      and r.ordinal = t.ordinal)
             order by t.ordinal) t;
    insert into kpid.series (org, series, indicator, frequency, span, dims)
           overriding system value
    select r.org, r.series, t.indicator, t.frequency, t.span, t.dims
      from pg_temp.resolved r
      join pg_temp.staged_series t using (delivery, ordinal)
     where r.ctid >= (select x.ctid from pg_temp.resolved x
                      offset l_known limit 1)
     order by r.series;
    analyze pg_temp.resolved;
end $$;
comment on function kpid.series_make() is
    'makes the staged series that are new';
