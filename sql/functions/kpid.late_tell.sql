create or replace function kpid.late_tell()
returns bigint
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.late_tell()
--
--      Notices that grace times are over: each period of a feed is late once,
--      and its owner hears of it once. When it arrives nothing is said; the
--      digest names it.
--
-- Returns:
--      number of mails
--
-- Tables directly manipulated:
--      update - kpid.expected
-- ----------------------------------------------------------------------
declare
    l_mails bigint;
begin
    with late as (
        update kpid.expected e
           set late_since = kpid.now()
          from kpid.expected_due() d
         where (d.feed_id, d.frequency, d.period) = (e.feed_id, e.frequency, e.period)
           and d.late_at <= kpid.now() and e.late_since is null
        returning e.*
    )
    select count(kpid.notice_put(format('late/%s/%s/%s', f.feed, l.frequency, l.period), 1,
                                 f.owner, 'late',
                                 kpid.late_notice(l.feed_id, l.frequency, l.period)))
      into l_mails
      from late l
      join kpid.feed f using (feed_id);
    return l_mails;
end;
$$;
comment on function kpid.late_tell() is 'notices that grace times are over, once each';
