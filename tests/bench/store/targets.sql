-- ----------------------------------------------------------------------
-- Sixty targets a town for the fiscal year 2024: every third is to be kept
-- below a limit, ten flows run along past years, the others along a line.
-- ----------------------------------------------------------------------
\set QUIET on
\set ON_ERROR_STOP on
insert into kpid.event (event, at, kind)
select max(e.event) + 1, max(e.at) + interval '1 day', 'target'
  from kpid.event e;
insert into kpid.target (org, target, fiscal_year, version, event, valid_from,
    source, goal, item, name, indicator, comparator, value, unit, aggregate,
    baseline, baseline_date, due, path, preset, year_kind, owner)
select s.org, s.org || '-' || i.n, 2024, 1, e.event, '2024-04-01',
       'bench', 1 + i.n % 7, i.n::text, i.name_ja, i.indicator,
       case when i.n % 3 = 0 then 'at_most' else 'at_least' end,
       case i.measure when 'flow' then 7200 when 'flow_ytd' then 500
                      when 'ratio' then 60 else 60000 end,
       i.unit, case i.measure when 'flow' then 'sum' when 'flow_ytd' then 'ytd'
                              else 'latest' end,
       case i.measure when 'stock' then 50000 when 'ratio' then 50 end,
       case when i.measure in ('stock', 'ratio') then date '2024-03-31' end,
       '2025-03-31', case when i.n <= 10 then 'seasonal' else 'linear' end,
       'default', 'fiscal', 'town@example.jp'
  from kpid.series s
  join (select x.*, right(x.indicator, 2)::int as n from kpid.indicator x) i
       using (indicator)
 cross join (select max(x.event) as event from kpid.event x) e
 order by s.org, i.n;

analyze kpid.target;
analyze kpid.event;
