create or replace function kpid.past_share(
    i_event int, i_first date, g kpid.target, i_series int, i_frequency text, i_span text)
returns table (share numeric)
language sql stable
rows 1
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.past_share(12, '2024-09-01', target, 7, 'M', 'M')
--
--      How much of a year's total its series had by the same place in the
--      year: pooled over the complete ones of ten past years, two at least. A
--      year of zeros, one with a gap and one with a break do not count. Months
--      compare as months, days by date (29 February joins the 28th), weeks by
--      their number. No search_path setting: the planner inlines it, and the
--      values of past years are read once, in the order of the key.
--
-- Parameters:
--      i_event  - as known at this event
--      i_first  - first day of the period that is the place in this year
--      g        - the target
--      i_series, i_frequency, i_span  - its series
--
-- Returns:
--      one row: the share, null when the past does not tell
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select pg_catalog.sum(v.so_far) / pg_catalog.sum(v.total)
  from (select p.sums, array_agg(kpid.year_first(n, p.kind) order by n) as begins,
               array_agg(case i_span
                   when 'W' then kpid.week_place(i_first, p.year, n, p.kind)
                   when 'D' then (i_first + 1 - pg_catalog.make_interval(years => p.year - n))::date - 1
                   else (i_first - pg_catalog.make_interval(years => p.year - n))::date
                   end order by n) as upto
          from (select g.aggregate = 'sum' as sums, g.fiscal_year as year, g.year_kind as kind
                offset 0) p
         cross join lateral pg_catalog.generate_series(p.year - 10, p.year) n
         group by p.sums) y
 cross join lateral (
    select case when y.sums then pg_catalog.sum(k.value) filter (where k.period <= y.upto[k.n])
                else pg_catalog.max(k.value) filter (where k.placed) end as so_far,
           case when y.sums then pg_catalog.sum(k.value)
                else pg_catalog.max(k.value) filter (where k.is_last) end as total,
           pg_catalog.bool_or(k.placed) as placed,
           pg_catalog.bool_or(k.status = 'B' and (y.sums or k.is_last)) as broken,
           kpid.period_last(i_span, pg_catalog.max(k.period)) as last,
           pg_catalog.count(*) as periods, y.begins[k.n] as begins, y.begins[k.n + 1] as next
      from (select o.*,
                   o.period between y.upto[o.n] - (i_span = 'D')::int and y.upto[o.n] as placed,
                   not y.sums and kpid.period_last(i_span, o.period) + 1 >= y.begins[o.n + 1]
                       as is_last
              from (select x.period, x.value, x.status,
                           pg_catalog.width_bucket(x.period, y.begins) as n
                      from kpid.value_known(i_event, g.org, i_series, g.compare) x
                     where x.period >= y.begins[1] and x.period < y.begins[11]
                    offset 0) o
             where i_span <> 'W' or o.period + 6 < y.begins[o.n + 1]
            offset 0) k
     group by k.n) v
 where v.total > 0 and v.placed and not v.broken
   and v.last < v.next and v.last + case i_span when 'W' then 7 else 1 end >= v.next
   and (not y.sums or i_span = 'D' and i_frequency <> 'D'
        or v.periods = kpid.periods_passed(i_span, v.begins, v.next - 1))
having pg_catalog.count(*) >= 2;
$$;
comment on function kpid.past_share(int, date, kpid.target, int, text, text) is
    'how much of a year''s total its series had by the same place in past years';
