create or replace function kpid.forecast_kin(
    i_event int, i_org int, i_fiscal_year int, i_year_kind text)
returns kpid.shape
language plpgsql stable
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan   -- plpgsql for its kept plan
set jit = off
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.forecast_kin(12, 202037, 2024, 'fiscal')
--
--      What shapes years have here: the monthly shares of other counts of the
--      same organization, for one that has no past of its own. Up to 96 of
--      its counts are looked at, drawn by a digest of their code, so that
--      every question gets the same ones; of those with a complete year among
--      the three before, and 30 things in it, the 24 with most tell.
--
-- Parameters:
--      i_event       - as known at this event
--      i_org         - the organization
--      i_fiscal_year, i_year_kind  - the year that is judged
--
-- Returns:
--      one kpid.shape, method kindred: twelve shares (w) and their relative
--      variances (blur) of one series after the other; null when none tells
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
declare
    l_first date := kpid.year_first(i_fiscal_year, i_year_kind);
    l_kin   kpid.shape;
begin
with count as materialized (
    select s.series, i.decimals = 0 as whole, row_number() over (order by md5(s.indicator), s.series) as drawn
      from kpid.series s
      join kpid.indicator i using (indicator)
     where s.org = i_org and s.span = 'M' and s.frequency = 'M' and s.dims = '{}'
       and i.measure = 'flow' and i.monotone
     order by drawn
     limit 96
), told as (                            -- months back from the year judged, 0 the last
    select c.drawn, c.whole, k.value::float8 as v, b.back / 12 as year, 12 - b.back % 12 as month
      from count c
     cross join lateral kpid.value_known(i_event, i_org, c.series, null) k
     cross join lateral (
        select ((date_part('year', l_first) - date_part('year', k.period)) * 12
                + date_part('month', l_first) - date_part('month', k.period))::int - 1 as back
        offset 0) b
     where k.period >= (l_first - interval '3 years')::date and k.period < l_first
), complete as (
    select t.*, count(*) over y as months, min(t.v) over y as least
      from told t
    window y as (partition by t.drawn, t.year)
), pooled as (
    select c.drawn, c.whole, c.month, sum(0.8 ^ c.year * c.v) as v,
           sum(sum(0.8 ^ c.year * c.v)) over (partition by c.drawn) as total
      from complete c
     where c.months = 12 and c.least >= 0
     group by c.drawn, c.whole, c.month
), shared as (                          -- no month is impossible
    select p.*, (p.v + a.some) / (p.total + 12 * a.some) as w,
           case when p.whole then 1 / (p.v + a.some) else 0.03 end as blur,
           dense_rank() over (order by p.total desc, p.drawn) as place
      from pooled p
     cross join lateral (
        select case when p.whole then 1 else p.total / 1200 end as some) a
     where p.total >= case when p.whole then 30 else 1e-6 end
)
select 'kindred', null, array_agg(s.w order by s.drawn, s.month),
       array_agg(s.blur order by s.drawn, s.month), null, 0, 0, 1
  into l_kin
  from shared s
 where s.place <= 24
having count(*) > 0;
    return l_kin;
end;
$$;
comment on function kpid.forecast_kin(int, int, int, text) is
    'what shapes years have in other counts of an organization';
