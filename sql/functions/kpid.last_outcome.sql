drop function if exists kpid.last_outcome(text);
create or replace function kpid.last_outcome(i_feed text,
                                             i_url text default null)
returns table (delivery int, outcome text, error text)
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.last_outcome(2)
--
--      What became of a feed's last delivery (kpid.feed_before): the answer to give when
--      kpid.receive says that a body is no new one.
--      Not in SQL: a session then plans it once, not for each delivery.
--
-- Parameters:
--      i_feed - its name
--      i_url  - where the body came from; null: anywhere
--
-- Returns:
--      one row, or none for a feed that never delivered; outcome is
--      received, loaded, held, failed or retracted
-- ----------------------------------------------------------------------
#variable_conflict use_column
begin
    return query
    select d.delivery,
           case when d.retracted is null then d.outcome else 'retracted' end,
           d.error
      from kpid.feed_before(kpid.feed_id(i_feed), i_url) d;
end $$;
comment on function kpid.last_outcome(text, text) is
    'what became of a feed''s last delivery';
