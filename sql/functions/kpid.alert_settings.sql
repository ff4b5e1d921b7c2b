create or replace function kpid.alert_settings()
returns table (hour int, digest_day int, checkpoint_days int, feed_failures int,
               outbox_hours int, slow_s numeric, disk_free_mb numeric,
               departments jsonb, heartbeat text,
               heartbeat_url boolean, heartbeat_mail boolean)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.alert_settings()
--
--      What the configuration says under "alerts", with what it is when it
--      does not.
--
-- Returns:
--      hour             - of the day at which calendar mails are written
--      digest_day       - of the month
--      checkpoint_days  - before 30 September and 31 March; 0: no reminder
--      feed_failures    - in a row, then the operator is told
--      outbox_hours     - a mail may wait so long
--      slow_s           - an evaluation may take so long
--      disk_free_mb     - so much must be free
--      departments      - name: address of who hears of escalations
--      heartbeat        - day, week or month; null: none; _url, _mail: by which way
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select (d.doc ->> 'hour')::int, (d.doc ->> 'digest_day')::int,
       (d.doc ->> 'checkpoint_days')::int, (d.doc ->> 'feed_failures')::int,
       (d.doc ->> 'outbox_hours')::int, (d.doc ->> 'slow_s')::numeric,
       (d.doc ->> 'disk_free_mb')::numeric, d.doc -> 'departments', d.doc ->> 'heartbeat',
       coalesce((d.doc ->> 'heartbeat_url')::boolean, false),
       coalesce((d.doc ->> 'heartbeat_mail')::boolean, false)
  from (select '{"hour": 8, "digest_day": 1, "checkpoint_days": 14, "feed_failures": 3,
                 "outbox_hours": 4, "slow_s": 120, "disk_free_mb": 512,
                 "departments": {}}'::jsonb
               || coalesce((select jsonb_strip_nulls(s.alerts) from kpid.setting s), '{}')) d (doc);
$$;
comment on function kpid.alert_settings() is 'what the configuration says of alerts';
