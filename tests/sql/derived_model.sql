-- Computed values against the plain meaning: at every event, and at every
-- publishing instant, they are the formula over what the inputs were then.
-- Random histories of late files, batches, withdrawals, retractions, replays
-- and changed definitions.
begin;
create extension if not exists pgtap with schema public;
set local search_path = public, pg_catalog;
set local client_min_messages = warning;
set local check_function_bodies = off;   -- they name tables made later
select no_plan();

create function pg_temp.declare(i_ratio text[]) returns void language sql as $$
    select kpid.config_sync(jsonb_build_object(
        'feeds', '[{"feed": "one"}, {"feed": "two"},
                   {"feed": "all", "absent": "withdraw"}]'::jsonb,
        'indicators', '[
         {"indicator": "a", "unit": "人", "measure": "flow"},
         {"indicator": "b", "unit": "人", "measure": "flow"},
         {"indicator": "total", "unit": "人", "measure": "flow_ytd"},
         {"indicator": "people", "unit": "人", "measure": "stock"},
         {"indicator": "both", "unit": "人", "measure": "flow",
          "derived": {"kind": "sum", "inputs": ["a", "b"]}},
         {"indicator": "less", "unit": "人", "measure": "flow",
          "derived": {"kind": "difference", "inputs": ["a", "b"]}},
         {"indicator": "rate", "unit": "人", "measure": "ratio", "decimals": 2,
          "derived": {"kind": "per_population", "inputs": ["a", "people"],
                      "per": 1000}},
         {"indicator": "month", "unit": "人", "measure": "flow",
          "derived": {"kind": "monthly_of", "inputs": ["total"]}},
         {"indicator": "again", "unit": "人", "measure": "flow_ytd",
          "derived": {"kind": "ytd_of", "inputs": ["month"]}},
         {"indicator": "sofar", "unit": "人", "measure": "flow_ytd",
          "derived": {"kind": "ytd_of", "inputs": ["a"]}}]'::jsonb
        || case when i_ratio is null then '[]' else jsonb_build_array(
            jsonb_build_object('indicator', 'share', 'unit', '%',
                'measure', 'ratio', 'decimals', 1, 'derived',
                jsonb_build_object('kind', 'ratio', 'inputs', i_ratio)))
           end));
$$;

-- One delivery with a random part of a random series.
create function pg_temp.give(i_feed text, i_hour int) returns int
language plpgsql as $$
declare
    l_id int;
begin
    l_id := kpid.receive(
        i_feed, sha256(random()::text::bytea), '\x01', 'test', 1,
        timestamptz '2025-01-01 00:00Z' + i_hour * interval '1 hour',
        case when random() < 0.5 then timestamptz '2024-12-01 00:00Z'
             + (random() * 900)::int * interval '1 hour' end, false);
    insert into pg_temp.staged_series
    values (l_id, 0, 202037, 'a', 'M', 'M', '{}'),
           (l_id, 1, 202037, 'b', 'M', 'M', '{}'),
           (l_id, 2, 202037, 'total', 'M', 'M', '{}'),
           (l_id, 3, 202037, 'people', 'A', 'D', '{}'),
           (l_id, 4, 202037, 'people', 'M', 'M', '{}'),
           (l_id, 5, 202037, 'total', 'M', 'D', '{}'),
           (l_id, 6, 202037, 'a', 'M', 'M', '{"sex": "f"}'),
           (l_id, 7, 202037, 'b', 'M', 'M', '{"sex": "f"}');
    insert into pg_temp.staged
    select l_id, r.s, r.period, row_number() over (), 2,
           case when r.dice < 0.1 then substr('MQLOe', 1 + floor(r.which * 5)::int, 1)
                when r.dice < 0.4 then substr('PEB', 1 + floor(r.which * 3)::int, 1)
                else 'A' end::"char",
           case when r.dice >= 0.1 then (r.which * 5)::int + r.s % 2 * 0.5 end
      from (select s.s,
                   case when s.s = 3 then make_date(2021 + (i.n / 3), 10, 1)
                        when s.s = 5 then (make_date(2024, 2, 1)
                             + make_interval(months => i.n))::date - 1
                        else (make_date(2024, 1, 1)
                             + make_interval(months => i.n))::date end as period,
                   random() as dice, random() as which
              from generate_series(0, 7) s
             cross join generate_series(0, 8) i (n)
             where random() < 0.25 and (s.s <> 3 or i.n % 3 = 0)) r;
    return l_id;
end $$;

