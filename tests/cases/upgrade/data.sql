-- Rows as an earlier kpid left them: those behind a mark need its migration.
-- from 1
insert into kpid.feed (feed, title, owner, time_zone)
values ('vital', '人口動態', 'stat@example.jp', 'Asia/Tokyo');
insert into kpid.indicator (indicator, name_ja, unit, measure, decimals, monotone)
values ('births', '出生数', '人', 'flow', 0, false);
insert into kpid.feed_state (feed_id, checked_at, etag)
select feed_id, '2024-07-01 00:00Z', '"a"' from kpid.feed;
insert into kpid.organization (org, name, prefecture) values (202037, '上田', '長野');
-- from 2
insert into kpid.delivery (feed_id, sha256, contract, url, bytes, fetched_at,
    vintage_at, rank_no, outcome, read, inserted, revised, unchanged, loaded)
select f.feed_id, sha256(d.rank_no::text::bytea), '\x01', 'https://example.jp/v.csv', 10,
       d.at, d.at, d.rank_no, 'loaded', d.read, d.inserted, d.revised, 0, d.rank_no
  from kpid.feed f
 cross join (values (1, timestamptz '2024-06-01 00:00Z', 2, 2, 0),
                    (2, '2024-07-01 00:00Z', 1, 0, 1)) d (rank_no, at, read, inserted, revised)
 order by d.rank_no;
insert into kpid.event (event, at, kind, delivery) values
    (1, '2024-06-01 00:00Z', 'load', 1), (2, '2024-07-01 00:00Z', 'load', 2);
insert into kpid.body (sha256, n, chunk) select sha256, 0, '\x02' from kpid.delivery;
insert into kpid.reject values (2, 1, 9, 2, '約七十', 'not a number');
insert into kpid.finding values (2, 1, 1, 4, 'unknown_column', '備考', null);
-- from 3
insert into kpid.series (org, indicator, frequency, span)
values (202037, 'births', 'M', 'M');
insert into kpid.observation (org, series, period, since, delivery, line, col, status, value)
values (202037, 1, '2024-04-01', 2, 2, 2, 2, 'A', 78),
       (202037, 1, '2024-05-01', 1, 1, 3, 2, 'P', 72.50);
insert into kpid.superseded
       (org, series, period, since, until, delivery, line, col, status, value)
values (202037, 1, '2024-04-01', 1, 2, 1, 2, 2, 'P', 74);
insert into kpid.feed_series (org, series, feed_id) select 202037, 1, feed_id from kpid.feed;
insert into kpid.unreadable values (202037, 1, '2024-06-01', 2);
-- from 4
insert into kpid.target (org, target, fiscal_year, version, event, valid_from, source, goal, item,
    name, indicator, comparator, value, unit, aggregate, due, path, preset, year_kind, owner)
values (202037, 'births-r6', 2024, 1, 1, '2024-04-01', 'targets.csv', 1, '1-1', '出生数', 'births',
        'at_least', 1200, '人', 'sum', '2025-03-31', 'linear', 'default', 'fiscal', 'stat@example.jp');
-- from 6
insert into kpid.alert (org, target, fiscal_year, told, told_period, told_version, told_event,
    told_at, seq)
values (202037, 'births-r6', 2024, 1, '2024-05-31', 1, 2, '2024-07-01 00:00Z', 2);
insert into kpid.outbox (thread, seq, recipient, kind, message_id, created_at, payload,
    next_attempt_at, sent_at)
values ('births-r6', 1, 'stat@example.jp', 'opened', '<1@example.jp>', '2024-07-01 00:00Z', '{}',
        '2024-07-01 00:00Z', '2024-07-01 00:01Z'),
       ('births-r6', 2, 'stat@example.jp', 'reminder', '<2@example.jp>', '2024-08-01 00:00Z', '{}',
        '2024-08-01 00:00Z', null);
insert into kpid.outbox_target (recipient, org, target, fiscal_year, seq, outbox)
select o.recipient, 202037, 'births-r6', 2024, o.seq, o.outbox from kpid.outbox o;
-- from 9
update kpid.feed_series set base = 2, digest = md5('births')::uuid;
update kpid.delivery set digest = md5('vital')::uuid where delivery = 2;
insert into kpid.repeated (org, delivery, base, series) values (202037, 2, 1, '{1}');
-- from 12
insert into kpid.expected (feed_id, frequency, period, span, ends, schedule, asked_at)
select feed_id, 'M', '2024-06-01', 'M', '2024-06-30 15:00Z', '0 9 1 * *', '2024-07-01 00:00Z'
  from kpid.feed;
insert into kpid.fact (kind, subject, at, value, bad, streak, since)
values ('disk_low', 'state', '2024-07-01 00:00Z', 0.5, false, 3, '2024-06-01 00:00Z');
