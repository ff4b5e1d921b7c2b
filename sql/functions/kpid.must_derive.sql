create or replace function kpid.must_derive(i_delivery int)
returns boolean
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.must_derive(1)
--
--      Whether a staged delivery may not simply be laid over what is
--      stored: it replaces another; or one that ranks above it, loaded
--      before, states a series of its own or withdraws for its feed; or it
--      withdraws something itself.
--
-- Parameters:
--      i_delivery - staged, resolved; opened or about to be
-- ----------------------------------------------------------------------
begin
    return (
    select d.replaces is not null
        or exists (
           select from kpid.delivery e
            where (e.vintage_at, e.fetched_at, e.rank_no)
                  > (d.vintage_at, d.fetched_at, d.rank_no)
              and e.loaded < coalesce(d.loaded, 2147483647)
              and (e.feed_id = d.feed_id and e.absent = 'withdraw'
                   or e.feed_id in (
                      select f.feed_id from kpid.feed_series f
                        join pg_temp.resolved r using (org, series)
                       where r.delivery = d.delivery)))
        or (d.absent = 'withdraw'
            and exists (select from kpid.unstated_keys(d.delivery)))
      from kpid.delivery d
     where d.delivery = i_delivery);
end $$;
comment on function kpid.must_derive(int) is
    'whether a delivery may not simply be laid over what is stored';
