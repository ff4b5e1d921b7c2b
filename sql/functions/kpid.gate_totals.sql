create or replace function kpid.gate_totals(i_deliveries int[])
returns table (delivery int, kind text, line int, col int, text text,
               text_ja text, suggestion text)
language plpgsql
stable
set search_path = pg_catalog, pg_temp
set enable_nestloop = off     -- staged tables have no statistics yet
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.gate_totals(1)
--
--      totals: a declared total that is not the sum of its parts. Total and
--      parts are indicators, or texts of one dimension; they are compared
--      where the delivery states a number for every one of them.
--
-- Parameters:
--      i_deliveries - staged
--
-- Returns:
--      one finding for each delivery that it holds, with each total
--      that is broken and the first place where it is
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
begin
    if not exists (select from pg_temp.gated s
                    where jsonb_array_length(s.totals) > 0) then
        return;
    end if;
    return query
    with declared as (
        select s.delivery, e.n, e.doc ->> 'dimension' as dimension,
               e.doc ->> 'indicator' as indicator, e.doc ->> 'total' as total,
               (e.doc ->> 'total') || (e.doc -> 'parts') as names,
               e.doc -> 'parts' as parts,
               coalesce((e.doc ->> 'tolerance')::numeric, 0) as tolerance
          from pg_temp.gated s
         cross join lateral jsonb_array_elements(s.totals)
               with ordinality e (doc, n)
    -- the series that a total speaks of; place: all but which part it is
    ), member as (
        select d.delivery, d.n, d.total, d.tolerance, d.parts, r.ordinal,
               r.org, r.span, m.name, m.name = d.total as whole,
               dense_rank() over (
                   order by d.delivery, d.n, r.org, r.frequency, r.span,
                            case when d.dimension is not null
                                 then r.indicator end,
                            case when d.dimension is null then r.dims
                                 else r.dims - d.dimension end) as place
          from declared d
          join pg_temp.staged_series r using (delivery)
         cross join lateral (
               select case when d.dimension is null then r.indicator
                           else r.dims ->> d.dimension end) m (name)
         where (m.name = d.total or d.parts ? m.name)
           and (d.indicator is null or d.indicator = r.indicator)
    -- complete ones: the total and every part once
    ), summed as (
        select m.place, m.delivery, m.n, m.total, m.tolerance, m.org, m.span,
               t.period, min(t.line) filter (where m.whole) as line,
               min(t.col) filter (where m.whole) as col,
               sum(t.value) filter (where m.whole) as whole,
               sum(t.value) filter (where not m.whole) as parts
          from member m
          join pg_temp.staged t
               on t.delivery = m.delivery and t.series = m.ordinal
         where t.value is not null
         group by m.place, m.delivery, m.n, m.total, m.tolerance, m.parts,
                  m.org, m.span, t.period
        having count(*) filter (where m.whole) = 1
           and count(*) = count(distinct m.name)
           and count(*) = 1 + jsonb_array_length(m.parts)
    )
    select distinct on (s.delivery, s.n) s.delivery, 'totals', s.line, s.col,
           format('%s totals ''%s'' are not the sum of their parts, the first '
                  'of %s %s: %s, parts %s',
                  count(*) over (partition by s.delivery, s.n), s.total,
                  lpad(s.org::text, 6, '0'),
                  kpid.period_text(s.span, s.period), s.whole, s.parts),
           format('「%s」が内訳の合計と合わないところが%s件あります。最初は%sで、%sに'
                  '対し内訳の合計は%sです。', coalesce(i.name_ja, s.total),
                  kpid.num_ja(count(*) over (partition by s.delivery, s.n)),
                  kpid.period_ja(s.span, s.period), kpid.num_ja(s.whole),
                  kpid.num_ja(s.parts)),
           'look whether columns moved or a part is new; ''tolerance'' is '
           'for rounded parts'
      from summed s
      left join kpid.indicator i on i.indicator = s.total
     where abs(s.whole - s.parts) > s.tolerance
     order by s.delivery, s.n, s.line, s.col;
end $$;
comment on function kpid.gate_totals(int[]) is
    'gate totals: declared totals that are not the sum of their parts';
