create or replace function kpid.past_share(
    i_event int, i_first date, g kpid.target, i_series int, i_frequency text, i_span text)
returns table (share numeric)
language plpgsql stable
rows 1
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan   -- plpgsql for its kept plan
set jit = off
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.past_share(12, '2024-09-01', target, 7, 'M', 'M')
--
--      How much of a year's total its series had by the same place in the
--      year: pooled over the complete ones of ten past years, two at least. A
--      year of zeros, one with a gap and one with a break do not count. Months
--      compare as months, days by date (29 February joins the 28th), weeks by
--      their number. Not inlined: it is rarely asked, and planned once for a
--      session.
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
#variable_conflict use_column
declare
    l_sum  boolean := g.aggregate = 'sum';
    l_from int := g.fiscal_year - 10;
    l_year date[] := array(select kpid.year_first(n, g.year_kind)
                             from generate_series(l_from, g.fiscal_year) n);
begin
    return query
    with year as materialized (
        select y.n, l_year[y.n] as begins, l_year[y.n + 1] as next, y.upto,
               y.upto - (i_span = 'D')::int as place
          from (select n - l_from + 1 as n,
                       case i_span when 'W'
                            then kpid.week_place(i_first, g.fiscal_year, n, g.year_kind)
                            when 'D'
                            then (i_first + 1 - make_interval(years => g.fiscal_year - n))::date - 1
                            else (i_first - make_interval(years => g.fiscal_year - n))::date
                            end as upto
                  from generate_series(l_from, g.fiscal_year - 1) n
                offset 0) y
    ), known as materialized (              -- one read, in the order of the key
        select o.period, o.value, o.status, width_bucket(o.period, l_year) as n
          from kpid.value_known(i_event, g.org, i_series, g.compare) o
         where o.period >= l_year[1] and o.period < l_year[11]
    )
    select sum(v.so_far) / sum(v.total)
      from (select case when l_sum then sum(k.value) filter (where k.period <= y.upto)
                        else max(k.value) filter (where k.period between y.place and y.upto)
                        end as so_far,
                   case when l_sum then sum(k.value)
                        else max(k.value) filter (where l.is_last) end as total,
                   bool_or(k.period between y.place and y.upto) as placed,
                   bool_or(k.status = 'B' and (l_sum or l.is_last)) as broken,
                   kpid.period_last(i_span, max(k.period)) as last, count(*) as n,
                   y.begins, y.next
              from year y
              join known k on k.n = y.n
               and (i_span <> 'W' or k.period + 6 < y.next)
             cross join lateral (
                select not l_sum and kpid.period_last(i_span, k.period) + 1 >= y.next as is_last) l
             group by y.begins, y.next) v
     where v.total > 0 and v.placed and not v.broken
       and v.last < v.next and v.last + case i_span when 'W' then 7 else 1 end >= v.next
       and (not l_sum or i_span = 'D' and i_frequency <> 'D'
            or v.n = kpid.periods_passed(i_span, v.begins, v.next - 1))
    having count(*) >= 2;
end;
$$;
comment on function kpid.past_share(int, date, kpid.target, int, text, text) is
    'how much of a year''s total its series had by the same place in past years';
