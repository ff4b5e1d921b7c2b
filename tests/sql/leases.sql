-- Turns of feeds and mails, shared by several instances.
begin;
create extension if not exists pgtap with schema public;
set local search_path = public, pg_catalog;
set local client_min_messages = warning;
select no_plan();
select kpid.config_sync('{"feeds": [{"feed": "a"}, {"feed": "b"}, {"feed": "c"}]}');
set local role kpid_collector;

-- The lengths are real time: an hour does not pass here, none is over at once.
create function pg_temp.claim(who text, turns jsonb, length interval default '1 hour')
returns setof text language sql as $$
select concat_ws(' ', c.feed, coalesce(c.token::text, '-'),
                 case when c.wait_ms is not null then 'later' end)
  from kpid.lease_claim(who, length, turns) c order by c.feed $$;

select results_eq($$ select pg_temp.claim('x', '[["a", 100, 0], ["b", 0, 0]]') $$,
                  $$ values ('a 1'), ('b 1') $$, 'what nobody has is given, in one call');
select results_eq($$ select pg_temp.claim('y', '[["a", 100, 0], ["c", 100, 0]]') $$,
                  $$ values ('a - later'), ('c 1') $$, 'what another has is not');
select results_eq($$ select pg_temp.claim('x', '[["a", 200, 1]]') $$,
                  $$ values ('a 1') $$, 'who has it keeps its token for a later turn');
select results_eq($$ select pg_temp.claim('x', '[["zz", 1, 0]]') $$,
                  $$ values ('zz - later') $$, 'a feed that the store does not know yet is asked for again');
select ok((select bool_and(c.wait_ms between 3500000 and 3600000)
             from kpid.lease_claim('y', '1 hour', '[["a", 100, 0]]') c),
          'how long to wait is told');

-- Giving back.
select kpid.lease_end('y', '[["a", 100, null]]');
select results_eq($$ select pg_temp.claim('y', '[["a", 100, 0]]') $$,
                  $$ values ('a - later') $$, 'nobody gives back what is another''s');
select kpid.lease_end('x', '[["a", 200, null], ["b", 0, null]]');
select results_eq($$ select pg_temp.claim('y', '[["a", 150, 0], ["b", 0, 0]]') $$,
                  $$ values ('a -'), ('b -') $$, 'a turn that was done, or an earlier one, is done for all');
select results_eq($$ select pg_temp.claim('y', '[["a", 300, 0]]') $$,
                  $$ values ('a 2') $$, 'the next is another''s, with a greater token');
select kpid.lease_end('y', jsonb_build_array(jsonb_build_array(
           'a', null, ((extract(epoch from kpid.now()) + 600) * 1000000)::bigint)));
select results_eq($$ select pg_temp.claim('x', '[["a", 300, 1]]') $$,
                  $$ values ('a - later') $$, 'a pause after a failure is a pause for all');
select results_eq($$ select feed, turn_us, again_us > 1000000000 from kpid.lease_retries() $$,
                  $$ values ('a', 300::bigint, true) $$, '.. which who starts is told of');
set local kpid.clock = '2100-01-01T00:00:00Z';
select results_eq($$ select pg_temp.claim('x', '[["a", 300, 2]]') $$,
                  $$ values ('a 3') $$, '.. and then the turn is there, for whoever comes');
select is_empty('select * from kpid.lease_retries()', '.. and whoever took it owes it to nobody else');
select kpid.lease_end('x', '[["a", 300, 5000000000]]');
select results_eq('select feed, turn_us from kpid.lease_retries()',
                  $$ values ('a', 5000000000) $$, 'a turn that was done in part is tried again as another');
select pg_temp.claim('x', '[["a", 5000000000, 3]]');
select kpid.lease_end('x', '[["a", 4102444800000000, null]]');
set local kpid.clock = '';
select results_eq($$ select pg_temp.claim('x', '[["a", 400, 3]]') $$,
                  $$ values ('a 5') $$, 'what was done in the future was a wrong clock');

-- Time passes.
select pg_temp.claim('x', '[["b", 500, 1]]', '0');
select results_eq($$ select feed from kpid.lease_renew('x', '1 hour', '["b"]') $$,
                  array[]::text[], 'what is over is renewed while nobody else wants it');
select results_eq($$ select pg_temp.claim('y', '[["b", 500, 0]]') $$,
                  $$ values ('b - later') $$, '.. and is had again');
select kpid.lease_renew('x', '0', '["b"]');
select results_eq($$ select pg_temp.claim('y', '[["b", 500, 0]]') $$,
                  $$ values ('b 3') $$, 'of whom nothing was heard loses it');
select results_eq($$ select feed from kpid.lease_renew('x', '1 hour', '["a", "b"]') $$,
                  array['b'], '.. and is told so');

-- What the other learnt.
select kpid.feed_checked('b', 'etag-2', null, true, null);
select kpid.lease_end('y', '[["b", 500, null]]');
select results_eq($$ select token, others, etag from kpid.lease_claim('x', '1 hour', '[["b", 600, 2]]') $$,
                  $$ values (4::bigint, true, 'etag-2') $$, 'who comes back hears what was answered meanwhile');
