create or replace function kpid.target_point(i_event int, i_as_of date, i_every boolean)
returns setof kpid.point
language plpgsql stable
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan   -- plpgsql for its kept plan
set jit = off
set enable_nestloop = off                     -- join the steps by hash, never pairwise
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.target_point(12, '2024-09-30', false)
--
--      Where each target that has a value is judged: at the end of the last
--      complete period of its series, or of every one, and with what: value,
--      target, baseline, last year. Of several series of the indicator the one
--      that knows the newest period is judged, of equals the finest.
--
-- Parameters:
--      i_event  - as known at this event
--      i_as_of  - periods that end later are not complete
--      i_every  - every period of the year, each by the version that held then
--
-- Returns:
--      kpid.point rows; for a target without a value in its year none, or one
--      without t that says what last year was
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
begin
    return query
with reading as materialized (
    select r.* from kpid.target_value(i_event, i_as_of, i_every) r where r.whole and r.y is not null
), judged as (
    select r.*, h.newest, h.holds, h.ends, g.due, g.aggregate, g.comparator, g.value, g.baseline,
           g.baseline_date, g.path, y.first as year_first, i.decimals, i.monotone, c.rank,
           -- a plan over several years runs from its baseline
           case when g.due > kpid.year_first(g.fiscal_year + 1, g.year_kind)
                then coalesce(g.baseline_date, y.first - 1) else y.first - 1 end as begins,
           max(r.t) over w as last_t
      from reading r
      join kpid.target_held(i_event, i_as_of, i_every) h using (org, target, fiscal_year, version)
      join kpid.target g using (org, target, fiscal_year, version)
      join kpid.indicator i on i.indicator = g.indicator
      join kpid.pace_of c on c.frequency = r.frequency
     cross join lateral (select kpid.year_first(g.fiscal_year, g.year_kind) as first) y
     where r.year = 0 and r.first <= g.due and r.t >= y.first
       and g.comparator not in ('milestone', 'withdrawn', 'each_period_at_least')
    window w as (partition by r.org, r.target, r.fiscal_year, r.version)
), chosen as (
    select distinct on (j.org, j.target, j.fiscal_year, j.version)
           j.org, j.target, j.fiscal_year, j.version, j.series
      from judged j
     where j.t = j.last_t
     order by j.org, j.target, j.fiscal_year, j.version, j.rank, j.series
), point as (
    select j.* from judged j
      join chosen c using (org, target, fiscal_year, version, series)
     where (j.t between j.holds and j.ends or j.newest and j.t = j.last_t)
       and (i_every or j.t = j.last_t)
), placed as (               -- earlier years; 29 February stands for the 28th
    select distinct on (r.org, r.target, r.fiscal_year, r.version, r.series, r.year, r.pos) r.*
      from reading r where r.year < 0
     order by r.org, r.target, r.fiscal_year, r.version, r.series, r.year, r.pos, r.t desc
), last_year as (            -- its total, from the same series or another
    select distinct on (r.org, r.target, r.fiscal_year, r.version) r.*
      from placed r
      left join chosen c using (org, target, fiscal_year, version, series)
     where r.year = -1 and r.final
     order by r.org, r.target, r.fiscal_year, r.version, c.series, r.series
), learned as (              -- pooled share of complete years, two at least
    select r.org, r.target, r.fiscal_year, r.version, r.series, r.pos,
           sum(r.y) / sum(f.y) as share
      from placed r
      join placed f using (org, target, fiscal_year, version, series, year)
     where f.final and f.y > 0 and not f.broken
     group by r.org, r.target, r.fiscal_year, r.version, r.series, r.pos
    having count(*) >= 2
)
select p.org, p.target, p.fiscal_year, p.version, p.series, p.frequency, p.span, p.first, p.t,
       case when p.aggregate in ('sum', 'ytd') then 'count'
            when p.aggregate = 'latest' then 'level' else 'average' end,
       case when p.comparator in ('at_most', 'less_than_last_year') then -1 else 1 end,
       x.by_year, p.decimals, p.monotone, p.year_first, p.begins, p.y, p.n, false,
       case when x.by_year then coalesce(b.y, p.value) else p.value end,
       case when p.aggregate in ('sum', 'ytd') then 0
            when x.by_year then coalesce(b.y, p.value)
            else p.baseline end,
       case when x.by_year and p.aggregate in ('sum', 'ytd') then l.y end,
       s.share, p.estimated, p.broken,
       x.by_year and coalesce(b.estimated, true), b.series, b.first
  from point p
 cross join lateral (select p.comparator like '%_last_year' as by_year) x
  left join last_year b on x.by_year and (b.org, b.target, b.fiscal_year, b.version)
                         = (p.org, p.target, p.fiscal_year, p.version)
  left join placed l on x.by_year and l.year = -1
        and (l.org, l.target, l.fiscal_year, l.version, l.series, l.pos)
          = (p.org, p.target, p.fiscal_year, p.version, p.series, p.pos)
  left join learned s on p.aggregate in ('sum', 'ytd')
        and (s.org, s.target, s.fiscal_year, s.version, s.series, s.pos)
          = (p.org, p.target, p.fiscal_year, p.version, p.series, p.pos)
 union all                   -- no value this year, but a year to beat
select b.org, b.target, b.fiscal_year, b.version, null, null, null, null, null,
       null, case g.comparator when 'less_than_last_year' then -1 else 1 end,
       true, null, null, null, null, null, null, false, b.y, null, null, null, false, false,
       b.estimated, b.series, b.first
  from last_year b
  join kpid.target g using (org, target, fiscal_year, version)
 where g.comparator like '%_last_year'
   and not exists (select from point p where (p.org, p.target, p.fiscal_year, p.version)
                                           = (b.org, b.target, b.fiscal_year, b.version));
end;
$$;
comment on function kpid.target_point(int, date, boolean) is
    'where each target that has a value is judged';
