create or replace function kpid.gate_ratio(i_deliveries int[])
returns table (delivery int, kind text, line int, col int, text text,
               text_ja text, suggestion text)
language plpgsql
stable
set search_path = pg_catalog, pg_temp
set enable_nestloop = off     -- staged tables have no statistics yet
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.gate_ratio(1)
--
--      ratio_above: a percentage above the declared 100 in a series that
--      has numbers, none of them above it. Ratios that may pass 100
--      (growth, rates of achievement) are held once at most.
--
-- Parameters:
--      i_deliveries - staged
--
-- Returns:
--      one finding for each delivery that it holds, with the highest as its example
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
begin
    if not exists (select from pg_temp.gated s
                     join pg_temp.staged_series r using (delivery)
                     join kpid.indicator i using (indicator)
                    where s.ratio_max is not null and s.last is not null
                      and i.measure = 'ratio' and i.unit in ('%', '％')) then
        return;
    end if;
    return query
    -- few rows, nearly always none
    with above as materialized (
        select s.ratio_max, t.delivery, t.series, t.period, t.line, t.col,
               t.value, r.org, r.indicator, r.frequency, r.span, r.dims,
               i.name_ja
          from pg_temp.gated s
          join pg_temp.staged_series r using (delivery)
          join kpid.indicator i using (indicator)
          join pg_temp.staged t
               on t.delivery = r.delivery and t.series = r.ordinal
         where s.last is not null
           and i.measure = 'ratio' and i.unit in ('%', '％')
           and t.value > s.ratio_max
           and t.value > (select min(m.ratio_max)    -- before joining
                            from pg_temp.gated m)
    -- a series of which nothing is served proves nothing
    ), never as materialized (
        select a.delivery, a.series
          from (select distinct on (b.delivery, b.series) b.*
                  from above b
                 order by b.delivery, b.series) a
         cross join lateral (
               select e.org, e.series
                 from kpid.series e
                where (e.org, e.indicator, e.frequency, e.span, e.dims)
                      = (a.org, a.indicator, a.frequency, a.span, a.dims)
                limit 1) x
         cross join lateral (
               select max(o.value) as highest
                 from kpid.observation o
                where o.org = x.org
                  and o.series = x.series) h
         where h.highest <= a.ratio_max
    )
    select distinct on (a.delivery) a.delivery, 'ratio_above', a.line, a.col,
           format('%s percentages are above %s in series that never were, '
                  'the highest ''%s'' of %s %s: %s',
                  count(*) over (partition by a.delivery), a.ratio_max,
                  a.indicator, lpad(a.org::text, 6, '0'),
                  kpid.period_text(a.span, a.period), a.value),
           format('これまで%s%%を超えたことのない割合のうち%s件が%s%%を超えています。'
                  '最も大きいのは「%s」%sの%s%%です。', a.ratio_max,
                  kpid.num_ja(count(*) over (partition by a.delivery)),
                  a.ratio_max, a.name_ja, kpid.period_ja(a.span, a.period),
                  kpid.num_ja(a.value)),
           'look whether a decimal point is lost; say "ratio_max": false in '
           '''gates'' where more than 100 % means something'
      from above a
      join never n using (delivery, series)
     order by a.delivery, a.value desc, a.line, a.col;
end $$;
comment on function kpid.gate_ratio(int[]) is
    'gate ratio_above: percentages that never were above 100';
