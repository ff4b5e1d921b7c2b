create or replace function kpid.backtest(i_from date, i_to date, i_org int)
returns table (day date, vintage boolean, org int, target text, fiscal_year int, name text,
               kind text, t date, status text, probability numeric, lead int, outcome text)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.backtest('2024-04-01', '2025-03-31', null)
--
--      The past through today's rules: what would have been mailed at each
--      month end, had kpid run then, and what became of the target. Nothing is
--      written; silences and acknowledgements are left aside.
--
-- Parameters:
--      i_from, i_to  - as for kpid.backtest_days
--      i_org         - one organization; null is all
--
-- Returns:
--      one row for each mail (opened, escalated, closed) and one without a kind
--      for each target and year, which has its outcome: achieved, missed, or
--      null while it is not due. lead: months from the day to the due date
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
with day as materialized (
    select * from kpid.backtest_days(i_from, i_to)
), folded as materialized (
    select d.day, d.vintage, p.org, p.target, p.fiscal_year,
           (kpid.fold(p.said, p.need order by p.t))[1] as level, max(p.t) as t,
           (array_agg(p.status order by p.t desc nulls last))[1] as status,
           (array_agg(p.probability order by p.t desc nulls last))[1] as probability
      from day d
     cross join lateral kpid.period_status(d.event, d.day, i_org) p
     group by d.day, d.vintage, p.org, p.target, p.fiscal_year
), changed as (
    select f.*, case when f.level > 0 and f.before = 0 then 'opened'
                     when f.level = 0 and f.before > 0 then 'closed'
                     when f.level > f.before then 'escalated' end as kind
      from (select x.*, coalesce(lag(x.level) over (partition by x.org, x.target, x.fiscal_year
                                                    order by x.day), 0) as before
              from folded x) f
), ended as (                -- by what is known today, at the last due date of each year
    select j.org, j.target, j.fiscal_year, j.status
      from (select f.fiscal_year, max(g.due) as due
              from (select distinct org, target, fiscal_year from folded) f
              join kpid.target g using (org, target, fiscal_year)
             group by f.fiscal_year) y
     cross join lateral kpid.judge(kpid.event_at(null), y.due, false, i_org) j
     where j.fiscal_year = y.fiscal_year and j.status in ('achieved', 'missed')
)
select c.day, c.vintage, c.org, c.target, c.fiscal_year, g.name, c.kind, c.t, c.status,
       c.probability, round(kpid.month_clock(g.due) - kpid.month_clock(c.day))::int,
       case when g.due <= coalesce(i_to, kpid.today()) then e.status end
  from changed c
  join lateral (
    select x.name, x.due from kpid.target x
     where (x.org, x.target, x.fiscal_year) = (c.org, c.target, c.fiscal_year)
     order by x.version desc limit 1) g on true
  left join ended e using (org, target, fiscal_year)
 where c.kind is not null
    or c.day = (select max(d.day) from folded d
                 where (d.org, d.target, d.fiscal_year) = (c.org, c.target, c.fiscal_year))
 order by c.day, c.org, c.target, c.kind nulls last;
$$;
comment on function kpid.backtest(date, date, int) is
    'the past through today''s rules: what would have been mailed, and what became of it';
