drop function if exists kpid.key_lift();
create or replace function kpid.key_lift(i_rows bigint)
returns boolean
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.key_lift(1)
--
--      Takes the keys off the tables of an empty store, or of one that is
--      about to grow by half and more: an index that is built at the end
--      costs a row a quarter of one that grows by rows into its middle. The
--      tables are locked to the end of the transaction, which also puts the
--      keys back (kpid.key_lay) or never happened; so that nobody waits
--      long, a store beyond 512 MB keeps its keys. Somebody who reads one
--      of them is not waited for: he may be about to read another.
--
-- Parameters:
--      i_rows - about how many are to come
--
-- Returns:
--      whether it did
--
-- Tables directly manipulated:
--      alter - kpid.observation, kpid.series, kpid.feed_series
-- ----------------------------------------------------------------------
declare
    l_bytes bigint := pg_relation_size('kpid.observation')
                    + pg_relation_size('kpid.series')
                    + pg_relation_size('kpid.feed_series');
begin
    if (l_bytes > 512 << 20 or l_bytes > i_rows * 2 * 80)   -- a row: 80 bytes
       and (exists (select from kpid.observation)
            or exists (select from kpid.series)
            or exists (select from kpid.feed_series)) then
        return false;
    end if;
    lock table kpid.observation, kpid.series, kpid.feed_series
      in access exclusive mode nowait;
    alter table kpid.observation drop constraint observation_pkey;
    alter table kpid.series
        drop constraint series_pkey,
        drop constraint series_key_uq;
    drop index kpid.series_code_idx;
    drop index kpid.series_indicator_idx;
    alter table kpid.feed_series drop constraint feed_series_pkey;
    drop index kpid.feed_series_feed_idx;
    return true;
exception
    when lock_not_available then
        return false;
end $$;
comment on function kpid.key_lift(bigint) is
    'takes the keys off the tables of a store that is to be filled';
