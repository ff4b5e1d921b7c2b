-- its result has more columns than it had
drop function if exists kpid.delivery_changes(int);
create or replace function kpid.delivery_changes(i_delivery int, i_limit int)
returns table (org text, indicator text, frequency text, dims jsonb,
               period text, before numeric, before_missing text,
               after numeric, after_missing text, kind text, total bigint)
language sql
stable
set search_path = pg_catalog, pg_temp
set jit = off
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.delivery_changes(2)
--
--      What the loading of a delivery changed in the latest values: for a
--      replay that is the difference to what its original had made of the
--      body. Null on one side: there was none, or is none any more. The
--      series that its feed ever stated lead to the keys; what others said
--      is not looked at.
--
-- Parameters:
--      i_delivery - loaded, in this transaction or ever
--      i_limit    - how many rows at most
--
-- Returns:
--      a row for each key whose latest value or status is another, in the
--      order of organization, indicator, dimensions and period. kind:
--      inserted, revised or withdrawn. total: how many there are in all
--
-- Reads:
--      kpid.observation, kpid.superseded
-- ----------------------------------------------------------------------
with load as (
    select d.loaded as event, d.feed_id from kpid.delivery d
     where d.delivery = i_delivery
), ended as (
    select h.org, h.series, h.period, h.status, h.value
      from load
      join kpid.feed_series f using (feed_id)
      join kpid.superseded h on h.org = f.org and h.series = f.series
     where h.until = load.event and h.since < h.until and h.status <> 'X'
), begun as (
    select o.org, o.series, o.period, o.status, o.value
      from load
      join kpid.feed_series f using (feed_id)
      join kpid.observation o on o.org = f.org and o.series = f.series
     where o.since = load.event and o.status <> 'X'
     union all
    select h.org, h.series, h.period, h.status, h.value
      from load
      join kpid.feed_series f using (feed_id)
      join kpid.superseded h on h.org = f.org and h.series = f.series
     where h.since = load.event and h.until > h.since and h.status <> 'X'
), changed as (
    select org, series, period, e.value as before, e.status as was,
           b.value as after, b.status as became,
           case when e.status is null then 'inserted'
                when b.status is null then 'withdrawn'
                else 'revised' end as kind
      from ended e
      full join begun b using (org, series, period)
     where (e.value, e.status) is distinct from (b.value, b.status)
)
select s.org_code, s.indicator, s.frequency, s.dims,
       kpid.period_text(s.span, c.period), c.before,
       kpid.missing_reason(c.was), c.after, kpid.missing_reason(c.became),
       c.kind, count(*) over ()
  from changed c
  join kpid.series s using (org, series)
 order by s.org_code, s.indicator, s.dims, s.frequency, c.period
 limit i_limit;
$$;
comment on function kpid.delivery_changes(int, int) is
    'what the loading of a delivery changed in the latest values';
