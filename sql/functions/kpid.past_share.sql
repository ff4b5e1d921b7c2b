create or replace function kpid.past_share(
    i_event int, i_pos int, g kpid.target, i_series int, i_frequency text, i_span text)
returns table (share numeric)
language plpgsql stable
rows 1
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan   -- plpgsql for its kept plan
set jit = off
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.past_share(12, 531, target, 7, 'M', 'M')
--
--      How much of a year's total its series had by the same place in the
--      year: pooled over the complete ones of ten past years, two at least. A
--      year of zeros, one with a gap and one with a break do not count. Not inlined:
--      it is rarely asked, and planned once for a session.
--
-- Parameters:
--      i_event  - as known at this event
--      i_pos    - kpid.year_position of the place
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
select sum(y.so_far) / sum(y.total)
  from (select case g.aggregate when 'sum' then sum(v.value) filter (where v.pos <= i_pos)
                    else max(v.value) filter (where v.pos = i_pos) end as so_far,
               case g.aggregate when 'sum' then sum(v.value)
                    else max(v.value) filter (where v.final) end as total
          from (select p.*, kpid.year_position(p.begins, p.last, i_span) as pos,
                       p.last + case i_span when 'W' then 7 else 1 end >= p.next as final
                  from (select o.period, o.value, o.status, o.last, y.year,
                               kpid.year_first(y.year, g.year_kind) as begins,
                               kpid.year_first(y.year + 1, g.year_kind) as next
                          from (select k.period, k.value, k.status,
                                       kpid.period_last(i_span, k.period) as last
                                  from kpid.value_known(i_event, g.org, i_series, g.compare) k
                                 where k.period >= kpid.year_first(g.fiscal_year - 10, g.year_kind)
                                   and k.period < kpid.year_first(g.fiscal_year, g.year_kind)
                                offset 0) o
                         cross join lateral (
                            select kpid.year_of(o.last, g.year_kind) as year) y
                        offset 0) p
                 where p.period >= p.begins and p.last < kpid.year_first(g.fiscal_year, g.year_kind)
                offset 0) v
         group by v.year
        having bool_or(v.final)
           and bool_or(v.pos = i_pos)
           and not bool_or(v.status = 'B' and (g.aggregate = 'sum' or v.final))
           and (g.aggregate <> 'sum' or i_span = 'D' and i_frequency <> 'D'
                or sum(v.last - v.period + 1) = max(v.last) + 1 - min(v.begins)
                   - case i_span when 'W'
                          then (8 - date_part('isodow', min(v.begins))::int) % 7 else 0 end)) y
 where y.total > 0
having count(*) >= 2;
end;
$$;
comment on function kpid.past_share(int, int, kpid.target, int, text, text) is
    'how much of a year''s total its series had by the same place in past years';
