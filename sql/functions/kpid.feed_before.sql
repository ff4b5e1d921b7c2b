create or replace function kpid.feed_before(i_feed_id int, i_url text)
returns setof kpid.delivery
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.feed_before(2)
--
--      The delivery that a body from this URL is compared with: the feed's
--      last one, or the last from the same URL where the feed's bodies are
--      told apart by their URLs. A replay of it that was loaded stands for
--      it, as in kpid.feed_last.
--      Not in SQL: a session then plans it once, not for each delivery.
--
-- Parameters:
--      i_feed_id - which feed
--      i_url     - where from, secrets redacted; null: anywhere
--
-- Returns:
--      one row, or none where nothing came before
-- ----------------------------------------------------------------------
begin
    if i_url is null or not (select f.by_url from kpid.feed f
                              where f.feed_id = i_feed_id) then
        return query select * from kpid.feed_last(i_feed_id);
        return;
    end if;
    return query
    select m.*
      from (select d.delivery, d.rank_no
              from kpid.delivery d
             where d.feed_id = i_feed_id
               and hashtextextended(d.url, 0) = hashtextextended(i_url, 0)
               and d.url = i_url
               and d.replaces is null
             order by d.delivery desc
             limit 1) l
      join kpid.delivery m
           on m.feed_id = i_feed_id
          and m.delivery >= l.delivery
          and m.rank_no = l.rank_no
          and (m.delivery = l.delivery or m.loaded is not null)
     order by m.delivery desc
     limit 1;
end $$;
comment on function kpid.feed_before(int, text) is
    'the delivery that a body from a URL is compared with';
