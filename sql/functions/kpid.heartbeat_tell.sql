create or replace function kpid.heartbeat_tell()
returns bigint
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.heartbeat_tell()
--
--      The sign of life that somebody else waits for: when it stays away,
--      schedule, loader, database or mail have stopped. It goes the way of
--      every mail. One that was overtaken unsent says nothing any more.
--
-- Returns:
--      number of signs
--
-- Tables directly manipulated:
--      update - kpid.outbox
-- ----------------------------------------------------------------------
declare
    l_day date := kpid.calendar_take('heartbeat');
    l_signs bigint;
begin
    if l_day is null then
        return 0;
    end if;
    update kpid.outbox o
       set given_up_at = kpid.now(), error = 'overtaken by the next'
     where o.kind = 'heartbeat' and o.sent_at is null and o.given_up_at is null;
    select count(kpid.notice_put('heartbeat/' || w.way, to_char(l_day, 'YYYYMMDD')::int,
                                 w.recipient, 'heartbeat', jsonb_build_object(
               'subject_ja', format('【kpid運用】稼働しています：%s', kpid.date_ja(l_day)),
               'subject_en', format('[kpid] alive on %s', l_day),
               'lead_ja', 'kpid は予定どおり動いています。このメールが予定の日に届かないときは、'
                   'サーバーとメールの状態をご確認ください。',
               'lead_en', 'kpid runs as planned. When this mail stays away on its day, please look '
                   'at the server and at the mail.',
               'parts', jsonb_build_array(kpid.part('状況', 'State', array[
                   kpid.said('収集するデータ', 'Feeds', f.n || '件', f.n::text),
                   kpid.said('通知中の目標', 'Open alerts', a.n || '件', a.n::text),
                   kpid.said('運用上の問題', 'Own problems', t.n || '件', t.n::text)])))))
      into l_signs
      from kpid.alert_settings() s
     cross join lateral (values ('url', 'url', s.heartbeat_url),
                                ('mail', current_setting('kpid.operator', true), s.heartbeat_mail)
                        ) w (way, recipient, wanted)
     cross join (select count(*) as n from kpid.feed where active) f
     cross join (select count(*) as n from kpid.alert where told > 0 and org > 0) a
     cross join (select count(*) as n from kpid.alert where told > 0 and org = 0) t
     where w.wanted;
    return l_signs;
end;
$$;
comment on function kpid.heartbeat_tell() is 'the sign of life that somebody else waits for';
