create or replace function kpid.last_year(
    i_event int, g kpid.target, i kpid.indicator, i_series int, i_pos int)
returns table (total numeric, so_far numeric, estimated boolean, series int, first date)
language plpgsql stable
rows 1
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan   -- plpgsql for its kept plan
set jit = off
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.last_year(12, target, indicator, 7, 531)
--
--      The year to beat: its total, from the target's own series or another of
--      the indicator, and where its own series stood at the same place. Known
--      as this year is known: at the same event. Never the year before. Not inlined:
--      it is rarely asked, and planned once for a session.
--
-- Parameters:
--      i_event  - as known at this event
--      g, i     - the target and its indicator
--      i_series - the series judged, null when there is none
--      i_pos    - kpid.year_position of the place
--
-- Returns:
--      one row; series and first name the last observation of the total
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
#variable_conflict use_column
begin
    return query
select (w.total).y, w.so_far, (w.total).estimated, (w.total).series, (w.total).first
  from (select (array_agg(r order by s.series is distinct from i_series, s.series, r.t desc)
                filter (where r.final))[1] as total,
               (array_agg(r.y order by r.t desc)
                filter (where s.series = i_series and r.pos = i_pos))[1] as so_far
          from kpid.series s
         cross join lateral kpid.value_run(i_event, 'infinity', -1, false, g, s, i) r
         where s.org = g.org and s.dims = g.dims
           and s.indicator = case g.aggregate when 'ratio_of_sums' then i.numerator
                                  else g.indicator end
           and r.whole and r.y is not null) w;
end;
$$;
comment on function kpid.last_year(int, kpid.target, kpid.indicator, int, int) is
    'the year to beat: its total, and where it stood at the same place';
