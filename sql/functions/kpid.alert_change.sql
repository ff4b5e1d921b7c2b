drop function if exists kpid.alert_change(int, date);
create or replace function kpid.alert_change(i_event int, i_as_of date)
returns table (org int, target text, fiscal_year int, version int, told int, level int,
               kind text, t date, seq int, series int, first date, tells int,
               as_of date)
language sql stable
rows 1000
set search_path = pg_catalog, pg_temp
set jit = off
set enable_nestloop = off           -- join the steps by hash, never pairwise
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.alert_change(12, '2024-09-30')
--
--      Where what was told is not what is. kpi.alert_transition says what is
--      then told; here stand the gates before it: silenced, nothing; a year
--      that has been reported opens nothing more.
--
-- Parameters:
--      i_event  - as known at this event
--      i_as_of  - today
--
-- Returns:
--      one row for each mail that is due, kind as in kpid.outbox, and seq the
--      number of the transition; tells: what people know then; as_of: the
--      day as of which it was judged
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
with seen as (
    select n.*, coalesce(a.told, 0) as told, a.told_period, a.told_version,
           coalesce(a.seq, 0) as seq,
           coalesce(a.silenced_until >= i_as_of, false) as silenced,
           coalesce(a.acked_until >= i_as_of, false) as acked,
           coalesce(a.acked_until < i_as_of, false) as ack_over,
           y.org is not null
           or i_as_of >= kpid.year_first(n.fiscal_year + 1, 'fiscal') + interval '6 months' as reported
      from kpid.alert_all(i_event, i_as_of) n
      left join kpid.alert a using (org, target, fiscal_year)
      left join kpid.year_reported y using (org, fiscal_year)
)
select s.org, s.target, s.fiscal_year, s.version, s.told, s.level, r.says, s.t, s.seq + 1,
       s.series, s.first, r.tells, s.as_of
  from seen s
 cross join lateral kpid.alert_says(
       s.told, s.level, s.seq > 0, s.version = s.told_version, s.level_then > 0,
       s.acked, s.ack_over) r
 where r.says is not null
   and not s.silenced
   and not (s.told = 0 and s.reported);
$$;
comment on function kpid.alert_change(int, date) is
    'where what was told is not what is, and what is then said';
