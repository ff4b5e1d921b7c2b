create or replace function kpid.series_find()
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
set default_statistics_target = 10    -- of tables for one use
set enable_nestloop = on
set enable_mergejoin = on
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.series_find(0)
--
--      Numbers the staged series that are known, by their names
--      (kpid.series_many; the setting ends with the function).
--
-- Tables directly manipulated:
--      insert - pg_temp.resolved
-- ----------------------------------------------------------------------
begin
    if kpid.series_many() then
        perform set_config(x.name, 'off', true)
           from unnest(array['enable_nestloop', 'enable_mergejoin']) x (name);
    end if;
    insert into pg_temp.resolved (delivery, ordinal, org, series, feed_id)
    select r.delivery, r.ordinal, r.org, s.series, d.feed_id
      from pg_temp.staged_series r
      join kpid.series s using (org, indicator, frequency, span, dims)
      join kpid.delivery d on d.delivery = r.delivery
     where not s.derived;
    analyze pg_temp.resolved;
end $$;
comment on function kpid.series_find() is
    'numbers the staged series that are known';
