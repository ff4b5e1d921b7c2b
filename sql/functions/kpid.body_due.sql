create or replace function kpid.body_due(i_policy jsonb)
returns table (sha256 bytea, fetched_at timestamptz)
language plpgsql
stable
set search_path = pg_catalog, pg_temp
set jit = off
set work_mem = '64MB'
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.body_due(1)
--
--      Bodies that nobody needs any longer: each of its deliveries is older
--      than its feed's bodies are kept, none waits for somebody, and no
--      latest value cites one. What is cited is counted in one pass over
--      the latest values, and only when something is due.
--
-- Parameters:
--      i_policy - {"keep_days": 730, "feeds": {"visits": 30}}: days, for
--                 the feeds that have none of their own; what is not there
--                 is kept for ever
--
-- Returns:
--      bodies; fetched_at of the newest delivery
-- ----------------------------------------------------------------------
#variable_conflict use_column
declare
    l_due bytea[];
begin
    with feed as (
        select f.feed_id,
               kpid.now() - make_interval(days => coalesce(
                   (i_policy -> 'feeds' ->> f.feed)::int,
                   (i_policy ->> 'keep_days')::int)) as before
          from kpid.feed f
    )
    select array_agg(x.sha256) into l_due
      from (select d.sha256
              from kpid.delivery d
              join feed f using (feed_id)
             where d.sha256 in (select b.sha256 from kpid.body b
                                 where b.n = 0)
             group by d.sha256
            having bool_and(coalesce(d.fetched_at < f.before, false)
                            and (d.outcome not in ('held', 'received')
                                 or d.retracted is not null))) x;
    if l_due is null then
        return;
    end if;

    return query
    with cited as materialized (
        select distinct o.delivery from kpid.observation o
         where o.status <> 'X'
    )
    select d.sha256, max(d.fetched_at)
      from unnest(l_due) u (sha256)
      join kpid.delivery d using (sha256)
      left join cited c on c.delivery = d.delivery
     group by d.sha256
    having count(c.delivery) = 0;
end $$;
comment on function kpid.body_due(jsonb) is
    'bodies that nobody needs any longer';
