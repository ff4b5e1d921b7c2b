create or replace function kpid.trouble_feed()
returns table (kind text, subject text, since timestamptz, ja text, en text)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.trouble_feed()
--
--      What is wrong with feeds, for the operator: failing, nothing ever
--      came, a delivery that waits for a decision. A feed whose owner is the
--      operator is not told twice of what its owner is told.
--
-- Returns:
--      as kpid.trouble_now
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select 'feed_failing', f.feed, coalesce(s.failing_since, s.checked_at),
       format('「%s」は%s回続けて失敗しました：%s', f.title, s.failures, s.error),
       format('''%s'' failed %s times in a row: %s', f.title, s.failures, s.error)
  from kpid.feed f
  join kpid.feed_state s using (feed_id)
 cross join kpid.alert_settings() c
 where f.active and s.failures >= c.feed_failures
 union all
select 'never_arrived', f.feed, e.late_since,
       format('「%s」は設定してから一度も届いていません', f.title),
       format('''%s'' has brought nothing since it was configured', f.title)
  from kpid.expected e
  join kpid.feed f using (feed_id)
 where f.active and e.frequency = '-' and e.late_since is not null and e.arrived_at is null
   and f.owner is distinct from nullif(current_setting('kpid.operator', true), '')
 union all
select 'held', f.feed, d.fetched_at,
       format('「%s」の受領番号 %s：%s', f.title, d.delivery, d.error),
       format('''%s'', delivery %s: %s', f.title, d.delivery, d.error)
  from kpid.feed f
 cross join lateral (
       select h.*
         from kpid.delivery h
        where h.feed_id = f.feed_id
          and (h.outcome = 'loaded'
               or h.outcome = 'held' and h.retracted is null and not h.quiet)
        order by h.feed_id desc, h.delivery desc
        limit 1) d
 where f.active and d.outcome = 'held'
   and f.owner is distinct from nullif(current_setting('kpid.operator', true), '');
$$;
comment on function kpid.trouble_feed() is 'what is wrong with feeds, for the operator';
