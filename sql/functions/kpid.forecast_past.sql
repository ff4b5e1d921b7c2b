-- An earlier one read every target's years one by one.
drop function if exists kpid.forecast_past(int, date, boolean, int);
drop function if exists kpid.target_value(int, date, boolean, int, int);
create or replace function kpid.forecast_past(
    i_event int, i_as_of date, g kpid.target, i_series int)
returns kpid.history
language plpgsql stable
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan   -- plpgsql for its kept plan
set jit = off
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.forecast_past(12, '2024-09-30', target, 7)
--
--      What one series of a target says, this year and ten years before,
--      gathered for forecasts: its values are read once, in the order of
--      their key. A year's aggregates are those of kpid.value_run. Only
--      complete periods, as known at the event; 29 February stands for the
--      28th.
--
-- Parameters:
--      i_event   - as known at this event
--      i_as_of   - periods that end later are not complete
--      g         - the target
--      i_series  - its series, of a ratio of sums the numerator's
--
-- Returns:
--      the history, null without any value
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
declare
    i       kpid.indicator;
    l_span  text;
    l_daily boolean;       -- instants, which leave no gaps between them
    l_as_is boolean := g.aggregate in ('latest', 'ytd');
    l_past  kpid.history;
begin
    select s.span, s.span = 'D' and s.frequency <> 'D' into l_span, l_daily
      from kpid.series s where (s.org, s.series) = (g.org, i_series);
    select n.* into i from kpid.indicator n where n.indicator = g.indicator;
with told as (
    select o.period, o.last, o.value, o.status, y.year, b.begins, b.next,
           case when not l_as_is and g.aggregate <> 'sum'
                then kpid.weight_of(i_event, g, i_series, i.denominator, o.period) end as weight
      from (select k.period, kpid.period_last(l_span, k.period) as last, k.value, k.status
              from kpid.value_known(i_event, g.org, i_series, g.compare) k
             where k.period >= kpid.year_first(g.fiscal_year - 10, g.year_kind) - 366
               and k.period <= i_as_of
            offset 0) o
     cross join lateral (
        select kpid.year_of(o.last, g.year_kind) as year
        offset 0) e
     cross join lateral (                -- a level may run on over several years
        select case when e.year > g.fiscal_year and g.aggregate = 'latest'
                     and g.due >= kpid.year_first(g.fiscal_year + 1, g.year_kind)
                    then g.fiscal_year else e.year end as year
        offset 0) y
     cross join lateral (
        select kpid.year_first(y.year, g.year_kind) as begins,
               kpid.year_first(y.year + 1, g.year_kind) as next
        offset 0) b
     where o.last <= i_as_of and y.year between g.fiscal_year - 10 and g.fiscal_year
       and o.period >= b.begins - case g.aggregate when 'latest' then 366 else 0 end
    offset 0
), run as (
    select t.year, t.last, t.begins, t.next,
           case when l_as_is then t.value
                when g.aggregate = 'sum' then sum(t.value) over w
                else round(case when g.aggregate = 'mean' then sum(t.value * t.weight) over w
                                when g.unit in ('%', '％') then 100 * sum(t.value) over w
                                else sum(t.value) over w end / sum(t.weight) over w, i.decimals)
                end as y,
           -- days before t that no period covers make a sum unknown
           g.aggregate <> 'sum' or l_daily
           or sum(t.last - t.period + 1) over w = t.last + 1 - t.begins
              - case l_span when 'W' then (8 - date_part('isodow', t.begins)::int) % 7 else 0 end
              as whole,
           case when l_as_is then t.status = 'B' else bool_or(t.status = 'B') over w end as broken
      from told t
     where l_as_is or g.aggregate = 'sum' or t.weight <> 0
    window w as (partition by t.year order by t.period)
)
select g.org, g.target, g.fiscal_year, g.version, i_series,
       array_agg(r.year - g.fiscal_year),
       array_agg(kpid.year_position(r.begins, r.last, l_span)),
       array_agg(r.last), array_agg(r.y::float8),
       array_agg(r.last + case l_span when 'W' then 7 else 1 end >= r.next),
       array_agg(r.broken)
  into l_past
  from (select * from run order by run.last) r       -- sorted once for all arrays
 where r.whole and r.y is not null
   and not (l_span = 'D' and date_part('month', r.last) = 2 and date_part('day', r.last) = 28
            and date_part('day', r.last + 1) = 29)
having count(*) > 0;
    return l_past;
end;
$$;
comment on function kpid.forecast_past(int, date, kpid.target, int) is
    'what one series of a target says, this year and before, gathered for forecasts';
