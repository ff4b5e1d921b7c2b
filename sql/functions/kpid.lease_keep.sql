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
    l_lost text;
begin
    insert into kpid.lease (feed_id)
    select distinct t.feed_id from kpid.lease_turns(i_turns) t
     where t.feed_id is not null
       and not exists (select from kpid.lease l where l.feed_id = t.feed_id)
        on conflict on constraint lease_pkey do nothing;
    perform from kpid.lease l
      where l.feed_id in (select t.feed_id from kpid.lease_turns(i_turns) t)
      order by l.feed_id
        for update;
    select min(t.feed) into l_lost
      from kpid.lease_turns(i_turns) t
      join kpid.lease l on l.feed_id = t.feed_id
     where t.also > 0 and t.also <> l.token;
    if l_lost is not null then
        raise serialization_failure using
            message = format('another instance has taken feed %L meanwhile', l_lost);
    end if;
    update kpid.lease l
       set done = greatest(l.done, t.at)
      from (select x.feed_id, max(x.at) as at
              from kpid.lease_turns(i_turns) x group by x.feed_id) t
     where l.feed_id = t.feed_id and l.done is distinct from greatest(l.done, t.at);
end $$;
comment on function kpid.lease_keep(jsonb) is
    'the turns of loaded bodies are done; fails when another took one meanwhile';
