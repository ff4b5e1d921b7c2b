-- The life of an alert against the real tables: every reading of the rules
-- that breaks a promise, as a regression test, and the transition table.
begin;
set local search_path = public, pg_catalog;
set local timezone = 'Asia/Tokyo';
select no_plan();

-- A level from 0 to 120 within the year: 10 are expected each month, so that
-- g(ood) w(atch) and b(ad) are 10, 8 and 1 times the month's number. The
-- second indicator is a count of at most 10: m(issed) is 20.
insert into kpid.indicator (indicator, name_ja, unit, measure, decimals, monotone)
select 'i' || n, 'x', '件', 'stock', 1, false from generate_series(1, 20) n
 union all select 'x', 'x', '件', 'flow', 0, true;
insert into kpid.series (org, indicator, frequency, span)
select 202037, indicator, 'M', 'M' from kpid.indicator;
insert into kpid.event values (1, '2024-03-31 12:00', 'load', null, null, null);

create function pg_temp.clock(i_at text) returns void language sql as $$
    select set_config('kpid.clock', i_at, true);
$$;

create function pg_temp.target(i_name text, i_value text, i_owner text default 'a@example.jp') returns void
language sql as $$
    select kpid.target_import(jsonb_build_object('targets', jsonb_build_array(jsonb_build_object(
        'target', i_name, 'org', '202037', 'fiscal_year', '2024', 'goal', '1', 'name', i_name,
        'indicator', i_name, 'aggregate', case i_name when 'x' then 'sum' else 'latest' end,
        'comparator', case i_name when 'x' then 'at_most' else 'at_least' end,
        'value', i_value, 'baseline', '0', 'path', 'linear', 'department', '課', 'owner', i_owner))), i_name);
$$;

-- a month's value arrives, or is revised: one event, one mark
create function pg_temp.land(i_name text, i_month int, i_what text, i_quiet boolean default false) returns void
language plpgsql as $$
declare
    l_first date := date '2024-03-01' + make_interval(months => i_month);
    l_event int := kpid.open_event('load', null, null, null);
    l_series int := (select series from kpid.series where indicator = i_name);
    l_value numeric := case i_what when 'g' then 10 * i_month when 'w' then 8 * i_month
                                   when 'b' then i_month when 'm' then 20 when '0' then 0 end;
begin
    insert into kpid.superseded
    select o.org, o.series, o.period, o.since, l_event, o.delivery, o.line, o.col, o.status, o.value
      from kpid.observation o where o.series = l_series and o.period = l_first;
    delete from kpid.observation o where o.series = l_series and o.period = l_first;
    if i_what <> 'retract' then
        insert into kpid.observation values (202037, l_series, l_first, l_event, 1, 1, 1, 'A', l_value);
    end if;
    insert into kpid.owed (at, reason, quiet) values (kpid.now(), 'test', i_quiet);
end;
$$;

-- evaluates; the kinds of the mails that it wrote about a target
create function pg_temp.tells(i_name text) returns text language plpgsql as $$
declare
    l_before bigint := (select coalesce(max(outbox), 0) from kpid.outbox);
begin
    perform kpid.evaluate();
    return (select string_agg(o.kind, ' ' order by o.outbox)
              from kpid.outbox o join kpid.outbox_target t using (outbox)
             where o.outbox > l_before and t.target = i_name);
end;
$$;

create function pg_temp.told(i_name text) returns int language sql as $$
    select coalesce((select told from kpid.alert where target = i_name), 0);
$$;

select pg_temp.clock('2024-04-01 09:00+09');
select pg_temp.target('i' || n, '120') from generate_series(1, 12) n;
select pg_temp.target('x', '10');
select pg_temp.clock('2024-09-10 09:00+09');

select pg_temp.land('i1', 1, 'b');
select is(pg_temp.tells('i1'), null, 'one bad month opens nothing');
select is(kpi.alert_level('i1'), 0, '.. it is pending');
select is(pg_temp.tells('i1'), null, '.. and looking again does not make it two');
select pg_temp.land('i1', 2, 'b');
select is(pg_temp.tells('i1'), 'opened', 'the second one opens');
select is(pg_temp.tells('i1'), null, '.. once');
select pg_temp.land('i1', 3, 'w');
select is(pg_temp.tells('i1'), null, 'watch closes nothing');
select pg_temp.land('i1', 4, 'b');
select is(pg_temp.tells('i1'), 'escalated', 'one more bad month escalates');
select pg_temp.land('i1', 5, 'g');
select is(pg_temp.tells('i1'), 'closed', 'a good month closes');
select is((select count(distinct o.in_reply_to) from kpid.outbox o join kpid.outbox_target t using (outbox)
            where t.target = 'i1' and o.kind <> 'opened'), 1::bigint, 'what follows answers the opening');
