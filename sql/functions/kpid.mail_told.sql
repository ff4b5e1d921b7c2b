create or replace function kpid.mail_told(i_event int, i_as_of date)
returns table (org int, target text, fiscal_year int, seq int, kind text, recipient text,
               department text, answers text, refs text, payload jsonb)
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.mail_told(12, '2024-09-30')
--
--      What has to be told to whom. An opening goes to the owners of the
--      target; whatever follows goes to those who were told of the opening, so
--      that nobody hears of an end without a beginning.
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
    with told as (
        select c.*, g.owner, g.department,
               to_jsonb(a) || jsonb_build_object(
                   'change', c.kind, 'level', c.level, 'previous_level', c.told,
                   'needed_per_month', a.required_rate, 'owner', g.owner, 'note', g.note,
                   'goal_text', (select t.text from kpid.goal t
                                  where t.org = g.org and t.fiscal_year = g.fiscal_year
                                    and t.goal = g.goal and t.kind = 'goal' limit 1),
                   'source', kpid.source_of(c.org, c.series, c.first, i_event)) as payload
          from pg_temp.change c
          join kpid.target g using (org, target, fiscal_year, version)
          join kpi.assess(i_as_of, (select e.at from kpid.event e where e.event = i_event)) a
            on a.target = c.target and a.fiscal_year = c.fiscal_year and a.org::int = c.org
    ), opening as (
        select distinct on (x.recipient, x.org, x.target, x.fiscal_year)
               x.recipient, x.org, x.target, x.fiscal_year, x.seq, o.message_id, o.given_up_at
          from kpid.outbox_target x
          join kpid.outbox o using (outbox)
         where o.kind in ('opened', 'reopened')
         order by x.recipient, x.org, x.target, x.fiscal_year, x.seq desc
    )
    select t.org, t.target, t.fiscal_year, t.seq, t.kind, trim(r), t.department,
           null, null, t.payload
      from told t
     cross join lateral string_to_table(t.owner, ';') r
     where t.kind in ('opened', 'reopened') and trim(r) <> ''
     union all
    select t.org, t.target, t.fiscal_year, t.seq, t.kind, o.recipient, t.department,
           o.message_id,
           (select string_agg(m.message_id, ' ' order by x.seq)
              from kpid.outbox_target x
              join kpid.outbox m using (outbox)
             where x.recipient = o.recipient and x.org = t.org and x.target = t.target
               and x.fiscal_year = t.fiscal_year and x.seq >= o.seq),
           t.payload
      from told t
      join opening o using (org, target, fiscal_year)
     where t.kind not in ('opened', 'reopened') and o.given_up_at is null
       and o.seq = (select max(x.seq) from opening x
                     where x.org = t.org and x.target = t.target
                       and x.fiscal_year = t.fiscal_year);
end;
$$;
comment on function kpid.mail_told(int, date) is
    'what has to be told to whom';
