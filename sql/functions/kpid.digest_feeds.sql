create or replace function kpid.digest_feeds(i_since date)
returns table (org int, department text, section text, n text, line jsonb)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.digest_feeds('2024-09-01')
--
--      What a department's digest says of the data that its targets wait for:
--      late, held, and late ones that have arrived.
--
-- Parameters:
--      i_since  - an arrival since this day counts as news
--
-- Returns:
--      as kpid.digest_lines; section: data
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
with state as materialized (
    select f.feed_id, f.title, e.period::text as n,
           case e.frequency when '-' then '最初のデータ'
                else kpid.period_ja(e.span, e.period) || '分' end as ja,
           case e.frequency when '-' then 'the first data'
                else kpid.period_text(e.span, e.period) end as en,
           (e.late_since at time zone kpid.zone())::date as late,
           (e.arrived_at at time zone kpid.zone())::date as arrived, null::int as held
      from kpid.expected e
      join kpid.feed f using (feed_id)
     where e.late_since is not null and f.active
       and (e.arrived_at is null or (e.arrived_at at time zone kpid.zone())::date >= i_since)
     union all
    select f.feed_id, f.title, t.kind, null, null, null, null, d.delivery
      from kpid.trouble_feed() t
      join kpid.feed f on f.feed = t.subject
     cross join lateral (select max(h.delivery) as delivery from kpid.delivery h
                          where h.feed_id = f.feed_id and h.outcome = 'held') d
     where t.kind = 'held'
)
select distinct g.org, g.department, 'data', s.title || s.n,
       kpid.said(s.title, s.title,
           case when s.held is not null
                then format('受領番号 %s は保留中です。取り込むかどうかをお決めください', s.held)
                when s.arrived is not null then format('%sは%sに届きました', s.ja, kpid.date_ja(s.arrived))
                else format('%sが%sから届いていません。判定は据え置いています', s.ja, kpid.date_ja(s.late)) end,
           case when s.held is not null then format('delivery %s is held: decide about it', s.held)
                when s.arrived is not null then format('%s arrived on %s', s.en, s.arrived)
                else format('%s is late since %s; statuses are held', s.en, s.late) end)
  from state s
  join kpid.feed_series k on k.feed_id = s.feed_id
  join kpid.series x on x.org = k.org and x.series = k.series
  join kpid.target g on g.org = x.org and g.indicator = x.indicator
  join kpid.target_held(kpid.event_at(null), kpid.today(), false) h
       on (h.org, h.target, h.fiscal_year, h.version)
        = (g.org, g.target, g.fiscal_year, g.version);
$$;
comment on function kpid.digest_feeds(date) is
    'what a department''s digest says of the data that its targets wait for';
