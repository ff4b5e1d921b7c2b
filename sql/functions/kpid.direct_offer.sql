create or replace function kpid.direct_offer(
    i_delivery int, i_periods date[], i_keys bigint[])
returns boolean
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
set client_min_messages = warning
set jit = off
set work_mem = '128MB'
set enable_nestloop = on
set enable_mergejoin = on
set default_statistics_target = 10    -- of tables for one use
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.direct_offer(3)
--
--      Whether a large delivery may go the straight way: it is the newest,
--      withdraws and replaces nothing, and no gate wants to see all of its
--      rows. Its series are staged with their digests, of its rows a sample
--      alone. Numbers the series that are known and classes them: f nobody
--      ever stated it; s the feed said all of it before, and that is what
--      is latest; n this feed alone ever stated it, never of these periods
--      (kpid.direct_news); c whatever else. Makes none.
--      Security definer: the collector may change these tables through
--      the loading functions alone.
--
-- Parameters:
--      i_delivery - received
--      i_periods  - first days of the periods it states
--      i_keys     - how many keys in each
--
-- Returns:
--      false: stage all rows, as kpid.merge wants them
--
-- Tables directly manipulated:
--      insert - pg_temp.offered, pg_temp.resolved
-- ----------------------------------------------------------------------
declare
    l_d    kpid.delivery;
    l_from int;
    l_news boolean;
begin
    perform kpid.lock_store();
    perform kpid.stage_check();
    select d.* into strict l_d from kpid.delivery d
     where d.delivery = i_delivery;
    if l_d.loaded is not null or l_d.retracted is not null
       or l_d.replaces is not null or l_d.absent <> 'keep'
       or exists (select from kpid.gate_settings(array[i_delivery]) s
                   where jsonb_array_length(s.totals) > 0
                      or s.future and s.today < any (i_periods)) then
        return false;
    end if;
    insert into pg_temp.offered (delivery, period, keys)
    select i_delivery, p.period, p.keys
      from unnest(i_periods, i_keys) p (period, keys);

    select coalesce(max(e.before), 0) into l_from
      from kpid.digests_stale e where e.feed_id = l_d.feed_id;
    l_news := kpid.direct_news(i_delivery, i_periods);
    analyze pg_temp.staged_series;
    if kpid.series_many() then       -- ends with the function
        perform set_config(x.name, 'off', true)
           from unnest(array['enable_nestloop', 'enable_mergejoin']) x (name);
    end if;
    insert into pg_temp.resolved (delivery, ordinal, org, series, feed_id,
                                  digest, base, stated, class)
    select x.delivery, x.ordinal, x.org, x.series, l_d.feed_id, x.digest,
           x.base, x.own > 0,
           case when x.same then 's'
                when x.own < x.feeds or x.own > 0 and not l_news then 'c'
                when x.own > 0 then 'n'
                else 'f' end
      from (select r.delivery, r.ordinal, r.org, s.series, r.digest,
                   count(f.feed_id) as feeds,
                   count(f.feed_id)
                       filter (where f.feed_id = l_d.feed_id) as own,
                   max(f.base) filter (where f.feed_id = l_d.feed_id) as base,
                   bool_or(f.feed_id = l_d.feed_id and f.digest = r.digest
                           and f.base >= l_from) as same
              from pg_temp.staged_series r
              join kpid.series s using (org, indicator, frequency, span, dims)
              left join kpid.feed_series f
                   on f.org = s.org and f.series = s.series
             where not s.derived
             group by r.delivery, r.ordinal, r.org, s.series, r.digest) x;
    analyze pg_temp.resolved;
    return not kpid.must_derive(i_delivery);
end $$;
comment on function kpid.direct_offer(int, date[], bigint[]) is
    'whether a large delivery may go the straight way';
