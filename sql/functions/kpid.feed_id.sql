create or replace function kpid.feed_id(i_feed text)
returns int
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.feed_id(1)
--
--      A feed by name; an unknown name is an error, not an empty answer.
--
-- Parameters:
--      i_feed - as config/feeds names it
-- ----------------------------------------------------------------------
declare
    l_id int;
begin
    select f.feed_id into l_id from kpid.feed f where f.feed = i_feed;
    if l_id is null then
        raise no_data_found using
            message = format('the store has no feed %L', i_feed),
            hint = 'the configuration is stored when kpid starts: see kpid check';
    end if;
    return l_id;
end $$;
comment on function kpid.feed_id(text) is 'a feed by name';