select pg_temp.land('i1', 5, 'b');
select is(pg_temp.tells('i1'), 'reopened', 'a revision that undoes the closing reopens');

select pg_temp.land('i2', 1, 'b'), pg_temp.land('i2', 2, 'g'), pg_temp.land('i2', 3, 'b');
select is(pg_temp.tells('i2'), null, 'good between two bad: nothing, however many came at once');

select pg_temp.land('i3', 1, 'b'), pg_temp.land('i3', 2, 'b'), pg_temp.land('i3', 3, 'b');
select is(pg_temp.tells('i3'), 'opened', 'three bad at once are one mail');
select is(pg_temp.told('i3'), 2, '.. told as escalated');
select pg_temp.land('i3', 3, 'w');
select is(pg_temp.tells('i3'), null, 'getting less bad is no mail');
select pg_temp.land('i3', 2, 'g');
select is(pg_temp.tells('i3'), 'correction', 'a revision of what was told is a correction');

select pg_temp.land('i4', 1, 'b'), pg_temp.land('i4', 2, 'b');
select pg_temp.tells('i4');
select pg_temp.land('i4', 2, 'g'), pg_temp.land('i4', 3, 'g');
select is(pg_temp.tells('i4'), 'correction', 'revision and new month: one mail, the net effect');

select pg_temp.land('i5', 1, 'b'), pg_temp.land('i5', 2, 'b');
select pg_temp.tells('i5');
select pg_temp.land('i5', 2, 'retract');
select is(pg_temp.tells('i5'), 'correction', 'a retraction corrects');

select pg_temp.land('x', 1, 'm');
select is(pg_temp.tells('x'), 'opened', 'a limit exceeded opens at once');
select pg_temp.land('x', 1, '0');
select is(pg_temp.tells('x'), 'correction', '.. and is corrected');

-- silence
select pg_temp.land('i6', 1, 'b'), pg_temp.land('i6', 2, 'b');
select pg_temp.tells('i6');
select kpid.silence('i6', '山田', '見直し中', '2024-10-10');
select pg_temp.land('i6', 3, 'g');
select is(pg_temp.tells('i6'), null, 'silence: nothing is told');
select is(kpi.alert_level('i6'), 0, '.. but known');
select pg_temp.land('i6', 4, 'b'), pg_temp.land('i6', 5, 'b');
select is(pg_temp.tells('i6'), null, '.. whatever comes');
select pg_temp.land('i6', 5, 'g');
select kpid.silence_lift('i6');
select is(pg_temp.tells('i6'), 'closed', 'when it is lifted the difference is told');
select throws_ok($$ select kpid.silence('i6', 'x', 'y', '2025-09-01') $$, '22023', null, 'a year of silence is refused');
select throws_ok($$ select kpid.ack('nobody', 'x', 'y', '2024-10-01') $$, 'P0002', null, 'an unknown target is refused');

-- acknowledgement
select pg_temp.land('i7', 1, 'b'), pg_temp.land('i7', 2, 'b');
select pg_temp.tells('i7');
select kpid.ack('i7', '山田', '対応中', '2024-09-20');
select pg_temp.land('i7', 3, 'b');
select is(pg_temp.tells('i7'), null, 'acknowledged: no escalation');
select pg_temp.clock('2024-09-21 09:00+09');
select is(pg_temp.tells('i7'), 'escalated', '.. until its day is over');
select pg_temp.land('i8', 1, 'b'), pg_temp.land('i8', 2, 'b');
select pg_temp.tells('i8');
select kpid.ack('i8', '山田', '対応中', '2024-09-25');
select pg_temp.clock('2024-09-26 09:00+09');
select is(pg_temp.tells('i8'), 'reminder', 'an acknowledgement that ends with the alert open reminds once');
select pg_temp.clock('2024-09-27 09:00+09');
select is(pg_temp.tells('i8'), null, '.. and not again');

-- the target changes
select pg_temp.target('i8', '6');
select is(pg_temp.tells('i8'), 'target_changed', 'an alert that a new target ends says so');
select pg_temp.land('i9', 1, 'b'), pg_temp.land('i9', 2, 'b');
select pg_temp.tells('i9');
select kpid.target_import('{"targets":[]}', 'i9');
select is(pg_temp.tells('i9'), 'target_changed', 'so does one that is withdrawn');

