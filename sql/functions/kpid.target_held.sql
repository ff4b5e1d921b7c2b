create or replace function kpid.target_held(i_event int, i_as_of date, i_every boolean)
returns table (org int, target text, fiscal_year int, version int, holds date, ends date, newest boolean)
language plpgsql stable
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan   -- plpgsql for its kept plan
set jit = off
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.target_held(12, '2024-09-30', false)
--
--      The versions by which targets are judged, with the days they hold. A
--      target stands with the newest year that has begun (the first one when
--      none has). The newest version judges the current period, whenever it
--      was stated.
--
-- Parameters:
--      i_event  - as known at this event
--      i_as_of  - the day that is asked about
--      i_every  - older versions, too
--
-- Returns:
--      keys of kpid.target; holds to ends: the ends of periods it judges
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
#variable_conflict use_column
begin
    return query
with known as (
    select g.org, g.target, g.fiscal_year, g.version, g.valid_from,
           kpid.year_first(g.fiscal_year, g.year_kind) <= i_as_of as begun,
           lead(g.valid_from) over w as next_from,
           lead(g.version) over w is null as newest,
           g.version = min(g.version) over w as oldest
      from kpid.target g
     where g.event <= i_event
    window w as (partition by g.org, g.target, g.fiscal_year order by g.version
                 rows between unbounded preceding and unbounded following)
), shown as (
    select distinct on (k.org, k.target) k.org, k.target, k.fiscal_year
      from known k
     order by k.org, k.target, k.begun desc,
              case when k.begun then k.fiscal_year end desc, k.fiscal_year
)
select k.org, k.target, k.fiscal_year, k.version,
       case when k.oldest then '-infinity'::date else k.valid_from end,
       case when k.newest then 'infinity'::date else k.next_from - 1 end,
       k.newest
  from known k
  join shown s using (org, target, fiscal_year)
 where k.newest or i_every;
end;
$$;
comment on function kpid.target_held(int, date, boolean) is
    'the versions by which targets are judged, with the days they hold';
