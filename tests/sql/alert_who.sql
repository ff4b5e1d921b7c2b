-- Who hears of what, and what kpid says of itself: escalation, digest,
-- reminder before a report, own alerts, acknowledging by SQL. The names of
-- the checks say which complaint of users of other tools each answers.
begin;
set local search_path = public, pg_catalog;
set local timezone = 'Asia/Tokyo';
select no_plan();
set local kpid.operator = 'op@example.jp';
set local kpid.time_zone = 'Asia/Tokyo';

insert into kpid.indicator (indicator, name_ja, unit, measure, decimals, monotone)
select 'i' || n, 'x', '件', 'stock', 1, false from generate_series(1, 4) n;
insert into kpid.series (org, indicator, frequency, span)
select 202037, indicator, 'M', 'M' from kpid.indicator;
insert into kpid.event values (1, '2024-03-31 12:00', 'load', null, null, null);

create function pg_temp.clock(i_at text) returns void language sql as $$
    select set_config('kpid.clock', i_at, true);
$$;
create function pg_temp.target(i_name text, i_owner text, i_more jsonb default '{}') returns void
language sql as $$
    select kpid.target_import(jsonb_build_object('targets', jsonb_build_array(jsonb_build_object(
        'target', i_name, 'org', '202037', 'fiscal_year', '2024', 'goal', '1', 'name', '目標' || i_name,
        'indicator', i_name, 'aggregate', 'latest', 'comparator', 'at_least', 'value', '120',
        'baseline', '0', 'path', 'linear', 'department', '市民課', 'owner', i_owner) || i_more)), i_name);
$$;
create function pg_temp.land(i_name text, i_month int, i_value numeric) returns void
language plpgsql as $$
declare
    l_event int := kpid.open_event('load', null, null, null);
begin
    insert into kpid.observation
    select 202037, series, make_date(2024, 3 + i_month, 1), l_event, 1, 1, 1, 'A', i_value
      from kpid.series where indicator = i_name;
    insert into kpid.owed (at, reason) values (kpid.now(), 'test');
end;
$$;
create function pg_temp.since() returns bigint language sql as $$
    select coalesce(max(outbox), 0) from kpid.outbox;
$$;
-- evaluates and looks around, all earlier mail having left; "kind recipient"
-- of each new mail
create function pg_temp.tells(i_facts jsonb default '[]', i_sent boolean default true) returns text
language plpgsql as $$
declare
    l_before bigint := pg_temp.since();
begin
    update kpid.outbox set sent_at = kpid.now() where i_sent and sent_at is null and given_up_at is null;
    perform kpid.evaluate();
    perform kpid.watch(i_facts);
    return (select string_agg(o.kind || ' ' || o.recipient, ', ' order by o.kind, o.recipient)
              from kpid.outbox o where o.outbox > l_before);
end;
$$;

select pg_temp.clock('2024-04-01 09:00+09');
select kpid.config_sync('{"feeds": [], "indicators": [], "alerts":
    {"departments": {"市民課": "kacho@example.jp"}, "feed_failures": 2}}');
select pg_temp.target('i1', 'a@example.jp; b@example.jp'), pg_temp.target('i2', 'a@example.jp'),
       pg_temp.target('i3', 'c@example.jp', '{"indicator": "i3"}');
select is(pg_temp.tells(), null, 'the first day: no digest of a month that nobody saw');

-- the table itself
select results_eq(
    $$ select told, level, says, tells from kpid.alert_says(1, 0, true, true, false, false, false),
       (values (1, 0)) x (told, level) $$, $$ values (1, 0, 'correction', 0) $$,
    'a revised ground is a correction, never a "resolved"');
select is((select count(*) from (values (0), (1), (2)) t (told) cross join (values (0), (1), (2)) l (level)
            cross join (values (true), (false)) b (before) cross join (values (true), (false)) s (same)
            cross join (values (true), (false)) n (bad) cross join (values (true), (false)) a (acked)
            cross join (values (true), (false)) d (due)
            cross join lateral kpid.alert_says(told, level, before, same, bad, acked, due) r
            where r.tells <> level and not (told = 1 and level = 2 and acked) and not (told = 2 and level = 1)),
          0::bigint, 'whatever the conditions, people know what is, but for an ack and for less bad');
select is((select count(*) from kpi.alert_transition
            where told = 0 and says in ('closed', 'correction', 'target_changed', 'escalated', 'reminder')),
          0::bigint, 'no recovery mail for an alert never sent (Pulse#1553)');

