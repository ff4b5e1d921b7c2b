create or replace function kpid.derived_publication(i_org int, i_series int)
returns table (period date, vintage_at timestamptz, hidden_at timestamptz,
               delivery int, event int, status "char", value numeric)
language plpgsql
stable
rows 100
security definer
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.derived_publication(2)
--
--      The true history of a computed series: today's formula over what its
--      inputs had said at every instant when one of them was published or
--      withdrawn. Stored rows cannot tell it: a backfill rebuilds it.
--      Security definer: a view of kpi asks it as whoever reads the view.
--
-- Parameters:
--      i_org, i_series - a computed series
--
-- Returns:
--      rows of kpi.publication; vintage_at is the instant from which it could
--      be computed so, hidden_at the one from which an input was withdrawn
-- ----------------------------------------------------------------------
#variable_conflict use_column
declare
    l_inputs int[];
    l_codes  text[];
begin
    select array_agg(w.input), array_agg(w.input_indicator)
      into l_inputs, l_codes
      from kpid.derived_wires() w
     where w.org = i_org and w.series = i_series and w.until is null;
    return query
    with wire as materialized (
        select w.* from kpid.derived_wires() w
         where w.org = i_org and w.series = i_series and w.until is null
    ), said as materialized (
        select p.series, p.period_start, p.period_end, p.vintage_at,
               p.fetched_at, p.rank_no, p.hidden_at, p.delivery, p.event,
               p.value, d.vintage_at as source_at,
               case when p.missing = 'error' then 'e'
                    else p.status end::"char" as mark
          from kpi.publication p
          join kpid.delivery d on d.delivery = p.delivery
         where p.org = lpad(i_org::text, 6, '0')
           and p.indicator = any (l_codes) and p.series = any (l_inputs)
    ), state as materialized (
        select k.period, w.n, w.kind, w.inputs, w.factor, w.decimals, w.sign,
               w.input_span, p.series, p.period_start, p.period_end,
               p.vintage_at, p.fetched_at, p.rank_no, p.hidden_at,
               p.delivery, p.event, p.mark, p.value, p.source_at
          from (select distinct kpid.derived_period(w.kind, p.period_start)
                                as period
                  from wire w
                  join said p on p.series = w.input
                 where w.n = 1) k
         cross join wire w
          join said p
               on p.series = w.input
              and p.period_start >= kpid.derived_first(
                      w.kind, w.n, w.span, k.period, w.input_span)
              and p.period_start <= kpid.derived_last(
                      w.kind, w.n, w.span, k.period, w.input_span)
    ), point as (
        select s.period, s.vintage_at as at from state s
         union
        select s.period, s.hidden_at from state s
         where s.hidden_at is not null
    ), newest as (
        select distinct on (t.period, t.at, s.n, s.series, s.period_start)
               t.at, s.*
          from point t
          join state s
               on s.period = t.period and s.vintage_at <= t.at
              and coalesce(s.hidden_at > t.at, true)
         order by t.period, t.at, s.n, s.series, s.period_start,
                  s.vintage_at desc, s.fetched_at desc, s.rank_no desc
    ), used as (
        select w.*, row_number() over (
                   partition by w.period, w.at
                   order by w.source_at desc, w.fetched_at desc,
                            w.rank_no desc) as place
          from (select n.*,
                       case when n.kind in ('per_population', 'monthly_of')
                            then row_number() over (
                                 partition by n.period, n.at, n.n
                                 order by n.value is null,
                                          n.input_span = 'D',
                                          n.period_end desc,
                                          n.period_start desc)
                            else 1 end as choice
                  from newest n) w
         where w.choice = 1
    ), told as (
        select t.period, t.at, m.status, z.delivery, z.event,
               kpid.derived_number(z.kind, m.status, z.total, z.over,
                                   z.under, z.factor, z.decimals) as value
          from point t
          left join (
               select u.period, u.at, min(u.kind) as kind,
                      min(u.delivery) filter (where u.place = 1) as delivery,
                      max(u.event) as event, count(*) as present,
                      count(*) filter (where u.n = 1) as own,
                      max(kpid.derived_weakness(u.mark)) as weakest,
                      min(u.inputs) as inputs, sum(u.sign * u.value) as total,
                      min(u.value) filter (where u.n = 1) as over,
                      min(u.value) filter (where u.n = 2) as under,
                      min(u.factor) as factor, min(u.decimals) as decimals
                 from used u
                group by u.period, u.at) z using (period, at)
         cross join lateral (
               select coalesce(kpid.derived_status(
                          z.kind,
                          kpid.derived_needs(z.kind, z.inputs, t.period),
                          z.present, z.own, z.weakest, z.under),
                          'X') as status) m
    ), chained as (
        select t.*,
               min(t.at) filter (where t.status = 'X') over (
                   partition by t.period order by t.at
                   rows between 1 following and unbounded following)
                   as hidden,
               (t.status, t.value, t.delivery)
               is not distinct from (lag(t.status) over k,
                                     lag(t.value) over k,
                                     lag(t.delivery) over k) as same
          from told t
        window k as (partition by t.period order by t.at)
    )
    select c.period, c.at, c.hidden, c.delivery, c.event, c.status, c.value
      from chained c
     where c.status <> 'X' and not c.same;
end $$;
comment on function kpid.derived_publication(int, int) is
    'the true history of a computed series';
