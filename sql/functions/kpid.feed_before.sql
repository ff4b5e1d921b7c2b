create or replace function kpid.feed_before(i_feed_id int, i_url text)
returns setof kpid.delivery
language sql
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
--
-- Parameters:
--      i_feed_id - which feed
--      i_url     - where from, secrets redacted; null: anywhere
--
-- Returns:
--      one row, or none where nothing came before
-- ----------------------------------------------------------------------
select l.*
  from kpid.feed f
 cross join lateral kpid.feed_last(f.feed_id) l
 where f.feed_id = i_feed_id
   and (not f.by_url or i_url is null)
 union all
(select m.*
   from kpid.feed f
  cross join lateral (
        select d.delivery, d.rank_no
          from kpid.delivery d
         where d.feed_id = f.feed_id
           and hashtextextended(d.url, 0) = hashtextextended(i_url, 0)
           and d.url = i_url
           and d.replaces is null
         order by d.delivery desc
         limit 1) l
   join kpid.delivery m
        on m.feed_id = f.feed_id
       and m.delivery >= l.delivery
       and m.rank_no = l.rank_no
       and (m.delivery = l.delivery or m.loaded is not null)
  where f.feed_id = i_feed_id and f.by_url
  order by m.delivery desc
  limit 1);
$$;
comment on function kpid.feed_before(int, text) is
    'the delivery that a body from a URL is compared with';