create function pg_temp.step(i_hour int) returns void language plpgsql as $$
declare
    l_dice numeric := random();
    l_ids  int[];
    l_id   int;
    l_feed text := (array['one', 'two', 'two', 'all'])[1 + floor(random() * 4)::int];
begin
    if l_dice < 0.15 then
        select d.delivery into l_id from kpid.delivery d
         where d.loaded is not null and d.retracted is null
         order by random() limit 1;
        if l_id is not null then
            perform kpid.retract(l_id, 'me', 'test');
        end if;
        return;
    end if;
    if l_dice < 0.22 then
        perform pg_temp.declare((array['{a,b}', '{both,b}', '{less,a}',
                                       null])[1 + floor(random() * 4)::int]::text[]);
        return;
    end if;
    perform kpid.stage_begin();
    for i in 1 .. case when l_dice < 0.4 then 3 else 1 end loop
        l_ids := l_ids || pg_temp.give(l_feed, i_hour + i);
    end loop;
    if l_dice > 0.9 then
        update kpid.delivery d
           set replaces = o.delivery, rank_no = o.rank_no,
               vintage_at = o.vintage_at, fetched_at = o.fetched_at
          from (select x.* from kpid.delivery x
                  join kpid.feed f using (feed_id)
                 where x.loaded is not null and x.replaces is null
                   and f.feed = l_feed
                 order by random() limit 1) o
         where d.delivery = l_ids[1];
    end if;
    perform kpid.merge(l_ids, true);
end $$;

-- The plain meaning, over a snapshot. One key of one definition at a time.
create temp table snap (indicator text, span text, dims jsonb, period date,
                        status text, value numeric, delivery int);
create function pg_temp.one(i_indicator text, i_dims jsonb, i_month date)
returns pg_temp.snap language plpgsql as $$
begin
    return (select s from pg_temp.snap s
             where s.indicator = i_indicator and s.period = i_month
               and s.dims = i_dims and s.span = 'M');
end $$;
create function pg_temp.running(i_indicator text, i_dims jsonb, i_month date)
returns pg_temp.snap language plpgsql as $$
begin
    return (select s from pg_temp.snap s
             where s.indicator = i_indicator and s.dims = i_dims
               and (s.span = 'M' and s.period = i_month
                    or s.span = 'D' and s.period
                       = i_month + interval '1 month - 1 day')
             order by s.value is null, s.span = 'D' limit 1);
end $$;
create function pg_temp.people(i_indicator text, i_month date)
returns pg_temp.snap language plpgsql as $$
begin
    return (select s from pg_temp.snap s
             cross join lateral (
                   select case s.span when 'M'
                          then (s.period + interval '1 month - 1 day')::date
                          else s.period end as ends) e
             where s.indicator = i_indicator and s.dims = '{}'
               and e.ends < i_month + interval '1 month'
               and e.ends >= i_month - interval '23 months'
             order by s.value is null, s.span = 'D', e.ends desc limit 1);
end $$;
create function pg_temp.naive(g kpid.derivation, i_dims jsonb, i_month date)
returns text language plpgsql as $$
declare
    l_in    pg_temp.snap[] := '{}';
    l_own   pg_temp.snap;
    l_other pg_temp.snap;
    l_whole boolean := true;
    l_word  text;
    l_sum   numeric := 0;
    l_under numeric;
begin
    l_own := case when g.kind = 'monthly_of'
                  then pg_temp.running(g.inputs[1], i_dims, i_month)
                  else pg_temp.one(g.inputs[1], i_dims, i_month) end;
    if l_own.status is null then
        return null;
    end if;
    l_in := array[l_own];
    l_sum := l_own.value;
    if g.kind in ('ratio', 'sum', 'difference', 'per_population') then
        l_other := case when g.kind = 'per_population'
                        then pg_temp.people(g.inputs[2], i_month)
                        else pg_temp.one(g.inputs[2], i_dims, i_month) end;
        if l_other.status is null then
            return null;
        end if;
        l_in := l_in || l_other;
        l_under := l_other.value;
        l_sum := l_sum + case g.kind when 'difference' then -1 else 1 end
                         * l_other.value;
    elsif g.kind = 'monthly_of' and extract(month from i_month) <> 4 then
        l_other := pg_temp.running(g.inputs[1], i_dims,
                                   (i_month - interval '1 month')::date);
        l_whole := l_other.status is not null;
        l_sum := l_sum - l_other.value;
        if l_whole then
            l_in := l_in || l_other;
        end if;
    elsif g.kind = 'ytd_of' then
        while extract(month from i_month) <> 4 loop
            i_month := (i_month - interval '1 month')::date;
            l_other := pg_temp.one(g.inputs[1], i_dims, i_month);
            l_whole := l_whole and l_other.status is not null;
            l_sum := l_sum + l_other.value;
            if l_other.status is not null then
                l_in := l_in || l_other;
            end if;
        end loop;
    end if;
    foreach l_word in array array['e', 'Q', 'L', 'O', 'M'] loop
        if l_word = 'O' and not l_whole
           or exists (select from unnest(l_in) i where i.status = l_word) then
            return l_word;
        end if;
    end loop;
    if g.kind in ('ratio', 'per_population') then
        if l_under = 0 then
            return 'M';
        end if;
        l_sum := round(l_own.value * g.factor / l_under, g.decimals);
    end if;
    foreach l_word in array array['E', 'P', 'B', 'A'] loop
        if exists (select from unnest(l_in) i where i.status = l_word) then
            exit;
        end if;
    end loop;
    return l_word || trim_scale(l_sum) || ' '
           || (select d.delivery from unnest(l_in) i
                 join kpid.delivery d using (delivery)
                order by d.vintage_at desc, d.fetched_at desc, d.rank_no desc
                limit 1);
