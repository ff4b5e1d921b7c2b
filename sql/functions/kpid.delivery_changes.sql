create or replace function kpid.delivery_changes(i_delivery int)
returns table (org text, indicator text, frequency text, dims jsonb,
               period text, before numeric, before_missing text,
               after numeric, after_missing text)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.delivery_changes(1)
--
--      What the loading of a delivery changed in the latest values: for a
--      replay that is the difference to what its original had made of the
--      body. Null on one side: there was none, or is none any more.
--
-- Parameters:
--      i_delivery - loaded, in this transaction or ever
--
-- Returns:
--      a row for each key whose latest value is another, in the order of
--      organization, indicator, dimensions and period
--
-- Reads:
--      kpi.observation_vintage, kpid.delivery
-- ----------------------------------------------------------------------
with load as (
    select d.loaded as event from kpid.delivery d
     where d.delivery = i_delivery
), ended as (
    select v.* from kpi.observation_vintage v, load
     where v.until_event = load.event and v.event < v.until_event
), begun as (
    select v.* from kpi.observation_vintage v, load
     where v.event = load.event
       and (v.until_event is null or v.until_event > v.event)
)
select coalesce(e.org, b.org), coalesce(e.indicator, b.indicator),
       coalesce(e.frequency, b.frequency), coalesce(e.dims, b.dims),
       coalesce(e.period, b.period), e.value, e.missing, b.value, b.missing
  from ended e
  full join begun b on b.org = e.org and b.indicator = e.indicator
   and b.frequency = e.frequency and b.span = e.span and b.dims = e.dims
   and b.period_start = e.period_start
 where (e.value, e.missing) is distinct from (b.value, b.missing)
 order by 1, 2, 4, coalesce(e.period_start, b.period_start);
$$;
comment on function kpid.delivery_changes(int) is
    'what the loading of a delivery changed in the latest values';