-- a quiet import
select pg_temp.land('i10', 1, 'b', true), pg_temp.land('i10', 2, 'b', true);
select is(pg_temp.tells('i10'), null, 'an import mails nobody');
select is((select count(*) > 0 from kpid.owed), true, '.. and leaves its mark');
select pg_temp.clock('2024-09-28 09:00+09');
select is(pg_temp.tells('i10'), 'opened', '.. to the next day''s evaluation');

-- two owners, two targets
select pg_temp.target('i11', '120', 'a@example.jp; b@example.jp'), pg_temp.target('i12', '120', 'b@example.jp');
select pg_temp.land('i11', 1, 'b'), pg_temp.land('i11', 2, 'b'), pg_temp.land('i12', 1, 'b'), pg_temp.land('i12', 2, 'b');
select is(pg_temp.tells('i11'), 'opened opened', 'each owner has a mail');
select is((select count(distinct outbox) from kpid.outbox_target where target in ('i11', 'i12')), 2::bigint,
          'openings of one evaluation are one mail to a reader');

-- two years of one target: March comes in April, when the next year's stands
select pg_temp.target('i13', '120');
select pg_temp.clock('2025-04-20 09:00+09');
select kpid.target_import(jsonb_build_object('targets', jsonb_build_array(jsonb_build_object(
    'target', 'i13', 'org', '202037', 'fiscal_year', '2025', 'goal', '1', 'name', 'i13', 'indicator', 'i13',
    'aggregate', 'latest', 'comparator', 'at_least', 'value', '200', 'baseline', '0', 'path', 'linear',
    'department', '課', 'owner', 'a@example.jp'))), 'i13 of the next year');
select pg_temp.tells('i13');
select pg_temp.land('i13', 12, 'b');
select is(pg_temp.tells('i13'), 'opened', 'a year''s last value is judged though the next year has begun');
select results_eq($$ select fiscal_year, told from kpid.alert where target = 'i13' and told > 0 $$,
    $$ values (2024, 1) $$, '.. as an alert of its own year');
select pg_temp.land('i13', 12, 'g');
select is(pg_temp.tells('i13'), 'correction', '.. and corrected in its own year');
select pg_temp.clock('2024-09-28 10:00+09');

-- the outbox
update kpid.outbox o set sent_at = now() where not exists
    (select from kpid.outbox_target t where t.outbox = o.outbox and t.target in ('i11', 'i12'));
select pg_temp.land('i11', 3, 'g');
select is(pg_temp.tells('i11'), 'closed closed', 'each of those who were told hears the end');
select results_eq('select kind, recipient from kpid.outbox_next(9) order by recipient',
    $$ values ('opened', 'a@example.jp'), ('opened', 'b@example.jp') $$, 'no end leaves before its beginning');
select kpid.outbox_failed((select min(outbox) from kpid.outbox_next(9)), 451, 'later', false);
select results_eq('select recipient from kpid.outbox_next(9)', $$ values ('b@example.jp') $$,
    'a 4xx holds its reader''s mails, nobody else''s');
select kpid.outbox_failed((select outbox from kpid.outbox_next(9)), 550, 'no such user', true);
select is_empty('select outbox from kpid.outbox_next(9)', 'a 5xx gives up the end with the beginning');
update kpid.outbox set next_attempt_at = '2020-01-01' where recipient = 'a@example.jp' and sent_at is null;
select kpid.outbox_sent(outbox) from kpid.outbox_next(9);
select results_eq('select kind, recipient from kpid.outbox_next(9)', $$ values ('closed', 'a@example.jp') $$,
    'when the beginning has left, the end may');
select results_eq($$ select payload -> 'targets' -> 0 ->> 'target', payload ->> 'kind' from kpid.outbox
    where kind = 'closed' and recipient = 'a@example.jp' and sent_at is null $$,
    $$ values ('i11', 'closed') $$, 'the payload names kind and target');
select is_empty($$ select recipient, target, seq from kpid.outbox_target group by 1, 2, 3 having count(*) > 1 $$,
    'a transition is told once to a reader');

-- the transition table: what the fold says
select is(kpid.fold(s, 2 order by o)::text, w, y)
  from (values ('off_track,off_track', '{1,2}', 'two bad open'),
               ('off_track,watch,off_track', '{0,1}', 'watch ends a pending'),
               ('off_track,off_track,watch,off_track', '{2,3}', 'but never an open alert'),
               ('off_track,not_judgeable,off_track', '{1,2}', 'unknown changes nothing'),
               ('missed', '{1,2}', 'missed is enough'),
               ('off_track,off_track,off_track,met', '{0,0}', 'good clears')) c (l, w, y)
 cross join lateral string_to_table(l, ',') with ordinality p (s, o)
 group by w, y;
select * from finish();
rollback;
