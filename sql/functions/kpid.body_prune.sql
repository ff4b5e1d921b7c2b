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
--      oldest first. Observations, deliveries and what they say stay. Waits
--      for the loads that are keeping a body, and they for it: one that
--      comes back at this very moment is kept again.
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
--      delete - kpid.body
-- ----------------------------------------------------------------------
#variable_conflict use_column
begin
    if not i_dry_run then
        -- in the order of a load, which keeps its body first
        lock table kpid.body in share row exclusive mode;
        perform kpid.lock_store();
    end if;
    drop table if exists pg_temp.due;
    create temp table due on commit drop as
    select u.sha256, u.fetched_at
      from kpid.body_due(i_policy) u
     order by u.fetched_at, u.sha256
     limit i_limit + 1;

    return query
    with goes as (
        select u.* from pg_temp.due u
         order by u.fetched_at, u.sha256
         limit i_limit
    )
    select count(distinct g.sha256),
           coalesce(sum(octet_length(b.chunk)), 0)::bigint,
           min(g.fetched_at),
           (select count(*) > i_limit from pg_temp.due)
      from goes g
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
