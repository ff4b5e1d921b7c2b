create or replace function kpid.lease_claim(
    i_holder text, i_length interval, i_turns jsonb)
returns table (feed text, token bigint, wait_ms bigint, others boolean,
               etag text, last_modified text, contract text)
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
set enable_nestloop = off
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.lease_claim('host:1', '1 minute', '[["f", 1729000000000000, 0]]')
--
--      Turns of feeds that are due, taken by an instance: all that are free,
--      in one call. A row that somebody has locked is passed over and asked
--      for again, so that a claim waits for no load. An instance that holds
--      the feed already keeps its token. A turn that was done is done for
--      all; one that was done in the future tells of a wrong clock and is
--      forgotten.
--      Few turns or thousands: without loops it costs the same each time.
--      Security definer: the collector may change leases through
--      functions alone.
--
-- Parameters:
--      i_holder - who asks
--      i_length - for how long, if nothing is heard of it
--      i_turns  - as for kpid.lease_turns: when the feed was due (0: it was
--                 never collected), and the token it was had by last
--
-- Returns:
--      a row for each: a token, when it may be collected; else in how many
--      milliseconds to ask again; neither, when the turn was done. others:
--      somebody else had the feed since that last token; then what the feed
--      answered them, and the contract it was read by
--
-- Tables directly manipulated:
--      insert, update, lock - kpid.lease
-- ----------------------------------------------------------------------
#variable_conflict use_column
declare
    l_real constant timestamptz := clock_timestamp();
    l_now  constant timestamptz := kpid.now();
    l_sane constant timestamptz := kpid.now() + interval '1 hour';
begin
    insert into kpid.lease (feed_id)
    select t.feed_id from kpid.lease_turns(i_turns) t
     where t.feed_id is not null
       and not exists (select from kpid.lease l where l.feed_id = t.feed_id)
        on conflict on constraint lease_pkey do nothing;
    return query
    with asked as materialized (
        select t.feed, t.feed_id, t.at, t.also from kpid.lease_turns(i_turns) t
    ), free as materialized (
        select l.feed_id, a.at
          from kpid.lease l
          join asked a on a.feed_id = l.feed_id
         where (l.holder is null or l.holder = i_holder or l.until <= l_real)
           and (l.done is null or l.done < a.at or l.done > l_sane)
           and (l.again is null or l.again <= l_now)
           for update of l skip locked
    ), taken as (
        update kpid.lease l
           set token = l.token + (l.holder is distinct from i_holder)::int,
               holder = i_holder, due = f.at, until = l_real + i_length,
               done = case when l.done <= l_sane then l.done end, again = null
          from free f
         where l.feed_id = f.feed_id
        returning l.feed_id, l.token
    )
    select a.feed, t.token,
           case when t.token is null
                 and (l.done is null or l.done < a.at or l.done > l_sane)
                then greatest(200, 1000 * coalesce(extract(epoch from greatest(
                         case when l.holder <> i_holder then l.until - l_real end,
                         l.again - l_now)), 1))::bigint end,
           t.token > a.also + 1, s.etag, s.last_modified, encode(d.contract, 'hex')
      from asked a
      left join taken t on t.feed_id = a.feed_id
      left join kpid.lease l on l.feed_id = a.feed_id
      left join kpid.feed_state s on s.feed_id = a.feed_id and t.token > a.also + 1
      left join lateral kpid.feed_last(s.feed_id) d on true;
end $$;
comment on function kpid.lease_claim(text, interval, jsonb) is
    'takes the turns of feeds that are free';
