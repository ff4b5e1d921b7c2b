create or replace function kpid.trouble_change(i_remind boolean)
returns table (target text, kind text, subject text, since timestamptz, ja text, en text,
               told int, says text, tells int, seq int)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.trouble_change(false)
--
--      Where what is wrong with kpid is not what the operator was told, by
--      the same table as for targets (kpi.alert_transition): opened once,
--      reminded of by the calendar, closed when it is over.
--
-- Parameters:
--      i_remind  - it is the day of reminders; what opened a day or two ago
--                  needs none
--
-- Returns:
--      one row for each mail that is due
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select coalesce(n.target, a.target), split_part(coalesce(n.target, a.target), '/', 2),
       substring(coalesce(n.target, a.target), '^kpid/[^/]*/(.*)$'), n.since, n.ja, n.en,
       coalesce(a.told, 0), r.says, r.tells, coalesce(a.seq, 0) + 1
  from kpid.trouble_now() n
  full join (select * from kpid.alert x where x.org = 0 and x.fiscal_year = 0) a using (target)
 cross join lateral kpid.alert_says(
       coalesce(a.told, 0), (n.target is not null)::int, false, true, true,
       coalesce(a.acked_until >= kpid.today(), false),
       coalesce(a.acked_until < kpid.today(), false)
       or i_remind and coalesce(a.acked_until, '-infinity') < kpid.today()
          and a.told_at < kpid.now() - interval '2 days') r
 where r.says is not null
   and not coalesce(a.silenced_until >= kpid.today(), false);
$$;
comment on function kpid.trouble_change(boolean) is
    'where what is wrong with kpid is not what the operator was told';
