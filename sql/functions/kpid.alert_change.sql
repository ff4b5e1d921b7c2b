create or replace function kpid.alert_change(i_event int, i_as_of date)
returns table (org int, target text, fiscal_year int, version int, told int, level int,
               kind text, t date, seq int, series int, first date)
language sql stable
rows 1000
set search_path = pg_catalog, pg_temp
set enable_nestloop = off           -- join the steps by hash, never pairwise
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.alert_change(12, '2024-09-30')
--
--      Where what was told is not what is: the whole transition table. Gates
--      come first: silenced, nothing; a year that has been reported opens
--      nothing more; acknowledged, no escalation. Getting less bad is no mail.
--
-- Parameters:
--      i_event  - as known at this event
--      i_as_of  - today
--
-- Returns:
--      one row for each mail that is due, kind as in kpid.outbox, and seq the
--      number of the transition
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
      from kpid.alert_now(i_event, i_as_of) n
      left join kpid.alert a using (org, target, fiscal_year)
      left join kpid.year_reported y using (org, fiscal_year)
), named as (
    select s.*,
           case
               when s.silenced or s.told = 0 and s.reported then null
               when s.told = 0 and s.level > 0
               then case when s.seq > 0 and s.level_then > 0 and s.version = s.told_version
                         then 'reopened' else 'opened' end
               when s.told > 0 and s.level = 0
               then case when s.version <> s.told_version then 'target_changed'
                         when s.level_then = 0 then 'correction'
                         else 'closed' end
               when s.told = 1 and s.level = 2 and not s.acked then 'escalated'
               when s.told > 0 and s.ack_over then 'reminder'
           end as kind
      from seen s
)
select n.org, n.target, n.fiscal_year, n.version, n.told, n.level, n.kind, n.t, n.seq + 1,
       n.series, n.first
  from named n
 where n.kind is not null;
$$;
comment on function kpid.alert_change(int, date) is
    'where what was told is not what is: the whole transition table';
