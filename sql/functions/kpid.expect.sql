create or replace function kpid.expect()
returns void
language sql
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.expect()
--
--      What feeds are to bring next: of each rhythm the period after the
--      newest that is there, or anything at all from a feed that brought
--      nothing yet. What came has arrived; what was retracted is expected
--      again. A period counts, not a fetch: an old file that is published
--      again brings nothing. Feeds without a schedule are asked by hand: nothing is expected
--      of them.
--
-- Tables directly manipulated:
--      upsert - kpid.expected
--      update - kpid.expected
-- ----------------------------------------------------------------------
with awaited as (
    select f.feed_id, coalesce(n.frequency, '-') as frequency, coalesce(n.span, 'D') as span,
           f.schedule, n.newest, coalesce(n.next, (f.known_since at time zone f.time_zone)::date) as period,
           coalesce((kpid.period_last(n.span, n.next) + 1 + f.after_days)::timestamp at time zone f.time_zone,
                    f.known_since) as ends
      from kpid.feed f
      left join kpid.feed_newest() n on n.feed_id = f.feed_id
     where f.active and f.schedule is not null
), arrived as (
    update kpid.expected e
       set arrived_at = kpid.now()
      from kpid.feed f
     where f.feed_id = e.feed_id and e.arrived_at is null
       and not exists (select from awaited a
                        where a.feed_id = e.feed_id and a.frequency = e.frequency
                          and a.period <= e.period)
)
insert into kpid.expected as e (feed_id, frequency, period, span, ends, schedule, newest)
select a.feed_id, a.frequency, a.period, a.span, a.ends, a.schedule, a.newest
  from awaited a
    on conflict on constraint expected_pkey do update
   set arrived_at = null, schedule = excluded.schedule, ends = excluded.ends,
       newest = excluded.newest,
       asked_at = case when e.schedule = excluded.schedule and e.ends = excluded.ends
                       then e.asked_at end
 where e.arrived_at is not null
    or (e.schedule, e.ends, e.newest)
       is distinct from (excluded.schedule, excluded.ends, excluded.newest);
$$;
comment on function kpid.expect() is 'what feeds are to bring next';
