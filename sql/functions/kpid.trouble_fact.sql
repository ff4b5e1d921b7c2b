create or replace function kpid.trouble_fact()
returns table (kind text, subject text, since timestamptz, ja text, en text)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.trouble_fact()
--
--      What is wrong with the machine, from what was measured: how often in a
--      row and for how long it must be bad before it counts.
--
-- Returns:
--      as kpid.trouble_now
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select x.kind, x.subject, x.since,
       case x.kind
       when 'disk_low' then format('%s：空き%sMB', x.subject, round(x.value))
       when 'database_slow' then format('直近の判定に%s秒かかりました', round(x.value, 1))
       when 'evaluation_failed' then x.detail
       when 'spool_full' then '取り込み待ちのファイルが上限（spool の max_bytes）に達しました'
       when 'spool_aside' then format('%s件（%s）', round(x.value), x.detail)
       else coalesce(x.detail, '時刻同期の状態が「未同期」です') end,
       case x.kind
       when 'disk_low' then format('%s: %s MB free', x.subject, round(x.value))
       when 'database_slow' then format('the last evaluation took %s s', round(x.value, 1))
       when 'evaluation_failed' then x.detail
       when 'spool_full' then 'what waits for the database has reached max_bytes of spool'
       when 'spool_aside' then format('%s files in %s', round(x.value), x.detail)
       else coalesce(x.detail, 'the system says that its clock is not synchronised') end
  from kpid.fact x
  join (values ('disk_low', 1, interval '0'), ('database_slow', 3, interval '0'),
               ('evaluation_failed', 1, interval '0'),
               ('spool_full', 1, interval '0'), ('spool_aside', 1, interval '0'),
               ('clock_unsynchronised', 2, interval '1 hour')) n (kind, streak, age) using (kind)
 where x.bad and x.streak >= n.streak and x.at - x.since >= n.age;
$$;
comment on function kpid.trouble_fact() is 'what is wrong with the machine';