select kpid.lease_end('x', '[["b", 600, null]]');
select results_eq($$ select token, others, etag from kpid.lease_claim('x', '1 hour', '[["b", 700, 4]]') $$,
                  $$ values (5::bigint, false, null::text) $$, '.. who was alone knows it already');

-- Bodies.
select results_eq($$ select n, why from kpid.lease_refused('[["b", 4, "2024-01-01", "00", "00"],
                                                        ["b", 5, "2024-01-01", "00", "00"]]') $$,
                  $$ values (0, 'another instance has taken the feed since (lease 4, now 5)') $$,
                  'a body of an older lease is refused, one of this is not');
select throws_ok($$ select kpid.lease_keep('[["b", 700, 4]]') $$, '40001', null,
                 'a load ends with nothing when the feed was taken meanwhile');
select lives_ok($$ select kpid.lease_keep('[["b", 700, 5], ["c", 800, 0]]') $$, 'else its turns are done');
select results_eq($$ select pg_temp.claim('z', '[["c", 800, 0]]') $$,
                  $$ values ('c -') $$, '.. for all, without a lease, too');

-- Fetched without a lease, loaded late.
select kpid.receive('c', '\x01', '\x0a', 'u', 1, '2024-01-01 10:00Z', null, false);
select kpid.receive('c', '\x02', '\x0a', 'u', 1, '2024-01-01 12:00Z', null, false);
prepare late as
select x.n from kpid.lease_refused('[["c", 0, "2024-01-01T10:30:00Z", "01", "0a"],
                                  ["c", 0, "2024-01-01T11:00:00Z", "02", "0a"],
                                  ["c", 0, "2024-01-01T11:00:00Z", "02", "0b"],
                                  ["c", 0, "2024-01-01T11:00:00Z", "03", "0a"],
                                  ["c", 0, "2024-01-01T13:00:00Z", "01", "0a"]]') x order by 1;
select results_eq('late', $$ values (0), (1) $$,
                  'the bytes that another brought just before or after are no news');

-- Roles.
select throws_ok('update kpid.lease set token = 0', '42501', null, 'the collector changes leases by functions alone');
select throws_ok('delete from kpid.lease', '42501', null, '.. and deletes none: a token would begin again');
reset role;

-- Mails.
insert into kpid.outbox (thread, seq, recipient, kind, message_id, created_at, payload, next_attempt_at)
values ('t', 1, 'a@example.jp', 'opened', '<1@x>', now(), '{}', now()),
       ('t', 2, 'a@example.jp', 'closed', '<2@x>', now(), '{}', now());
set local role kpid_collector;
select is(kpid.outbox_oldest(), now(), 'the collector hears since when a mail waits');
select is((select array_agg(lease) from kpid.outbox_next(9)), array[1::bigint], 'the head of a thread is claimed');
select is((select lease from kpid.outbox_next(9)), 2::bigint, 'the session itself may have it again');
select ok(not kpid.outbox_hold(outbox, 1, '1 minute'), 'an older claim may not send')
  from kpid.outbox where seq = 1;
select ok(kpid.outbox_hold(outbox, 2, '1 minute'), 'the newest may') from kpid.outbox where seq = 1;
reset role;
-- another backend that is there, and one that is not
update kpid.outbox set leased_by = (select pid from pg_stat_activity
                                     where pid <> pg_backend_pid() limit 1) where seq = 1;
select is_empty('select outbox from kpid.outbox_next(9)', 'what another sends is left alone');
select ok(kpid.outbox_wait() between 50000 and 60000, 'how long to sleep is until the other''s claim ends');
update kpid.outbox set leased_until = now() - interval '1 second' where seq = 1;
select is((select lease from kpid.outbox_next(9)), 3::bigint, 'when its time is over, it is claimed anew');
update kpid.outbox set leased_by = 0, leased_until = clock_timestamp() + interval '1 hour' where seq = 1;
select is((select lease from kpid.outbox_next(9)), 4::bigint, 'a session that was killed holds nothing');
select kpid.outbox_failed(outbox, 451, 'later', false, 3) from kpid.outbox where seq = 1;
select is((select attempts from kpid.outbox where seq = 1), 0, 'an older claim tells no failure');
select kpid.outbox_sent(outbox) from kpid.outbox where seq = 1;
select ok(not kpid.outbox_hold(outbox, 4, '1 minute'), 'what was sent is not sent again')
  from kpid.outbox where seq = 1;
select is((select seq from kpid.outbox_next(9)), 2, 'the next of the thread follows');
select kpid.outbox_sent(outbox) from kpid.outbox where seq = 2;
select ok(kpid.outbox_wait() is null, 'with nothing to send there is nothing to wait for');
select ok(kpid.outbox_oldest() is null, '.. and nothing that waits');

select * from finish();
rollback;