end $$;
-- What is wrong with the computed values of the snapshot, by definitions of
-- an event.
create function pg_temp.wrong(i_event int, i_when text) returns setof text
language sql as $$
    select format('%s %s %s %s: %s, not %s', i_when, g.indicator, s.dims,
                  m.month, s.said, n.said)
      from kpid.derivation g
     cross join (values ('{}'::jsonb), ('{"sex": "f"}')) k (dims)
     cross join lateral (
           select t::date as month
             from generate_series('2024-01-01'::timestamp, '2024-12-01',
                                  '1 month') t) m
      left join lateral (
           select x.dims, x.status || case when x.value is null then ''
                  else trim_scale(x.value) || ' ' || x.delivery end as said
             from pg_temp.snap x
            where x.indicator = g.indicator and x.dims = k.dims
              and x.period = m.month) s on true
     cross join lateral (
           select pg_temp.naive(g, k.dims, m.month) as said) n
     where g.since <= i_event and coalesce(g.until > i_event, true)
       and s.said is distinct from n.said;
$$;

select setseed(0.2024);
select pg_temp.declare('{a,b}');
select pg_temp.step(n * 10) from generate_series(1, 12) n;

create function pg_temp.all_wrong() returns setof text language plpgsql as $$
declare
    l_event int;
begin
    for l_event in select e.event from kpid.event e order by 1 loop
        truncate pg_temp.snap;
        insert into pg_temp.snap
        select s.indicator, s.span, s.dims, o.period, o.status::text, o.value,
               o.delivery
          from kpid.as_of_event(l_event) o
          join kpid.series s using (org, series);
        return query select pg_temp.wrong(l_event, 'event ' || l_event);
    end loop;
end $$;
create function pg_temp.all_published() returns setof text
language plpgsql as $$
declare
    l_at timestamptz;
begin
    for l_at in select distinct d.vintage_at from kpid.delivery d order by 1 loop
        truncate pg_temp.snap;
        insert into pg_temp.snap
        select v.indicator, v.span, v.dims, v.period_start,
               case when v.missing = 'error' then 'e' else v.status end,
               v.value, v.delivery
          from kpi.as_published(l_at) v;
        return query select pg_temp.wrong(2147483646, 'by ' || l_at);
    end loop;
end $$;
select is_empty('select pg_temp.all_wrong()',
    'at every event a computed value is the formula over its inputs');
select is_empty('select pg_temp.all_published()',
    'at every instant a computed value is the formula over what was published');
select cmp_ok((select count(*) from kpid.superseded h
                 join kpid.series s using (org, series) where s.derived),
    '>', 100::bigint, 'there was something to compare');
select is_empty($$
    select s.indicator, v.event from kpi.observation_vintage v
      join kpid.series s using (series)
      join kpid.event e on e.event = v.event
     where s.derived and not exists (
           select from kpid.derivation g where g.indicator = s.indicator
              and g.since <= v.event and coalesce(g.until > v.event, true))$$,
    'no value came while nothing was declared');
select is_empty($$
    select from kpid.superseded a join kpid.superseded b
        on (a.org, a.series, a.period) = (b.org, b.series, b.period)
       and a.since < b.until and b.since < a.until and a.since < b.since
      join kpid.series s on s.series = a.series
     where s.derived$$, 'no two states of a value at one event');
select finish();
rollback;
