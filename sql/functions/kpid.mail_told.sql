create or replace function kpid.mail_told(i_event int, i_as_of date)
returns table (org int, target text, fiscal_year int, seq int, kind text, recipient text,
               department text, answers text, refs text, payload jsonb)
language plpgsql stable
set search_path = pg_catalog, pg_temp
set jit = off
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.mail_told(12, '2024-09-30')
--
--      What has to be told to whom. An opening goes to the owners of the
--      target, an escalation to their department, too; whatever follows goes
--      to those who were told that it is bad, so that nobody hears of an end
--      without a beginning.
--
-- Parameters:
--      i_event  - as known at this event
--      i_as_of  - today
--
-- Returns:
--      one row for each target and recipient; answers and refs are the
--      Message-IDs that the mail stands under
--
-- Tables directly manipulated: none (reads pg_temp.change)
-- ----------------------------------------------------------------------
#variable_conflict use_column
begin
    return query
    with plotted as (
        select d.as_of, p.*
          from (select distinct x.org, x.as_of from pg_temp.change x) d
         cross join lateral kpid.plots(i_event, d.as_of, d.org) p
    ), told as (
        select c.*, g.owner, g.department,
               to_jsonb(a) || jsonb_build_object(
                   'change', c.kind, 'level', c.level, 'previous_level', c.told,
                   'needed_per_month', a.required_rate, 'owner', g.owner, 'note', g.note,
                   'goal_text', (select t.text from kpid.goal t
                                  where t.org = g.org and t.fiscal_year = g.fiscal_year
                                    and t.goal = g.goal and t.kind = 'goal' limit 1),
                   'source', kpid.source_of(c.org, c.series, c.first, i_event),
                   'gap_whole', a.actual - a.expected_whole, 'plot', p.plot) as payload
          from (select distinct x.as_of from pg_temp.change x) d
         cross join lateral kpi.assess(d.as_of, (select e.at from kpid.event e
                                                  where e.event = i_event)) a
          join pg_temp.change c
            on c.target = a.target and c.fiscal_year = a.fiscal_year and c.org = a.org::int
           and c.as_of = d.as_of
          join kpid.target g on (g.org, g.target, g.fiscal_year, g.version)
                              = (c.org, c.target, c.fiscal_year, c.version)
          left join plotted p
            on (p.org, p.target, p.fiscal_year, p.as_of) = (c.org, c.target, c.fiscal_year, c.as_of)
    ), begun as (
        select x.org, x.target, x.fiscal_year, max(x.seq) as seq
          from kpid.outbox_target x
          join kpid.outbox o using (outbox)
         where o.kind in ('opened', 'reopened')
         group by x.org, x.target, x.fiscal_year
    ), heard as (
        select distinct on (x.recipient, x.org, x.target, x.fiscal_year)
               x.recipient, x.org, x.target, x.fiscal_year, x.seq, o.message_id, o.given_up_at
          from begun b
          join kpid.outbox_target x
               on (x.org, x.target, x.fiscal_year) = (b.org, b.target, b.fiscal_year)
              and x.seq >= b.seq
          join kpid.outbox o using (outbox)
         order by x.recipient, x.org, x.target, x.fiscal_year, x.seq
    )
    select t.org, t.target, t.fiscal_year, t.seq, t.kind, r.recipient, t.department,
           null, null, t.payload
      from told t
     cross join lateral kpid.alert_readers(t.owner, t.department, t.kind, t.level) r (recipient)
      left join heard h on (h.org, h.target, h.fiscal_year, h.recipient)
                         = (t.org, t.target, t.fiscal_year, r.recipient)
     where t.kind in ('opened', 'reopened') or h.recipient is null
     union all
    select t.org, t.target, t.fiscal_year, t.seq, t.kind, h.recipient, t.department,
           h.message_id,
           (select string_agg(m.message_id, ' ' order by x.seq)
              from kpid.outbox_target x
              join kpid.outbox m using (outbox)
             where x.recipient = h.recipient and x.org = t.org and x.target = t.target
               and x.fiscal_year = t.fiscal_year and x.seq >= h.seq),
           t.payload
      from told t
      join heard h using (org, target, fiscal_year)
     where t.kind not in ('opened', 'reopened') and h.given_up_at is null;
end;
$$;
comment on function kpid.mail_told(int, date) is
    'what has to be told to whom';
