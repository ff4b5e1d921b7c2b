create or replace function kpid.watch(i_facts jsonb default '[]')
returns table (mails bigint, next_at timestamptz)
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
set jit = off
set client_min_messages = warning
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.watch('[]')
--
--      What is late, what is wrong with kpid itself, and what the calendar
--      says is to be written: each compared with what was told, in one
--      transaction, so that looking twice finds nothing the second time. It
--      needs no evaluation of targets and runs when that failed, too.
--      Security definer: the collector may write these tables through
--      functions alone.
--
-- Parameters:
--      i_facts  - what was measured, as for kpid.fact_put
--
-- Returns:
--      mails written; when to look again although nothing comes
--
-- Tables directly manipulated:
--      lock - kpid.alert
--      upsert - kpid.setting
-- ----------------------------------------------------------------------
declare
    l_key text;
    l_mails bigint;
begin
    lock table kpid.alert in share row exclusive mode;
    perform kpid.fact_put(i_facts);
    -- what is awaited changes with what is known and with the schedules
    select md5(kpid.event_at(null) || coalesce(string_agg(concat_ws(' ', f.feed, f.schedule, f.after_days,
                                                                    f.holidays), ','
                                                          order by f.feed), ''))
      into l_key
      from kpid.feed f where f.active;
    if not exists (select from kpid.setting s where s.expected_key = l_key) then
        perform kpid.holidays_take();
        perform kpid.expect();
        insert into kpid.setting as s (alerts, expected_key) values ('{}', l_key)
            on conflict on constraint setting_pkey do update set expected_key = l_key;
    end if;
    l_mails := kpid.late_tell();
    l_mails := l_mails + kpid.trouble_tell();
    l_mails := l_mails + kpid.digest_tell(kpid.calendar_take('digest'));
    l_mails := l_mails + kpid.checkpoint_tell(kpid.calendar_take('checkpoint'));
    l_mails := l_mails + kpid.heartbeat_tell();
    return query select l_mails, kpid.watch_next();
end;
$$;
comment on function kpid.watch(jsonb) is
    'what is late, what is wrong with kpid itself, what the calendar says: told once';
