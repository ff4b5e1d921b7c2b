create or replace function kpid.derived_inputs(
    i_org int, i_series int, i_period date, i_event int)
returns table (n int, indicator text, series int, span text, period date,
               since int, delivery int, line int, col int, status "char",
               value numeric, derived boolean)
language plpgsql
stable
security definer
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.derived_inputs(4)
--
--      What a computed value rests on, as known at an event: one step, an
--      input may be computed itself.
--      Security definer: a view of kpi asks it as whoever reads the view.
--
-- Parameters:
--      i_org, i_series, i_period - the computed value
--      i_event                   - null is the newest
--
-- Returns:
--      n is the place in the formula
-- ----------------------------------------------------------------------
#variable_conflict use_column
begin
    return query
    select c.n, c.input_indicator, c.input, c.input_span, c.period, c.since,
           c.delivery, case when not s.derived then c.line end,
           case when not s.derived then c.col end, c.status, c.value,
           s.derived
      from (select w.n, w.input_indicator, w.input, w.input_span, o.*,
                   case when w.kind in ('per_population', 'monthly_of')
                        then row_number() over (
                             partition by w.n
                             order by o.value is null, w.input_span = 'D',
                                      kpid.period_last(w.input_span,
                                                       o.period) desc,
                                      o.period desc)
                        else 1 end as choice
              from kpid.derived_wires() w
              join kpid.as_of_event(i_event) o
                   on o.org = w.org and o.series = w.input
                  and o.period >= kpid.derived_first(
                          w.kind, w.n, w.span, i_period, w.input_span)
                  and o.period <= kpid.derived_last(
                          w.kind, w.n, w.span, i_period, w.input_span)
             where w.org = i_org and w.series = i_series
               and w.since <= coalesce(i_event, w.since)
               and coalesce(w.until > coalesce(i_event, 2147483646), true)) c
      join kpid.series s on s.org = c.org and s.series = c.input
     where c.choice = 1
     order by c.n, c.period;
end $$;
comment on function kpid.derived_inputs(int, int, date, int) is
    'what a computed value rests on, as known at an event';
