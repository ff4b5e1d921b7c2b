create or replace function kpid.feed_checked(
    i_feed text, i_etag text, i_last_modified text, i_changed boolean,
    i_error text)
returns void
language sql
security definer
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.feed_checked(5)
--
--      Remembers one attempt at a feed: see kpid.feeds_checked.
--      Security definer: the collector may change these tables through
--      the loading functions alone.
--
-- Parameters:
--      as for kpid.feeds_checked, of one attempt
-- ----------------------------------------------------------------------
select kpid.feeds_checked(array[i_feed], array[i_etag],
                          array[i_last_modified], array[i_changed],
                          array[i_error]);
$$;
comment on function kpid.feed_checked(text, text, text, boolean, text) is
    'remembers an attempt at a feed';
