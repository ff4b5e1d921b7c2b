create or replace function kpid.target_held(
    i_event int, i_as_of date, i_every boolean, i_org int default null)
returns table (org int, target text, fiscal_year int, version int,
               holds date, ends date, newest boolean, g kpid.target)
language sql stable
rows 1000
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.target_held(12, '2024-09-30', false, 202037)
--
--      The versions by which targets are judged, with the days they hold. A
--      target stands with the newest year that has begun (the first one when
--      none has). The newest version judges the current period, whenever it
--      was stated. No search_path setting, and each target looks its next
--      version and other years up by the primary key: the planner inlines it,
--      and one organization costs the same whatever others there are.
--
-- Parameters:
--      i_event  - as known at this event
--      i_as_of  - the day that is asked about
--      i_every  - older versions, too
--      i_org    - one organization; null is all
--
-- Returns:
--      keys of kpid.target and its row; holds to ends: the ends of periods it
--      judges
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select g.org, g.target, g.fiscal_year, g.version,
       case g.version when 1 then '-infinity'::date else g.valid_from end,
       case when n.version is null then 'infinity'::date else n.valid_from - 1 end,
       n.version is null, g
  from kpid.target g
  left join lateral (
    select n.version, n.valid_from
      from kpid.target n
     where (n.org, n.target, n.fiscal_year) = (g.org, g.target, g.fiscal_year)
       and n.version = g.version + 1 and n.event <= i_event) n on true
 where g.org >= coalesce(i_org, 0) and g.org <= coalesce(i_org, 999999)
   and g.event <= i_event
   and (i_every or n.version is null)
   and not exists (
       select                               -- another year stands before it
         from kpid.target o
        where (o.org, o.target) = (g.org, g.target)
          and o.fiscal_year <> g.fiscal_year and o.event <= i_event
          and case when kpid.year_first(o.fiscal_year, o.year_kind) <= i_as_of
                   then o.fiscal_year > g.fiscal_year
                        or kpid.year_first(g.fiscal_year, g.year_kind) > i_as_of
                   else o.fiscal_year < g.fiscal_year
                        and kpid.year_first(g.fiscal_year, g.year_kind) > i_as_of end);
$$;
comment on function kpid.target_held(int, date, boolean, int) is
    'the versions by which targets are judged, with the days they hold';
