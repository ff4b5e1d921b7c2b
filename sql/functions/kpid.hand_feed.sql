create or replace function kpid.hand_feed(i_feed text)
returns void
language sql
security definer
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.hand_feed(1)
--
--      Makes the feed of values typed by hand known to the store, once. It
--      is no configured feed (inactive): nobody fetches it and it is never
--      late. One value says nothing about how many there ought to be, so
--      the gates that count are off.
--      Security definer: the collector may change these tables through
--      the loading functions alone.
--
-- Parameters:
--      i_feed - its name, which no feed file can have
--
-- Tables directly manipulated:
--      insert - kpid.feed
-- ----------------------------------------------------------------------
insert into kpid.feed (feed, title, time_zone, active, gates)
values (i_feed, '手入力（kpid put）', 'Asia/Tokyo', false,
        '{"rows_drop": false, "all_zero": false}')
    on conflict on constraint feed_feed_uq do nothing;
$$;
comment on function kpid.hand_feed(text) is
    'makes the feed of values typed by hand known';
