create or replace function kpid.feed_last(i_feed_id int)
returns setof kpid.delivery
language sql
stable
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.feed_last(1)
--
--      A feed's last delivery, as it is mapped now: a replay of it that was
--      loaded stands for it, under the replay's contract.
--      To be inlined it is not strict and has no search path: it is planned
--      with the query that asks of each feed, not called for each.
--
-- Parameters:
--      i_feed_id - which feed
--
-- Returns:
--      one row, or none for a feed that never delivered
-- ----------------------------------------------------------------------
select m.*
  from (select d.delivery, d.rank_no
          from kpid.delivery d
         where d.feed_id = i_feed_id and d.replaces is null
         order by d.delivery desc
         limit 1) l
  join kpid.delivery m
       on m.feed_id = i_feed_id
      and m.delivery >= l.delivery
      and m.rank_no = l.rank_no
      and (m.delivery = l.delivery or m.loaded is not null)
 order by m.delivery desc
 limit 1;
$$;
comment on function kpid.feed_last(int) is
    'a feed''s last delivery, as it is mapped now';
