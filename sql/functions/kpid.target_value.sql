create or replace function kpid.target_value(i_event int, i_as_of date, i_every boolean)
returns setof kpid.reading
language plpgsql stable
rows 100000           -- so that readers of it join by hash
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan   -- plpgsql for its kept plan
set jit = off
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.target_value(12, '2024-09-30', false)
--
--      What the series of each target say: for every complete period the
--      aggregate from its year's start, for the year judged and ten before.
--      Weeks belong to a year when they lie wholly inside. Of a ratio a period
--      without numerator or with an unknown or zero denominator is left out of
--      both; ratios computed here are rounded to the indicator's decimals, so
--      that what is printed is what is judged.
--
-- Parameters:
--      i_event  - as known at this event
--      i_as_of  - periods that end later are not complete
--      i_every  - for older versions of the targets, too
--
-- Returns:
--      kpid.reading rows of every series of the indicator
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
begin
    return query
with asked as materialized (
    select g.*, i.decimals, i.denominator,
           case g.aggregate when 'ratio_of_sums' then i.numerator else g.indicator end as source_of,
           case when g.unit in ('%', '％') then 100 else 1 end as factor,
           g.due > kpid.year_first(g.fiscal_year + 1, g.year_kind) as long,
           kpid.year_first(g.fiscal_year, g.year_kind) as year_first
      from kpid.target_held(i_event, i_as_of, i_every) h
      join kpid.target g using (org, target, fiscal_year, version)
      join kpid.indicator i on i.indicator = g.indicator
), named as materialized (
    select a.*, s.series, s.frequency, s.span, w.series as weight_series
      from asked a
      join kpid.series s on s.org = a.org and s.indicator = a.source_of and s.dims = '{}'
      left join kpid.series w on w.org = s.org and w.indicator = a.denominator
            and w.frequency = s.frequency and w.span = s.span and w.dims = s.dims
            and a.aggregate in ('mean', 'ratio_of_sums')
), told as (                 -- offset 0: look each series up, never scan the store
    select n.*, o.period as first, l.last, o.value as v,
           case n.aggregate when 'ratio_of_sums' then nullif(w.value, 0)
                when 'mean' then case when n.weight_series is null then 1
                                      else nullif(w.value, 0) end
                else 1 end as w,
           o.status, o.delivery, o.line, o.col,
           case when n.long and n.aggregate = 'latest' and l.last >= n.year_first then 0
                else kpid.year_of(l.last, n.year_kind) - n.fiscal_year end as year
      from named n
     cross join lateral (
        select x.* from kpid.as_of_event(i_event) x
         where x.org = n.org and x.series = n.series and x.value is not null
           and x.period >= make_date(n.fiscal_year - 10, 1, 1)
        offset 0) o
     cross join lateral (select kpid.period_last(n.span, o.period) as last) l
      left join lateral (
        select x.value from kpid.as_of_event(i_event) x
         where x.org = n.org and x.series = n.weight_series and x.period = o.period
        offset 0) w on n.weight_series is not null
     where l.last <= i_as_of
       and (n.aggregate = 'latest'
            or kpid.year_of(o.period, n.year_kind) = kpid.year_of(l.last, n.year_kind))
), summed as (
    select t.*, f.first as begins,
           case when t.aggregate in ('latest', 'ytd') then t.v
                when t.aggregate = 'sum' then sum(t.v) over w
                when t.aggregate = 'mean' then round(sum(t.v * t.w) over w / sum(t.w) over w, t.decimals)
                else round(t.factor * sum(t.v) over w / sum(t.w) over w, t.decimals) end as y,
           count(*) over w as n,
           sum(t.last - t.first + 1) over w as days,
           bool_or(t.status in ('P', 'E')) over w as estimated,
           bool_or(t.status = 'B') over w as broken
      from told t
     cross join lateral (select kpid.year_first(t.fiscal_year + t.year, t.year_kind) as first) f
     where t.w is not null
    window w as (partition by t.org, t.target, t.fiscal_year, t.version, t.series, t.year
                 order by t.last)
)
select s.org, s.target, s.fiscal_year, s.version, s.series, s.frequency, s.span, s.year,
       kpid.year_position(s.begins, s.last, s.span), s.first, s.last, s.y, s.n::int,
       -- days of the year before t that no period covers make a sum unknown
       s.aggregate <> 'sum' or (s.span = 'D' and s.frequency <> 'D')
       or s.days = s.last + 1 - s.begins
                 - case s.span when 'W' then (8 - date_part('isodow', s.begins)::int) % 7 else 0 end,
       s.last + case s.span when 'W' then 7 else 1 end
           >= kpid.year_first(s.fiscal_year + s.year + 1, s.year_kind),
       case when s.aggregate in ('latest', 'ytd') then s.status in ('P', 'E') else s.estimated end,
       case when s.aggregate in ('latest', 'ytd') then s.status = 'B' else s.broken end,
       s.delivery, s.line, s.col
  from summed s;
end;
$$;
comment on function kpid.target_value(int, date, boolean) is
    'the value of each target at each period it can be judged at';
