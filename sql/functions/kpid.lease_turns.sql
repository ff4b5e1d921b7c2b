create or replace function kpid.lease_turns(i_turns jsonb)
returns table (feed text, feed_id int, at timestamptz, also bigint)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.lease_turns('[["f", 1729000000000000, 0]]')
--
--      What an instance says of feeds, as rows.
--
-- Parameters:
--      i_turns - lists of a feed's name, an instant in microseconds since
--                1970 and a number
--
-- Returns:
--      a row for each; feed_id is null for a name that the store does not
--      know yet
-- ----------------------------------------------------------------------
select t ->> 0, f.feed_id,
       'epoch'::timestamptz + (t ->> 1)::bigint * interval '1 microsecond',
       (t ->> 2)::bigint
  from jsonb_array_elements(i_turns) t
  left join kpid.feed f on f.feed = t ->> 0;
$$;
comment on function kpid.lease_turns(jsonb) is 'what an instance says of feeds, as rows';
