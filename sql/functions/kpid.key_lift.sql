create or replace function kpid.key_lift()
returns boolean
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.key_lift(0)
--
--      Takes the keys off the tables of an empty store: an index that is
--      built at the end costs half of one that grows by rows. The tables
--      are locked to the end of the transaction, which also puts the keys
--      back (kpid.key_lay) or never happened. Somebody who reads one of
--      them is not waited for: he may be about to read another.
--
-- Returns:
--      whether it did
--
-- Tables directly manipulated:
--      alter - kpid.observation, kpid.series, kpid.feed_series
-- ----------------------------------------------------------------------
begin
    if exists (select from kpid.observation)
       or exists (select from kpid.series)
       or exists (select from kpid.feed_series) then
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
comment on function kpid.key_lift() is
    'takes the keys off the tables of an empty store';
