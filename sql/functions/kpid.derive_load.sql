create or replace function kpid.derive_load(i_deliveries int[])
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
set client_min_messages = warning
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.derive_load(1)
--
--      The end of a merge: what is computed from the batch's series follows
--      it, in the same events. Where nothing is declared about them it costs
--      a look at the definitions.
--
-- Parameters:
--      i_deliveries - just merged; their series in pg_temp.resolved. One
--                     that withdraws or replaces changes other series of its
--                     feed, too
--
-- Tables directly manipulated:
--      create - pg_temp.derive_touched: series that may have changed
-- ----------------------------------------------------------------------
declare
    l_inputs text[];
    l_event  int;
begin
    select array_agg(distinct i.code) into l_inputs
      from kpid.derivation g
     cross join lateral unnest(g.inputs) i (code)
     where g.until is null;
    if l_inputs is null then
        return;
    end if;
    drop table if exists pg_temp.derive_touched;
    create temp table derive_touched on commit drop as
    select r.org, r.series
      from pg_temp.resolved r
      join kpid.series s using (org, series)
     where s.indicator = any (l_inputs)
     union
    select f.org, f.series
      from kpid.delivery d
      join kpid.feed_series f using (feed_id)
      join kpid.series s using (org, series)
     where d.delivery = any (i_deliveries)
       and (d.absent = 'withdraw' or d.replaces is not null)
       and s.indicator = any (l_inputs);
    if not found then
        return;
    end if;
    analyze pg_temp.derive_touched;
    select min(d.loaded) into l_event
      from kpid.delivery d
     where d.delivery = any (i_deliveries);
    perform kpid.derive(l_event, '{}');
end $$;
comment on function kpid.derive_load(int[]) is
    'computes what rests on a batch''s series';
