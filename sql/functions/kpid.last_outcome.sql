create or replace function kpid.last_outcome(i_feed text)
returns table (delivery int, outcome text, error text)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.last_outcome(1)
--
--      What became of a feed's last delivery: the answer to give when
--      kpid.receive says that a body is no new one.
--
-- Parameters:
--      i_feed - its name
--
-- Returns:
--      one row, or none for a feed that never delivered; outcome is
--      received, loaded, held, failed or retracted
-- ----------------------------------------------------------------------
select d.delivery,
       case when d.retracted is null then d.outcome else 'retracted' end,
       d.error
  from kpid.delivery d
 where d.feed_id = kpid.feed_id(i_feed)
   and d.replaces is null
 order by d.delivery desc
 limit 1;
$$;
comment on function kpid.last_outcome(text) is
    'what became of a feed''s last delivery';
