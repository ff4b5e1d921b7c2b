-- ----------------------------------------------------------------------
-- 120 months of deliveries, one after the other; run by fill.sql.
-- ----------------------------------------------------------------------
-- The series with what its statements need.
create temp table shape as
select s.org, s.series, s.span, i.measure, p.n,
       s.indicator = 'kpi_30' as town,
       (row_number() over (order by s.org, s.series))::int + 1 as line
  from kpid.series s
  join place p using (org)
  join kpid.indicator i using (indicator);
analyze shape;

create function pg_temp.stated(series int, measure text, m int)
returns numeric language sql immutable
return case when (series * 31 + m * 17) % 97 = 0 then null
       when measure = 'flow' then 100 + (series * 7919 + m * 1047) % 997
       when measure = 'stock' then 20000 + (series * 7919) % 90000 + m * 11
       when measure = 'ratio' then 30.0 + ((series * 79 + m * 3) % 500) / 10.0
       else (m % 12 + 1) * (20 + series % 50) end;

create procedure pg_temp.load(m int, places int)
language plpgsql as $$
declare
    l_month date := date '2015-04-01' + make_interval(months => m);
    l_before date := l_month - interval '1 month';
begin
    -- what it revises of the month before
    create temp table revised on commit drop as
    select x.org, x.series, x.line, x.delivery,
           case x.span when 'M' then l_before else l_month - 1 end as period,
           pg_temp.stated(x.series, x.measure, m - 1) + 1 as value
      from (select h.*, m * (places + 1) + case when town then n
                                           else places + 1 end as delivery
              from pg_temp.shape h) x
     where m > 0 and (x.series * 13 + m * 29) % 20 = 0
       and pg_temp.stated(x.series, x.measure, m - 1) is not null;
    analyze pg_temp.revised;
    perform set_config('enable_hashjoin', 'off', true),
            set_config('enable_mergejoin', 'off', true);
    insert into kpid.superseded
    select o.org, o.series, o.period, o.since, r.delivery, o.delivery, o.line,
           o.col, o.status, o.value
      from pg_temp.revised r
      join kpid.observation o using (org, series, period);
    update kpid.observation o
       set since = r.delivery, delivery = r.delivery, line = r.line,
           value = r.value
      from pg_temp.revised r
     where (o.org, o.series, o.period) = (r.org, r.series, r.period);
    perform set_config('enable_hashjoin', 'on', true);

    insert into kpid.confirmed
    select x.org, x.delivery, 0, array_agg(x.series order by x.series),
           array_agg(x.period order by x.series),
           array_agg(x.line order by x.series),
           array_agg(5 order by x.series)
      from (select h.org, h.series, h.line,
                   m * (places + 1) + case when h.town then h.n
                                      else places + 1 end as delivery,
                   case h.span when 'M' then l_before
                               else l_month - 1 end as period
              from pg_temp.shape h
              left join pg_temp.revised r using (org, series)
             where m > 0 and r.series is null) x
     group by x.org, x.delivery;

    insert into kpid.observation
    select x.org, x.series,
           case x.span when 'M' then l_month
                else (l_month + interval '1 month')::date - 1 end,
           x.delivery, x.delivery, x.line, 5,
           case when x.value is null then 'O' else 'A' end, x.value
      from (select h.*, pg_temp.stated(h.series, h.measure, m) as value,
                   m * (places + 1) + case when town then n
                                      else places + 1 end as delivery
              from pg_temp.shape h) x
     order by x.org, x.series;
end $$;

do $$
declare
    l_places int := (select count(*) from pg_temp.place);
begin
    for m in 0 .. 119 loop
        call pg_temp.load(m, l_places);
        commit;
    end loop;
end $$;

-- Their periods as text.
insert into kpid.period (span, first, period, period_ja, last)
select x.span, x.first, kpid.period_text(x.span, x.first),
       kpid.period_ja(x.span, x.first), kpid.period_last(x.span, x.first)
  from (select s.span, case s.span when 'M' then d.day::date
               else (d.day + interval '1 month')::date - 1 end as first
          from (values ('M'), ('D')) s (span)
         cross join generate_series(timestamp '2015-04-01', '2025-03-01',
                                    '1 month') d (day)) x;

-- Counts of the deliveries, and what the next ones are held against.
update kpid.delivery d
   set inserted = c.stated, revised = c.revised, unchanged = c.confirmed,
       read = c.stated + c.revised + c.confirmed
  from (select x.delivery, sum(x.stated) as stated,
               sum(x.revised) as revised, sum(x.confirmed) as confirmed
          from (select o.delivery, 1 as stated, 0 as revised, 0 as confirmed
                  from kpid.observation o where o.since = o.delivery
                 union all
                -- a revised row was stated by an earlier delivery
                select h.delivery, 1, 0, 0 from kpid.superseded h
                 union all
                select h.until, -1, 1, 0 from kpid.superseded h
                 union all
                select c.delivery, 0, 0, cardinality(c.series)
                  from kpid.confirmed c) x
         group by x.delivery) c
 where d.delivery = c.delivery;
insert into kpid.delivery_shape (delivery, period, keys)
select x.delivery, x.period, count(*)
  from (select o.delivery, o.period from kpid.observation o
         union all
        select h.delivery, h.period from kpid.superseded h
         union all
        select c.delivery, p.period
          from kpid.confirmed c cross join lateral unnest(c.period) p (period)
       ) x
 group by x.delivery, x.period;
