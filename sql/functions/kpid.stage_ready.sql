create or replace function kpid.stage_ready(i_deliveries int[])
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
set default_statistics_target = 10    -- of tables for one use
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.stage_ready(1)
--
--      Looks at what was staged before anything is done with it: the tables
--      are the owner's, the deliveries still open, rows of others dropped
--      (held ones stage, too), and every delivery counted, empty ones too.
--      Of one that repeats another only rejects are staged.
--
-- Parameters:
--      i_deliveries - those to be loaded
--
-- Tables directly manipulated:
--      delete - pg_temp.staged, pg_temp.staged_series
--      insert, update - pg_temp.counts
-- ----------------------------------------------------------------------
declare
    l_bad int;
begin
    perform kpid.stage_check();
    select min(i.delivery) into l_bad
      from unnest(i_deliveries) i (delivery)
      left join kpid.delivery d using (delivery)
     where d.delivery is null or d.loaded is not null
        or d.retracted is not null;
    if l_bad is not null then
        raise exception 'delivery % cannot be loaded: it is loaded or retracted already, or unknown',
            l_bad;
    end if;

    with seen as (
        select delivery, coalesce(s.read, 0) as read,
               coalesce(s.rejected, 0) as rejected
          from unnest(i_deliveries) i (delivery)
          full join (select t.delivery, count(*) as read,
                            count(t.reason) as rejected
                       from pg_temp.staged t
                      group by t.delivery) s using (delivery)
    ), known as (
        update pg_temp.counts c
           set read = case when c.base is null then s.read else c.read end,
               rejected = s.rejected
          from seen s
         where s.delivery = c.delivery
        returning c.delivery
    )
    insert into pg_temp.counts (delivery, read, rejected)
    select s.delivery, s.read, s.rejected
      from seen s
     where s.delivery not in (select k.delivery from known k);
    delete from pg_temp.counts c where c.delivery <> all (i_deliveries);
    if found then
        delete from pg_temp.staged t where t.delivery <> all (i_deliveries);
    end if;
    delete from pg_temp.staged_series t
     where t.delivery <> all (i_deliveries);
    analyze pg_temp.staged, pg_temp.staged_series, pg_temp.counts;
end $$;
comment on function kpid.stage_ready(int[]) is
    'checks and counts what was staged';
