create or replace function kpid.alert_all(i_event int, i_as_of date)
returns table (as_of date, org int, target text, fiscal_year int, version int, level int, bad int,
               level_then int, t date, status text, series int, first date)
language sql stable
rows 10000
set search_path = pg_catalog, pg_temp
set jit = off
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.alert_all(12, '2025-04-20')
--
--      The alerts of the present year and of years that another sheet with
--      the same target has followed: March comes in April, and a correction
--      may come later. Those are judged as of the end of their year, with the
--      values known now.
--
-- Parameters:
--      i_event  - as known at this event
--      i_as_of  - today
--
-- Returns:
--      as_of    - the day as of which it is judged
--      the rest - as kpid.alert_now
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
with followed as materialized (
    select g.org, g.target, g.fiscal_year, max(kpid.year_first(g.fiscal_year + 1, g.year_kind)) - 1 as ends
      from kpid.target g
      left join kpid.alert a using (org, target, fiscal_year)
     where exists (select from kpid.target n
                    where n.org = g.org and n.target = g.target and n.fiscal_year > g.fiscal_year
                      and kpid.year_first(n.fiscal_year, n.year_kind) <= i_as_of)
       and (a.told > 0
            or i_as_of < kpid.year_first(g.fiscal_year + 1, 'fiscal') + interval '6 months')
     group by g.org, g.target, g.fiscal_year
)
select i_as_of, n.* from kpid.alert_now(i_event, i_as_of) n
 union all
select d.ends, n.*
  from (select distinct f.ends from followed f) d
 cross join lateral kpid.alert_now(i_event, d.ends) n
  join followed f on (f.org, f.target, f.fiscal_year, f.ends)
                   = (n.org, n.target, n.fiscal_year, d.ends);
$$;
comment on function kpid.alert_all(int, date) is
    'the alerts of the present year and of years that another has followed';
