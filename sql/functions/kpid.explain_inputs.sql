-- An earlier one had other columns, and 'create or replace' cannot change them.
drop function if exists kpid.explain_inputs(text, date, timestamptz);
create or replace function kpid.explain_inputs(i_target text, i_as_of date, i_known_at timestamptz)
returns table (delivery int, feed text, sha256 text, line int, col int, period text, value numeric,
               role text, url text, org text, indicator text, frequency text, dims jsonb,
               contract text, typed_by text)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.explain_inputs('ueda-r6-5-1-card-rate', '2024-09-30', null)
--
--      Every observation that went into a status; of a computed value those
--      it was computed from, cell by cell.
--
-- Parameters:
--      i_target    - as for kpid.target_found
--      i_as_of     - null is today
--      i_known_at  - null is now
--
-- Returns:
--      where each stands and what it says; role is value, denominator or
--      last_year; indicator is another than the target's where that one is
--      computed
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
with judged as materialized (
    select g.aggregate, g.year_kind, g.fiscal_year, j.org, j.t, (j.point).series as series,
           (j.point).first as first, (j.point).base_series as base_series,
           (j.point).base_first as base_first, d.series as denominator, kpid.event_at(i_known_at) as no
      from kpid.judge(kpid.event_at(i_known_at), coalesce(i_as_of, kpid.today()), false) j
      join kpid.target g using (org, target, fiscal_year, version)
      left join kpid.indicator i on i.indicator = g.indicator
      left join kpid.series s on s.org = j.org and s.series = (j.point).series
      left join kpid.series d on d.org = s.org and d.indicator = i.denominator
            and d.frequency = s.frequency and d.span = s.span and d.dims = s.dims
            and g.aggregate in ('mean', 'ratio_of_sums')
     where i_target in (j.target, lpad(j.org::text, 6, '0') || '/' || j.target)
), used as (
    select j.no, j.org, o.*, r.role
      from judged j
     cross join lateral (values ('value', j.series), ('denominator', j.denominator),
                                ('last_year', j.base_series)) r (role, series)
     cross join lateral (
        select x.series, x.period, x.delivery, x.line, x.col, x.value
          from kpid.as_of_event(j.no) x
         where x.org = j.org and x.series = r.series
        offset 0) o
      join kpid.series s on s.org = j.org and s.series = o.series
     where case
           when r.role = 'last_year' then o.period = j.base_first
           when j.aggregate in ('latest', 'ytd') then o.period = j.first
           else kpid.year_of(o.period, j.year_kind) = j.fiscal_year
                and kpid.period_last(s.span, o.period) <= j.t end
)
select x.delivery, f.feed, encode(d.sha256, 'hex'), x.line, x.col,
       kpid.period_text(x.span, x.period), x.value, u.role, d.url, s.org_code, x.indicator, s.frequency,
       s.dims, encode(d.contract, 'hex'), d.typed_by
  from used u
 cross join lateral kpid.derived_sources(u.org, u.series, u.period, u.no) x
  join kpid.series s on s.org = u.org and s.series = x.series
  join kpid.delivery d on d.delivery = x.delivery
  join kpid.feed f on f.feed_id = d.feed_id
 order by u.role <> 'value', u.role, u.period, x.indicator, x.period;
$$;
comment on function kpid.explain_inputs(text, date, timestamptz) is
    'every observation that went into a status';
