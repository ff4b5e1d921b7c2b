create or replace function kpid.gate_running(i_deliveries int[])
returns table (delivery int, kind text, line int, col int, text text,
               text_ja text, suggestion text)
language plpgsql
stable
set search_path = pg_catalog, pg_temp
set enable_nestloop = off     -- staged tables have no statistics yet
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.gate_running(1)
--
--      running_total_falls: a running total (measure flow_ytd, or a level
--      that can only grow) below an earlier month of the same fiscal year:
--      of the same delivery or, before its first, of what is served. A flow
--      of each period rises and falls, though its total only grows.
--      Estimates do not count: what was hoped for may be more. Of more than
--      50,000 rows, series with about so many are looked at, the same ones
--      each time.
--
-- Parameters:
--      i_deliveries - staged
--
-- Returns:
--      one finding for each delivery that it holds, with the first
--      fall as its example
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
declare
    l_every int;
begin
    if not exists (select from pg_temp.gated s
                     join pg_temp.staged_series r using (delivery)
                     join kpid.indicator i using (indicator)
                    where s.running_total
                      and (i.measure = 'flow_ytd'
                           or i.monotone and i.measure = 'stock')) then
        return;
    end if;
    select greatest(1, sum(h.keys) / 50000)::int into l_every
      from kpid.delivery_shape h
     where h.delivery = any (i_deliveries);
    return query
    with running as materialized (
        select r.delivery, r.ordinal, r.org, r.span, x.series, i.indicator,
               i.name_ja
          from pg_temp.gated s
          join pg_temp.staged_series r using (delivery)
          join kpid.indicator i using (indicator)
          left join lateral (
               select e.series
                 from kpid.series e
                where (e.org, e.indicator, e.frequency, e.span, e.dims)
                      = (r.org, r.indicator, r.frequency, r.span, r.dims)
                limit 1) x on true
         where s.running_total
           and (i.measure = 'flow_ytd'
                or i.monotone and i.measure = 'stock')
    -- against the number before it in the file
    ), stated as (
        select t.delivery, t.series as ordinal, t.period, t.line, t.col,
               t.value, lag(t.value) over w as before,
               lag(t.period) over w as before_period
          from pg_temp.staged t
          join (select u.delivery, u.ordinal from running u) u
               on u.delivery = t.delivery and u.ordinal = t.series
         where (hashint4(t.series) & 2147483647) % coalesce(l_every, 1) = 0
           and t.value is not null
           and t.status <> 'E'
        window w as (partition by t.delivery, t.series order by t.period)
    -- what falls, and what comes first in the file
    ), suspect as materialized (
        select s.*,
               (date_trunc('year', s.period - interval '3 months')
                + interval '3 months')::date as year
          from stated s
         where s.value < s.before
            or s.before is null
    -- a fall at the turn of a year is none; the first one against what is
    -- served of its year
    ), fall as (
        select s.*, u.org, u.span, u.indicator, u.name_ja,
               coalesce(s.before, o.value) as was
          from suspect s
          join running u using (delivery, ordinal)
          left join lateral (
               select e.value
                 from kpid.observation e
                where s.before is null
                  and e.org = u.org
                  and e.series = u.series
                  and e.period >= s.year
                  and e.period < s.period
                  and e.value is not null
                  and e.status <> 'E'
                order by e.period desc
                limit 1) o on true
         where s.value < coalesce(s.before, o.value)
           and coalesce(s.before_period >= s.year, true)
    )
    select distinct on (f.delivery) f.delivery, 'running_total_falls',
           f.line, f.col,
           format('%s running totals fall within their year, ''%s'' of %s to '
                  '%s in %s, from %s',
                  count(*) over (partition by f.delivery), f.indicator,
                  lpad(f.org::text, 6, '0'), f.value,
                  kpid.period_text(f.span, f.period), f.was),
           format('年度の途中で減った累計が%s件あります。「%s」は%sに%sで、その前の'
                  '%sを下回っています。',
                  kpid.num_ja(count(*) over (partition by f.delivery)),
                  f.name_ja, kpid.period_ja(f.span, f.period),
                  kpid.num_ja(f.value), kpid.num_ja(f.was)),
           'look whether the source counts by month here, or began anew'
      from fall f
     order by f.delivery, f.line, f.col;
end $$;
comment on function kpid.gate_running(int[]) is
    'gate running_total_falls: running totals that fall within a year';
