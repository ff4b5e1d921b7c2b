create or replace function kpid.alert_rows(i_known_at timestamptz)
returns table (
    target text, org text, fiscal_year int, name text, department text, level int, pending boolean,
    bad_periods int, status text, judged_at date, told int, told_period date, told_version int,
    told_event int, told_at timestamptz, seq int, acked_until date, acked_by text, ack_note text,
    silenced_until date, silenced_by text, silence_reason text)
language sql stable
security definer
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.alert_rows(null)
--
--      What each alert is (level) beside what people were told; those of
--      kpid's own (kpid/KIND/SUBJECT) have no organization and are as known
--      now. Security definer: analysts may read schema kpi alone.
--
-- Parameters:
--      i_known_at  - the level as known then; null is now
--
-- Returns:
--      what has a level, a bad period, or was told or silenced
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select n.target, lpad(n.org::text, 6, '0'), n.fiscal_year, g.name, g.department, n.level,
       n.level = 0 and n.bad > 0, n.bad, n.status, n.t, coalesce(a.told, 0), a.told_period,
       a.told_version, a.told_event, a.told_at, coalesce(a.seq, 0), a.acked_until, a.acked_by,
       a.ack_note, a.silenced_until, a.silenced_by, a.silence_reason
  from kpid.alert_all(kpid.event_at(i_known_at), kpid.today()) n
  join kpid.target g using (org, target, fiscal_year, version)
  left join kpid.alert a using (org, target, fiscal_year)
 where n.level > 0 or n.bad > 0 or a.target is not null
 union all
select coalesce(t.target, a.target), null, null, coalesce(t.ja, w.title_ja), null,
       (t.target is not null)::int, false, null, null, null, coalesce(a.told, 0), null, null,
       a.told_event, a.told_at, coalesce(a.seq, 0), a.acked_until, a.acked_by, a.ack_note,
       a.silenced_until, a.silenced_by, a.silence_reason
  from kpid.trouble_now() t
  full join (select * from kpid.alert x where x.org = 0 and x.fiscal_year = 0) a using (target)
  left join kpi.own_alert w on w.kind = split_part(a.target, '/', 2);
$$;
comment on function kpid.alert_rows(timestamptz) is
    'what each alert is (level) beside what people were told';
