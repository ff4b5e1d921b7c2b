create or replace function kpid.lease_keep(i_turns jsonb)
returns void
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.lease_keep('[["f", 1729000000000000, 3]]')
--
--      The last word of a load: the turns of its bodies are done, with it or
--      not at all. A body whose lease another took while it was being loaded
--      fails the transaction (class 40), which is tried again without it.
--      Until its end nobody takes these feeds.
--      Security definer: the collector may change leases through
--      functions alone.
--
-- Parameters:
--      i_turns - as for kpid.lease_turns: the turn, and the token or 0
--
-- Tables directly manipulated:
--      insert, update, lock - kpid.lease
-- ----------------------------------------------------------------------
declare
    -- the turns, taken apart once: an element of each for every turn
    l_names  text[];
    l_feeds  int[];
    l_at     timestamptz[];
    l_tokens bigint[];
    l_lost   text;
begin
    select array_agg(t.feed), array_agg(t.feed_id), array_agg(t.at), array_agg(t.also)
      into l_names, l_feeds, l_at, l_tokens
      from kpid.lease_turns(i_turns) t
     where t.feed_id is not null;
    insert into kpid.lease (feed_id)
    select distinct f from unnest(l_feeds) f
     where not exists (select from kpid.lease l where l.feed_id = f)
        on conflict on constraint lease_pkey do nothing;
    perform from kpid.lease l
      where l.feed_id = any (l_feeds)
      order by l.feed_id
        for update;
    select min(t.feed) into l_lost
      from unnest(l_names, l_feeds, l_tokens) t (feed, feed_id, token)
      join kpid.lease l on l.feed_id = t.feed_id
     where t.token > 0 and t.token <> l.token;
    if l_lost is not null then
        raise serialization_failure using
            message = format('another instance has taken feed %L meanwhile', l_lost);
    end if;
    update kpid.lease l
       set done = greatest(l.done, t.at)
      from (select x.feed_id, max(x.at) as at
              from unnest(l_feeds, l_at) x (feed_id, at) group by x.feed_id) t
     where l.feed_id = t.feed_id and l.done is distinct from greatest(l.done, t.at);
end $$;
comment on function kpid.lease_keep(jsonb) is
    'the turns of loaded bodies are done; fails when another took one meanwhile';
