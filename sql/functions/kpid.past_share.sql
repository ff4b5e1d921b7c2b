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
--      year of zeros, one with a gap and one with a break do not count. Not
--      inlined: it is rarely asked, and planned once for a session.
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
begin
    return query
    select sum(v.so_far) / sum(v.total)
      from (select n, kpid.year_first(g.fiscal_year - n, g.year_kind) as begins,
                   kpid.year_first(g.fiscal_year - n + 1, g.year_kind) as next,
                   (i_first - make_interval(years => n))::date as back
              from generate_series(1, 10) n
            offset 0) y
     cross join lateral (             -- weeks by their number, the leap day with the 28th
        select case when i_span = 'W'
                    then y.begins + (8 - date_part('isodow', y.begins)::int) % 7
                         + (i_first - kpid.year_first(g.fiscal_year, g.year_kind)) / 7 * 7
                    when i_span = 'D' and to_char(y.back + 1, 'MMDD') = '0229' then y.back + 1
                    else y.back end as upto
        offset 0) p
     cross join lateral (
        select case g.aggregate when 'sum' then sum(k.value) filter (where k.period <= p.upto)
                    else (array_agg(k.value order by k.period desc)
                          filter (where k.period <= p.upto))[1] end as so_far,
               case g.aggregate when 'sum' then sum(k.value)
                    else (array_agg(k.value order by k.period desc))[1] end as total,
               max(k.period) filter (where k.period <= p.upto) as place,
               kpid.period_last(i_span, max(k.period)) as last, count(*) as n,
               case g.aggregate when 'sum' then bool_or(k.status = 'B')
                    else bool_or(k.status = 'B' and k.period >= y.next - 31) end as broken
          from kpid.value_known(i_event, g.org, i_series, g.compare) k
         where k.period >= y.begins and k.period < y.next - case i_span when 'W' then 6 else 0 end) v
     where v.total > 0 and not v.broken
       and v.place >= p.upto - (i_span = 'D')::int
       and v.last < y.next and v.last + case i_span when 'W' then 7 else 1 end >= y.next
       and (g.aggregate <> 'sum' or i_span = 'D' and i_frequency <> 'D'
            or v.n = kpid.periods_passed(i_span, y.begins, y.next - 1))
    having count(*) >= 2;
end;
$$;
comment on function kpid.past_share(int, date, kpid.target, int, text, text) is
    'how much of a year''s total its series had by the same place in past years';
