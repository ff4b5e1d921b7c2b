create or replace function kpid.stage_rejects()
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.stage_rejects(0)
--
--      Moves the staged rows that could not be read to kpid.reject. A key
--      that stands in one is present in its delivery though unusable; a row
--      without a key taints the delivery: who knows what it was about.
--
-- Tables directly manipulated:
--      delete - pg_temp.staged
--      insert - kpid.reject, kpid.unreadable
--      update - kpid.delivery
-- ----------------------------------------------------------------------
begin
    if not exists (select from pg_temp.counts c where c.rejected > 0) then
        return;
    end if;
    insert into kpid.unreadable (org, series, period, delivery)
    select distinct r.org, r.series, t.period, t.delivery
      from pg_temp.staged t
      join pg_temp.resolved r
           on r.delivery = t.delivery and r.ordinal = t.series
     where t.reason is not null
       and t.period is not null;
    update kpid.delivery d
       set tainted = true
     where exists (select from pg_temp.staged t
                    where t.delivery = d.delivery and t.reason is not null
                      and (t.series is null or t.period is null));
    with gone as (
        delete from pg_temp.staged t
         where t.reason is not null
        returning t.delivery, t.line, t.col, t.raw, t.reason
    )
    insert into kpid.reject (delivery, n, line, col, raw, reason)
    select g.delivery,
           row_number() over (partition by g.delivery order by g.line, g.col),
           g.line, g.col, coalesce(g.raw, ''), g.reason
      from gone g;
end $$;
comment on function kpid.stage_rejects() is
    'moves the staged rows that could not be read to kpid.reject';
