create or replace function kpid.plot_rows(i_event int, i_as_of date, i_org int)
returns table (org int, target text, fiscal_year int, span text, first date, actual numeric,
               expected numeric, status text, kind text)
language plpgsql stable
rows 1000
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan   -- plpgsql for its kept plan
set jit = off
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.plot_rows(12, '2024-09-30', 202037)
--
--      What a plot shows: the last twelve periods of each target of an
--      organization, up to the newest one that anything was said about. This
--      year's as they are judged, each by the version that held at its end;
--      last year's without an expectation, for nobody asked for one. A
--      period that nobody stated, or that a sum cannot be told for, is a row
--      without a value; before the first value there are no rows. Of levels
--      whose periods are months' last days a step is from one to the next.
--
-- Parameters:
--      i_event  - as known at this event
--      i_as_of  - periods that end later are not complete
--      i_org    - one organization
--
-- Returns:
--      actual, the running total of sums; expected, in whole things where
--      they are judged so; kind as in kpid.point
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
#variable_conflict use_column
begin
    return query
with judged as materialized (
    select j, (j).point as pt from kpid.judge(i_event, i_as_of, true, i_org) j
     where ((j).point).t is not null
), of as materialized (   -- the series each is judged by
    select (d.pt).org, (d.pt).target, (d.pt).fiscal_year, (d.pt).series, (d.pt).span,
           max((d.pt).frequency) as frequency, max((d.pt).kind) as kind,
           max((d.j).version) as version, max((d.pt).first) as first
      from judged d
     group by (d.pt).org, (d.pt).target, (d.pt).fiscal_year, (d.pt).series, (d.pt).span
), known as materialized (
    select (d.pt).org, (d.pt).target, (d.pt).fiscal_year, (d.pt).first, (d.pt).y,
           coalesce(((d.j).verdict).e_whole, ((d.j).course).e) as e, (d.j).status
      from judged d
     union all
    select v.org, v.target, v.fiscal_year, v.first, v.y, null, null
      from of f
      join kpid.target g using (org, target, fiscal_year, version)
      join kpid.indicator i on i.indicator = g.indicator
      join kpid.series s on s.org = f.org and s.series = f.series
     cross join lateral kpid.value_run(i_event, i_as_of, -1, false, g, s, i) v
     where f.kind <> 'periods' and v.whole and v.y is not null
), newest as (            -- stated, even if it says that nothing is known
    select f.*, greatest(f.first, s.period) as last,
           (f.span = 'D' and f.frequency <> 'D')::int as instant,
           (select min(k.first) from known k
             where (k.org, k.target, k.fiscal_year) = (f.org, f.target, f.fiscal_year)) as begins
      from of f
      left join lateral (
        select max(o.period) as period from kpid.as_of_event(i_event) o
         where o.org = f.org and o.series = f.series and o.period <= i_as_of
           and kpid.period_last(f.span, o.period) <= i_as_of) s on true
), slot as (
    select n.*, (n.last + n.instant - k * c.step)::date - n.instant as at,
           (n.last + n.instant - (k - 1) * c.step)::date - n.instant as next
      from newest n
      join kpid.pace_of c on c.frequency = n.frequency
     cross join generate_series(0, 11) k
)
select s.org, s.target, s.fiscal_year, s.span, coalesce(k.first, s.at), k.y, k.e, k.status, s.kind
  from slot s
  left join known k
    on (k.org, k.target, k.fiscal_year) = (s.org, s.target, s.fiscal_year)
   and k.first >= s.at and k.first < s.next
 where s.next > s.begins;
end;
$$;
comment on function kpid.plot_rows(int, date, int) is
    'what a plot shows: the last twelve periods of each target';
