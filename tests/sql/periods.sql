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
select is(kpid.missing_reason(s.status::"char"), s.reason,
          'reason of ' || s.status)
  from (values ('A', null), ('P', null), ('M', 'not_applicable'),
               ('Q', 'suppressed'), ('L', 'not_collected'),
               ('O', 'not_available'), ('e', 'error')) s (status, reason);
select * from finish();
rollback;
