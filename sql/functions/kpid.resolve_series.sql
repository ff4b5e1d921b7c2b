create or replace function kpid.resolve_series()
returns boolean
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.resolve_series(0)
--
--      Gives every staged series its number, making those that are new.
--      Called under the lock of the store, so nobody makes one beside us.
--      Ordinals that turn out to be one series are folded into one.
--
-- Returns:
--      whether some were folded: keys may then repeat after all
--
-- Tables directly manipulated:
--      insert - kpid.series, by kpid.series_find - pg_temp.resolved
--      update - pg_temp.staged
-- ----------------------------------------------------------------------
declare
    l_folded boolean;
begin
    perform kpid.series_find();
    if (select count(*) from pg_temp.resolved)
       < (select count(*) from pg_temp.staged_series) then
        insert into kpid.series (org, indicator, frequency, span, dims)
        select distinct r.org, r.indicator, r.frequency, r.span, r.dims
          from pg_temp.staged_series r
         where not exists (       -- a fifth of what asking by conflict takes
               select from kpid.series s
                where (s.org, s.indicator, s.frequency, s.span, s.dims,
                       s.derived)
                      = (r.org, r.indicator, r.frequency, r.span, r.dims,
                         false));
        truncate pg_temp.resolved;
        perform kpid.series_find();
    end if;

    with kept as (
        select r.delivery, r.series, min(r.ordinal) as ordinal
          from pg_temp.resolved r
         group by r.delivery, r.series
        having count(*) > 1
    )
    update pg_temp.staged t
       set series = k.ordinal
      from kept k
      join pg_temp.resolved r using (delivery, series)
     where t.delivery = r.delivery
       and t.series = r.ordinal
       and r.ordinal <> k.ordinal;
    l_folded := found;
    return l_folded;
end $$;
comment on function kpid.resolve_series() is
    'gives every staged series its number';