-- owners, then the department
select pg_temp.clock('2024-09-10 09:00+09');
select pg_temp.tells();
select pg_temp.land('i1', 1, 1), pg_temp.land('i1', 2, 1);
select is(pg_temp.tells(), 'opened a@example.jp, opened b@example.jp', 'an opening goes to every owner');
select pg_temp.land('i1', 3, 1);
select is(pg_temp.tells(), 'escalated a@example.jp, escalated b@example.jp, escalated kacho@example.jp',
          'one bad period more is told to the department, too');
select pg_temp.land('i1', 4, 40);
select is(pg_temp.tells(), 'closed a@example.jp, closed b@example.jp, closed kacho@example.jp',
          'all who heard that it is bad hear that it is over, so people can stand down (seq#2333)');
select is((select count(*) from kpid.outbox o join kpid.outbox_target x using (outbox)
            where o.kind = 'closed' and o.in_reply_to is null), 0::bigint,
          'what follows answers the beginning, of the department, too (alertmanager#4623)');
select pg_temp.land('i2', 1, 1), pg_temp.land('i2', 2, 1), pg_temp.land('i2', 3, 1);
select is(pg_temp.tells(), 'opened a@example.jp, opened kacho@example.jp',
          'more than enough at the first look goes to the department at once');

-- an acknowledgement that ends inside a silence
select kpid.ack('i2', '山田', '対応中', '2024-09-12');
select kpid.silence('i2', '山田', '見直し', '2024-09-15');
select pg_temp.clock('2024-09-14 09:00+09');
select is(pg_temp.tells(), null, 'silenced: not even the end of an acknowledgement is told');
select pg_temp.clock('2024-09-16 07:00+09');
select is(pg_temp.tells(), 'reminder a@example.jp, reminder kacho@example.jp',
          'but it is not forgotten: the silence ends, the reminder comes');

-- before a report
select pg_temp.clock('2024-09-16 08:00+09');
select is(pg_temp.tells(), 'checkpoint a@example.jp, checkpoint c@example.jp',
          'fourteen days before the report owners are asked for what is missing');
select is((select payload -> 'parts' -> 0 ->> 'heading_ja' from kpid.outbox
            where kind = 'checkpoint' and recipient = 'c@example.jp'),
          '実績の報告がまだありません', '.. and for what: an action, not noise (inspeqtor#6)');
select pg_temp.clock('2024-09-16 20:00+09');
select is(pg_temp.tells(), null, '.. once');

-- the digest
select kpid.silence('i3', '佐藤', '集計方法の見直し', '2024-11-30');
select kpid.ack('i2', '山田', '10月に説明会', '2024-11-30');
select pg_temp.clock('2024-10-01 07:59+09');
select is(pg_temp.tells(), null, 'no digest before its hour');
select pg_temp.clock('2024-10-01 08:00+09');
select is(pg_temp.tells(), 'digest kacho@example.jp', 'the digest goes to the department');
select results_eq($$ select p ->> 'heading_ja', jsonb_array_length(p -> 'lines') > 0
    from kpid.outbox o, jsonb_array_elements(o.payload -> 'parts') with ordinality x (p, n)
    where o.kind = 'digest' order by n $$,
    $$ values ('この1か月の動き', true), ('対応が必要な目標', true), ('お知らせを止めている目標', true) $$,
    'what changed, what needs somebody, what is silenced (kibana#50257)');
select ok((select payload::text like '%佐藤：集計方法の見直し%' and payload::text like '%令和6年11月30日%'
            and payload::text like '%対応中（山田%' from kpid.outbox where kind = 'digest'),
          'until when and by whom it is silenced, and who has what in hand (grafana#13364)');
select pg_temp.clock('2025-01-20 09:00+09');
select is(pg_temp.tells(), 'digest kacho@example.jp, reminder a@example.jp, reminder kacho@example.jp',
          'after months of sleep: one digest, one reminder (alertmanager#1806)');
select is(pg_temp.tells(), null, '.. once');

-- kpid itself
select pg_temp.clock('2025-01-21 09:00+09');
select is(pg_temp.tells('[{"kind":"disk_low","subject":"h/state","value":100}]'), 'trouble op@example.jp',
          'a full disk is told (metabase#32687)');
select is(pg_temp.tells('[{"kind":"disk_low","subject":"h/state","value":90}]'), null, '.. once');
select kpid.ack('kpid/disk_low/h/state', '山田', '増設中', '2025-01-28');
select pg_temp.clock('2025-01-27 09:00+09');
select is(pg_temp.tells(), null, 'in hand: no reminder on Monday');
select pg_temp.clock('2025-01-29 09:00+09');
select is(pg_temp.tells(), 'trouble op@example.jp', '.. until its day is over');
select pg_temp.clock('2025-02-01 09:00+09');
select isnt((select level from kpi.alert where target = 'kpid/disk_low/h/state'), 0,
            'what is not measured again is not over (prometheus#17482)');
