create or replace function kpid.gate_values(i_deliveries int[])
returns table (delivery int, kind text, line int, col int, text text,
               text_ja text, suggestion text)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.gate_values(1)
--
--      unit_slip: the median of an indicator's numbers against what is
--      served (or, but for running totals, the previous period) is within 5 %
--      of 100, 1000, 10000, 10^6 or 10^8, or of their inverse; three or more.
--      jump: against both its own served value and all of the series' last
--      periods a number is larger or smaller by the declared factor: one in
--      twenty of them; or half of five or more by its square root; or a
--      single one by ten times that, where it is no flow of a new period.
--      Numbers of a few units do not count: 1 to 100 visitors is no jump.
--      A correction that leads back to the series' own size is none either.
--
-- Parameters:
--      i_deliveries - staged, counted by kpid.gate_shape
--
-- Returns:
--      one finding for each delivery that it holds, with the
--      farthest number as its example; one for each indicator that slipped
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
with probe as materialized (
    select p.*,
           case when p.served is not null then p.value / p.served
                when p.measure <> 'flow_ytd' then p.value / p.before
           end as ratio,
           -- how far off it is, whichever way: the less of two answers
           least(case when p.served is not null
                      then greatest(abs(p.value / p.served),
                                    abs(p.served / p.value)) end,
                 case when p.high is not null
                      then greatest(abs(p.value) / p.high,
                                    p.low / abs(p.value))
                      when p.before is not null then 1 end) as factor,
           least(abs(p.value),
                 coalesce(abs(p.served),
                          case when abs(p.value) > p.high then p.high
                               else coalesce(p.low, abs(p.before)) end))
           < p.smallest as small
      from (select q.*, nullif(q.own, 0) as served
              from kpid.gate_probe(i_deliveries) q) p
     where p.value <> 0
-- by indicator: one column of a table may turn to thousands
), slip as (
    select m.*, 10 ^ m.digits as factor
      from (select p.delivery, p.indicator, count(*) as n,
                   min(p.line) as line,
                   percentile_cont(0.5) within group (
                       order by p.ratio::float8) as median
              from probe p
             where p.ratio > 0
               and greatest(abs(p.value), abs(p.value / p.ratio))
                   >= 10 * p.smallest
             group by p.delivery, p.indicator
            having count(*) >= 3) q
     cross join lateral (
           select q.*, round(log(q.median))::int as digits) m
     where m.digits in (-8, -6, -4, -3, -2, 2, 3, 4, 6, 8)
       and abs(m.median / 10::float8 ^ m.digits - 1) <= 0.05
-- how many are far off
), jumped as (
    select s.delivery, s.jump, count(*) as n,
           count(*) filter (where p.factor >= s.jump) as far,
           count(*) filter (where p.factor >= sqrt(s.jump)) as half,
           count(*) filter (where p.factor >= s.jump * 10
                              and (p.served is not null
                                   or p.measure in ('stock', 'ratio')))
           as very_far
      from pg_temp.gated s
      join probe p using (delivery)
     where not p.small
       and p.factor is not null
     group by s.delivery, s.jump
-- of those that are held, the number to begin with
), worst as (
    select distinct on (p.delivery) j.n, j.half, p.*,
           coalesce(p.served, p.before) as was
      from jumped j
      join probe p using (delivery)
     where (j.far >= greatest(1, j.n * 0.05)
            or j.half >= greatest(5, j.n * 0.5) or j.very_far > 0)
       and not p.small
       and p.factor is not null
     order by p.delivery, p.factor desc, p.line, p.col
)
select s.delivery, 'unit_slip', s.line, 0,
       format('the numbers of ''%s'' are %s times what they were (median of '
              '%s: %s)', s.indicator,
              case when s.digits > 0 then s.factor::text
                   else '1/' || round(1 / s.factor) end,
              s.n, round(s.median::numeric, greatest(1, 1 - s.digits))),
       format('「%s」の数値が、これまでの%s倍になっています（%s件の中央値）。単位が'
              '変わった可能性があります。', i.name_ja,
              case when s.digits > 0 then kpid.num_ja(s.factor::numeric)
                   else kpid.num_ja(round(1 / s.factor)::numeric) || '分の1'
              end, s.n),
       'look at the unit the source states; give ''unit'' of the value, if '
       'it changed'
  from slip s
  join kpid.indicator i using (indicator)
  join pg_temp.gated g using (delivery)
 where g.unit_slip
 union all
select w.delivery, 'jump', w.line, w.col,
       format('%s of %s numbers are far from what they were, the farthest '
              '''%s'' of %s %s: %s, before %s', w.half, w.n, w.indicator,
              lpad(w.org::text, 6, '0'), kpid.period_text(w.span, w.period),
              w.value, w.was),
       format('比べられる数値%s件のうち%s件が、これまでと桁違いです。最も離れているのは'
              '「%s」%sの%sです（これまでは%s）。', kpid.num_ja(w.n),
              kpid.num_ja(w.half), i.name_ja,
              kpid.period_ja(w.span, w.period), kpid.num_ja(w.value),
              kpid.num_ja(w.was)),
       'look whether columns moved or a decimal point is lost'
  from worst w
  join kpid.indicator i using (indicator)
 -- a unit that slipped explains them
 where not exists (select from slip s
                     join pg_temp.gated g using (delivery)
                    where s.delivery = w.delivery and g.unit_slip);
$$;
comment on function kpid.gate_values(int[]) is
    'gates unit_slip and jump: numbers against those that are served';
