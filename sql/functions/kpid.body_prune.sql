create or replace function kpid.body_prune(
    i_policy jsonb, i_limit int, i_dry_run boolean)
returns table (bodies bigint, bytes bigint, oldest timestamptz, more boolean)
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
set client_min_messages = warning
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.body_prune(3)
--
--      Gives up bodies that nobody needs any longer (kpid.body_due), the
--      oldest first. Observations, deliveries and what they say stay.
--      Looking takes seconds in a large store, so it is done before the
--      loads are kept waiting, and again only when the store has changed
--      meanwhile: a body that comes back at this very moment is kept.
--      Security definer: what is cited is nobody's to decide but the
--      store's.
--
-- Parameters:
--      i_policy  - as for kpid.body_due
--      i_limit   - how many bodies at most
--      i_dry_run - only tell
--
-- Returns:
--      one row: how many, their compressed size, when the oldest was
--      fetched, and whether there are more
--
-- Tables directly manipulated:
--      create - pg_temp.due
--      delete - kpid.body
-- ----------------------------------------------------------------------
#variable_conflict use_column
declare
    l_seen int[];
begin
    loop
        l_seen := array[(select max(e.event) from kpid.event e),
                        (select max(d.delivery) from kpid.delivery d)];
        drop table if exists pg_temp.due;
        create temp table due on commit drop as
        select u.sha256, u.fetched_at
          from kpid.body_due(i_policy) u
         order by u.fetched_at, u.sha256
         limit i_limit + 1;
        exit when i_dry_run or not exists (select from pg_temp.due);
        -- in the order of a load, which keeps its body first
        lock table kpid.body in share row exclusive mode;
        perform kpid.lock_store();
        exit when l_seen is not distinct from
            array[(select max(e.event) from kpid.event e),
                  (select max(d.delivery) from kpid.delivery d)];
    end loop;

    return query
    select count(distinct g.sha256),
           coalesce(sum(octet_length(b.chunk)), 0)::bigint,
           min(g.fetched_at),
           (select count(*) > i_limit from pg_temp.due)
      from (select u.* from pg_temp.due u
             order by u.fetched_at, u.sha256
             limit i_limit) g
      join kpid.body b using (sha256);
    if not i_dry_run then
        delete from kpid.body b
         using (select u.sha256 from pg_temp.due u
                 order by u.fetched_at, u.sha256
                 limit i_limit) g
         where b.sha256 = g.sha256;
    end if;
end $$;
comment on function kpid.body_prune(jsonb, int, boolean) is
    'gives up bodies that nobody needs any longer';
