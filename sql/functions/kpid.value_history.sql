create or replace function kpid.value_history(
    i_org int, i_series int, i_period date, i_event int)
returns table (event int, known_at timestamptz, kind text, who text,
               why text, until_event int, served boolean, delivery int,
               feed text, sha256 text, fetched_at timestamptz,
               published_at timestamptz, typed_by text, value numeric,
               missing text, status text, withdrawn boolean, line int,
               col int)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.value_history(4)
--
--      All that was ever stored about one period of one series, in the
--      order in which it became known.
--
-- Parameters:
--      i_org, i_series, i_period - the key
--      i_event                   - as known then
--
-- Returns:
--      kind: of the event: load, replay or retract; who and why: of it, or
--            of the person who typed the value
--      until_event: null for what served at i_event
--      served: false for an older file that came late
--      withdrawn: from this event on there was no value
-- ----------------------------------------------------------------------
select o.since, e.at, e.kind, coalesce(e.who, d.typed_by),
       coalesce(e.why, d.typed_why),
       case when o.until <= i_event then o.until end,
       o.since is distinct from o.until, o.delivery, f.feed,
       encode(d.sha256, 'hex'), d.fetched_at, d.published_at, d.typed_by,
       o.value, kpid.missing_reason(o.status),
       case o.status when 'X' then null when 'e' then 'O'
                     else o.status::text end,
       o.status = 'X', o.line, o.col
  from (select l.*, null::int as until
          from (select x.since, x.delivery, x.line, x.col, x.status, x.value
                  from kpid.observation x
                 where (x.org, x.series, x.period)
                       = (i_org, i_series, i_period)) l
         union all
        select h.since, h.delivery, h.line, h.col, h.status, h.value, h.until
          from kpid.superseded h
         where (h.org, h.series, h.period)
               = (i_org, i_series, i_period)) o
  join kpid.event e on e.event = o.since
  join kpid.delivery d on d.delivery = o.delivery
  join kpid.feed f using (feed_id)
 where o.since <= i_event
 order by o.since, o.until nulls last, d.vintage_at, d.rank_no;
$$;
comment on function kpid.value_history(int, int, date, int) is
    'all that was ever stored about one period of one series';
