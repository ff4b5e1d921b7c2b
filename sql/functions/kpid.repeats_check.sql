create or replace function kpid.repeats_check()
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.repeats_check(0)
--
--      Fails when a delivery of the batch states a series of a feed that is
--      said to repeat what stands: what stands may not be the same any
--      more. The client then stages all rows.
-- ----------------------------------------------------------------------
begin
    if exists (select from pg_temp.counts c where c.base is not null)
       and exists (select from pg_temp.counts c
                     join kpid.delivery d using (delivery)
                     join kpid.feed_series f using (feed_id)
                     join pg_temp.resolved r
                          on r.org = f.org and r.series = f.series
                    where c.base is not null) then
        raise exception 'a delivery of the batch states a series of another, which repeats what stands';
    end if;
end $$;
comment on function kpid.repeats_check() is
    'fails when a repeat shares a series with its batch';
