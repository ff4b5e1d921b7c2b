create or replace function kpid.target_import(doc jsonb, source text)
returns table (inserted bigint, changed bigint, unchanged bigint, withdrawn bigint)
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
set client_min_messages = warning
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.target_import('{"targets": [..]}', 'ueda-r6-targets.csv')
--
--      Brings goals and targets up to the document. A target that reads
--      otherwise than its newest version gets a new one; a target of the same
--      file that is no longer in it is withdrawn. The same document again
--      changes nothing. Security definer: the collector may write targets
--      through this function alone.
--
-- Parameters:
--      doc     - {"goals": [..], "targets": [..]}
--      source  - the file they stand in
--
-- Returns:
--      how many targets are new, changed, unchanged and withdrawn
--
-- Tables directly manipulated:
--      insert - kpid.target, kpid.event, kpid.owed
--      update - kpid.target (its line in the file)
--      upsert - kpid.goal
-- ----------------------------------------------------------------------
#variable_conflict use_column
declare
    l_event int;
begin
    perform kpid.lock_store();
    perform kpid.goals_set(doc, source);
    drop table if exists pg_temp.target_new;
    create temp table target_new on commit drop as
    with now_known as (
        select distinct on (g.org, g.target, g.fiscal_year) g.*
          from kpid.target g
         order by g.org, g.target, g.fiscal_year, g.version desc
    ), wanted as (
        select r.* from kpid.target_rows(doc, source) r
    ), both_of as (
        select coalesce(k.version, 0) as last_version, w,
               k.target is null as is_new, w.target is null as is_gone,
               to_jsonb(k) - '{version,event,valid_from,source,line}'::text[]
             = to_jsonb(w) - '{version,event,valid_from,source,line}'::text[] as is_same, k
          from wanted w
          full join now_known k using (org, target, fiscal_year)
         where w.target is not null
            or kpid.same_file(k.source, target_import.source) and k.comparator <> 'withdrawn'
    )
    select b.last_version + 1 as next_version, b.is_new, b.is_gone,
           coalesce(b.is_same, false) as is_same,
           to_jsonb(case when b.is_gone then b.k else b.w end)
           || case when b.is_gone
                   then jsonb_build_object('comparator', 'withdrawn', 'valid_from', kpid.today())
                   else '{}' end as fields
      from both_of b;

    if exists (select from pg_temp.target_new n where not n.is_same) then
        l_event := kpid.open_event('target', null, null, source);
        insert into kpid.target
        select r.*
          from pg_temp.target_new n
         cross join lateral jsonb_populate_record(null::kpid.target,
             n.fields || jsonb_build_object('version', n.next_version, 'event', l_event)) r
         where not n.is_same;
        insert into kpid.owed (at, reason) values (kpid.now(), 'targets of ' || source);
    end if;
    update kpid.target g                   -- moved on the sheet: no new version
       set line = (n.fields ->> 'line')::int
      from pg_temp.target_new n
     where n.is_same
       and (g.org, g.target, g.fiscal_year, g.version)
         = ((n.fields ->> 'org')::int, n.fields ->> 'target',
            (n.fields ->> 'fiscal_year')::int, n.next_version - 1)
       and g.line is distinct from (n.fields ->> 'line')::int;
    return query
    select count(*) filter (where n.is_new),
           count(*) filter (where not n.is_new and not n.is_same and not n.is_gone),
           count(*) filter (where n.is_same),
           count(*) filter (where n.is_gone)
      from pg_temp.target_new n;
end;
$$;
comment on function kpid.target_import(jsonb, text) is
    'brings goals and targets up to the document';