select alike(pg_temp.tells('[{"kind":"disk_low","subject":"h/state","value":9000}]'),
          '%trouble_over op@example.jp%', 'it is over when it is measured to be over');
select pg_temp.tells('[{"kind":"clock_unsynchronised","subject":"h","value":1}]');
select pg_temp.clock('2025-02-01 09:30+09');
select is(pg_temp.tells('[{"kind":"clock_unsynchronised","subject":"h","value":1}]'), null,
          'a clock may be unsynchronised for a while');
select pg_temp.clock('2025-02-01 10:01+09');
select is(pg_temp.tells('[{"kind":"clock_unsynchronised","subject":"h","value":1}]'), 'trouble op@example.jp',
          '.. but not for an hour');
select is(pg_temp.tells('[{"kind":"database_slow","subject":"h","value":500}]'), null, 'slow once is no alert');
select is(pg_temp.tells('[{"kind":"database_slow","subject":"h","value":500}]')
          || pg_temp.tells('[{"kind":"database_slow","subject":"h","value":500}]'), null, '.. nor');
select is((select level from kpi.alert where target = 'kpid/database_slow/h'), 1, '.. three times is');
select is(pg_temp.tells('[{"kind":"evaluation_failed","subject":"h","value":1,"detail":"x"}]'),
          'trouble op@example.jp', 'a judging that fails is told (metabase#35330)');
insert into kpid.outbox (thread, seq, recipient, kind, message_id, created_at, payload, next_attempt_at)
values ('x', 1, 'a@example.jp', 'held', '<x@y>', kpid.now(), '{}', clock_timestamp());
select is(kpid.watch_next() <= kpid.now() + interval '4 hours', true, 'it looks again when a mail has waited too long');
select pg_temp.clock('2025-02-01 14:02+09');
select is(pg_temp.tells('[]', false), 'trouble op@example.jp', 'mail that cannot leave is told');
select kpid.outbox_failed((select outbox from kpid.outbox where thread = 'x'), 550, 'no such user', true);
select is(pg_temp.tells('[]', false), 'trouble op@example.jp',
          'a refused address is told');

-- the sign of life
select kpid.config_sync('{"feeds": [], "alerts": {"heartbeat": "day", "heartbeat_url": true}}');
select is(pg_temp.tells(), 'heartbeat url, trouble_over op@example.jp',
          'a sign of life; and nothing waits any more');
select pg_temp.clock('2025-02-02 08:00+09');
select is(pg_temp.tells('[]', false), 'heartbeat url, trouble op@example.jp',
          '.. each day; one that cannot leave is told by mail');
select is((select count(*) from kpid.outbox where kind = 'heartbeat' and given_up_at is not null), 1::bigint,
          '.. and yesterday''s, unsent, is none');

-- stewards answer alerts by SQL, analysts do not
create role t_steward in role kpi_steward;
create role t_reader in role kpi_analyst;
set local role t_reader;
select throws_ok($$ select kpi.acknowledge('i2', 'x', '2025-02-10') $$, '42501', null, 'analysts acknowledge nothing');
select throws_ok($$ select kpi.silence('i2', 'x', '2025-02-10') $$, '42501', null, '.. and silence nothing');
select throws_ok($$ select kpi.close_year('202037', 2023) $$, '42501', null, '.. and close no year');
set local role t_steward;
select lives_ok($$ select kpi.silence('i2', '見直し', '2025-02-10') $$, 'stewards silence');
select lives_ok($$ select kpi.silence('i2', null, null) $$, '.. and lift it');
select lives_ok($$ select kpi.acknowledge('i2', '対応中', '2025-02-10') $$, '.. and acknowledge');
select is((select ack_note from kpi.alert where target = 'i2'), '対応中', '.. and read what analysts read');
select is(kpi.close_year('202037', 2023), true, '.. and close a year');
select is(kpi.close_year('202037', 2023), false, '.. once');
reset role;
select is((select who from kpid.year_reported where fiscal_year = 2023), session_user::text, '.. by their name');
select is_empty($$ select kind from kpi.own_alert
    where (title_ja, title_en, opens, todo_ja, todo_en) is null or title_ja = '' $$, 'every own alert says what to do');
select * from finish();
rollback;
