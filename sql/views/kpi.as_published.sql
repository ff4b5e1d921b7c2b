-- ----------------------------------------------------------------------
-- Function: kpi.as_published(1)
--
--      What the sources had said by an instant, as known now: the true history,
--      which a backfill in any order rebuilds (and so changes). Conditions on
--      org, indicator and the other columns that the newest statement is chosen
--      by reach the keys (numbers stand first in it: they sort fastest). No
--      search_path, to be inlined.
--
--      Parameters:
--           i_at - the instant; null is now
--
--      Returns:
--           rows as in kpi.observation
-- ----------------------------------------------------------------------
-- An earlier one had no column 'derived', and 'create or replace' cannot add
-- one. Dropped only then: others may have built on it since.
do $$
begin
    if exists (select from pg_catalog.pg_proc p
                where p.oid = to_regprocedure('kpi.as_published(timestamptz)')
                  and 'derived' <> all (p.proargnames)) then
        drop function kpi.as_published(timestamptz);
    end if;
end $$;
create or replace function kpi.as_published(i_at timestamptz)
returns table (
    org text, indicator text, frequency text, dims jsonb, period text,
    period_ja text, period_start date, period_end date, value numeric,
    missing text, status text, unit text, delivery int, line int, col int,
    published_at timestamptz, known_at timestamptz, event int, series int,
    span text, derived boolean)
language sql
stable parallel safe
begin atomic
select v.org, v.indicator, v.frequency, v.dims, v.period, v.period_ja,
       v.period_start, v.period_end, v.value, v.missing, v.status, v.unit,
       v.delivery, v.line, v.col, v.published_at, v.known_at, v.event,
       v.series, v.span, v.derived
  from (select distinct on (p.series, p.period_start, p.org, p.indicator,
                            p.frequency) p.*
          from kpi.publication p
         where p.vintage_at <= coalesce(i_at, 'infinity')
           and coalesce(p.hidden_at > coalesce(i_at, 'infinity'), true)
         order by p.series, p.period_start, p.org, p.indicator, p.frequency,
                  p.vintage_at desc, p.fetched_at desc, p.rank_no desc) v;
end;
comment on function kpi.as_published(timestamptz) is
    'what the sources had said by the instant i_at (null: now), as known '
    'now; a backfill rebuilds it. Columns as kpi.observation';
