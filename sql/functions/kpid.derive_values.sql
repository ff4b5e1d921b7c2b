create or replace function kpid.derive_values(
    i_event int, i_declared text[])
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
set client_min_messages = warning
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.derive_values(2)
--
--      Computes the values in pg_temp.derive_key as of every event at which
--      an input changed. A value is there when all its inputs are; of months
--      the first input leads, and one that is wanting makes it
--      not_available. Of several populations the newest number counts. The
--      rank of a delivery is joined before the choice, after which the planner
--      expects few rows and would compare each with every delivery.
--
-- Parameters:
--      i_event    - the first event of the change
--      i_declared - computed at that event in any case
--
-- Tables directly manipulated:
--      create - pg_temp.derive_value; status X: there is none
-- ----------------------------------------------------------------------
begin
    drop table if exists pg_temp.derive_value;
    create temp table derive_value on commit drop as
    with point as (
        select distinct s.org, s.series, s.period, s.since as event
          from pg_temp.derive_state s
         where s.since >= i_event
         union
        select k.org, k.series, k.period, i_event
          from pg_temp.derive_key k
          join kpid.series x using (org, series)
         where x.indicator = any (i_declared)
    ), ranked as (
        select d.delivery,
               row_number() over (order by d.vintage_at, d.fetched_at,
                                           d.rank_no) as rank
          from kpid.delivery d
         where d.delivery in (select s.delivery from pg_temp.derive_state s)
    ), used as (
        select p.*, s.n, s.delivery, s.status, s.value, s.kind, s.inputs,
               s.factor, s.decimals, s.sign, r.rank,
               case when s.kind in ('per_population', 'monthly_of')
                    then row_number() over (
                         partition by p.org, p.series, p.period, p.event, s.n
                         order by s.value is null, s.input_span = 'D',
                                  kpid.period_last(s.input_span,
                                                   s.input_period) desc,
                                  s.input_period desc, s.since desc)
                    else 1 end as choice
          from point p
          left join pg_temp.derive_state s
               on s.org = p.org and s.series = p.series
              and s.period = p.period and s.since <= p.event
              and s.until > p.event and s.status <> 'X'
          left join ranked r on r.delivery = s.delivery
    ), summed as (
        select u.org, u.series, u.period, u.event, min(u.kind) as kind,
               max(u.rank) as rank,
               max(kpid.derived_weakness(u.status)) as weakest,
               count(u.n) as present, count(*) filter (where u.n = 1) as own,
               min(u.inputs) as inputs, sum(u.sign * u.value) as total,
               min(u.value) filter (where u.n = 1) as over,
               min(u.value) filter (where u.n = 2) as under,
               min(u.factor) as factor, min(u.decimals) as decimals
          from used u
         where u.choice = 1
         group by u.org, u.series, u.period, u.event
    )
    select z.org, z.series, z.period, z.event,
           case when m.status <> 'X' then r.delivery end as delivery,
           m.status,
           kpid.derived_number(z.kind, m.status, z.total, z.over, z.under,
                               z.factor, z.decimals) as value
      from summed z
     cross join lateral (
           select kpid.derived_status(
                      z.kind,
                      kpid.derived_needs(z.kind, z.inputs, z.period),
                      z.present, z.own, z.weakest, z.under) as status) m
      left join ranked r using (rank);
    analyze pg_temp.derive_value;
end $$;
comment on function kpid.derive_values(int, text[]) is
    'computes values as of every event at which an input changed';
