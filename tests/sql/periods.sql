-- Periods as people and programs write them.
begin;
create extension if not exists pgtap with schema public;
set local search_path = public, pg_catalog;
select no_plan();

create temp table want (span text, first date, last date, txt text, ja text);
insert into want values
    ('D', '2024-09-30', '2024-09-30', '2024-09-30', '令和6年9月30日'),
    ('D', '1989-01-07', '1989-01-07', '1989-01-07', '昭和64年1月7日'),
    ('W', '2024-09-02', '2024-09-08', '2024-W36', '令和6年9月2日～9月8日'),
    ('W', '2024-12-30', '2025-01-05', '2025-W01',
     '令和6年12月30日～令和7年1月5日'),
    ('M', '2024-02-01', '2024-02-29', '2024-02', '令和6年2月'),
    ('M', '2019-04-01', '2019-04-30', '2019-04', '平成31年4月'),
    ('M', '2019-05-01', '2019-05-31', '2019-05', '令和元年5月'),
    ('Q', '2024-07-01', '2024-09-30', '2024-Q3', '令和6年7月～9月'),
    ('S', '2024-01-01', '2024-06-30', '2024-S1', '令和6年1月～6月'),
    ('S', '2024-07-01', '2024-12-31', '2024-S2', '令和6年7月～12月'),
    ('A', '2019-01-01', '2019-12-31', '2019', '令和元年'),
    ('FY', '2024-04-01', '2025-03-31', 'FY2024', '令和6年度'),
    ('FY', '2019-04-01', '2020-03-31', 'FY2019', '令和元年度'),
    ('FY', '2018-04-01', '2019-03-31', 'FY2018', '平成30年度'),
    ('P6M', '2024-04-01', '2024-09-30', '2024-04-01/2024-09-30',
     '令和6年4月～9月'),
    ('P6M', '2024-10-01', '2025-03-31', '2024-10-01/2025-03-31',
     '令和6年10月～令和7年3月'),
    ('P10D', '2024-09-01', '2024-09-10', '2024-09-01/2024-09-10',
     '令和6年9月1日～9月10日');
select is(kpid.period_last(w.span, w.first), w.last, w.txt || ' ends')
  from want w;
select is(kpid.period_text(w.span, w.first), w.txt, w.txt || ' as text')
  from want w;
select is(kpid.period_ja(w.span, w.first), w.ja, w.txt || ' in Japanese')
  from want w;
-- Every day since 1873, when Japan took the western calendar, against bounds
-- kept as ranges here and not as the function keeps them.
create temp table era (name text, days daterange);
insert into era values
    ('明治', '[1868-10-23,1912-07-30)'), ('大正', '[1912-07-30,1926-12-25)'),
    ('昭和', '[1926-12-25,1989-01-08)'), ('平成', '[1989-01-08,2019-05-01)'),
    ('令和', '[2019-05-01,)');
create function pg_temp.era_year(i_day date) returns text language sql as $$
select e.name || coalesce(nullif(y.year::text, '1'), '元') || '年'
  from era e,
       lateral (select date_part('year', i_day)
                       - date_part('year', lower(e.days)) + 1 as year) y
 where e.days @> i_day;
$$;
create temp table day as
select d::date as day
  from generate_series(timestamp '1873-01-01', '2100-12-31', '1 day') d;
select is_empty($$
    select d.day, kpid.period_ja('D', d.day) from day d
     where kpid.period_ja('D', d.day) is distinct from
           pg_temp.era_year(d.day) || date_part('month', d.day) || '月'
           || date_part('day', d.day) || '日' $$,
    'every day has the year of its era');
select is_empty($$
    select d.day, kpid.period_ja('M', d.day) from day d
     where d.day = date_trunc('month', d.day)
       and kpid.period_ja('M', d.day) is distinct from
           pg_temp.era_year((d.day + interval '1 month - 1 day')::date)
           || date_part('month', d.day) || '月' $$,
    'a month is of the era of its last day');
select is_empty($$
    select d.day, kpid.period_ja('A', d.day) from day d
     where d.day = date_trunc('year', d.day)
       and kpid.period_ja('A', d.day) is distinct from
           pg_temp.era_year((d.day + interval '1 year - 1 day')::date) $$,
    'a year is of the era of its last day');
select is(kpid.period_ja(c.span, c.first), c.ja, c.ja || ': an era changes')
  from (values ('M', date '1912-07-01', '大正元年7月'),
               ('M', '1926-12-01', '昭和元年12月'),
               ('M', '1989-01-01', '平成元年1月'),
               ('D', '1926-12-24', '大正15年12月24日'),
               ('D', '1926-12-25', '昭和元年12月25日'),
               ('D', '1989-01-08', '平成元年1月8日'),
               ('D', '2019-04-30', '平成31年4月30日'),
               ('D', '2019-05-01', '令和元年5月1日'),
               ('A', '1912-01-01', '大正元年'), ('A', '1926-01-01', '昭和元年'),
               ('A', '1989-01-01', '平成元年'),
               ('FY', '1988-04-01', '昭和63年度'),
               ('FY', '1989-04-01', '平成元年度')) c (span, first, ja);
select is(kpid.missing_reason(s.status::"char"), s.reason,
          'reason of ' || s.status)
  from (values ('A', null), ('P', null), ('M', 'not_applicable'),
               ('Q', 'suppressed'), ('L', 'not_collected'),
               ('O', 'not_available'), ('e', 'error')) s (status, reason);
select * from finish();
rollback;
