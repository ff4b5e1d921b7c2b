create or replace function kpid.feed_states()
returns table (feed text, checked_at timestamptz, changed_at timestamptz,
               etag text, last_modified text, next_at timestamptz,
               failures int, error text, contract text)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.feed_states(0)
--
--      What the last attempt at every configured feed gave; feeds never
--      tried are in it with nulls. contract is the last delivery's: under
--      another one the same bytes must be read again, so that an answer of
--      "not modified" must not be asked for.
-- ----------------------------------------------------------------------
select f.feed, s.checked_at, s.changed_at, s.etag, s.last_modified,
       s.next_at, coalesce(s.failures, 0), s.error, encode(d.contract, 'hex')
  from kpid.feed f
  left join kpid.feed_state s using (feed_id)
  left join lateral kpid.feed_last(f.feed_id) d on true
 where f.active
 order by f.feed;
$$;
comment on function kpid.feed_states() is 'the last attempt at every feed';
