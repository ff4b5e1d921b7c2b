-- ----------------------------------------------------------------------
-- What a target is heading for.
--
-- kpid.prospect is the forecast of one target at one period. kpid.history is
-- what a series says about its target, this year and before, as arrays that
-- the methods of forecasting unnest; kpid.shape is what was learned from it.
-- Distribution (Citus): pace_weight is a reference table.
-- ----------------------------------------------------------------------
create type kpid.prospect as (
    org int, target text, fiscal_year int, version int, t date,
    value numeric,               -- expected at the due date
    low numeric, high numeric,   -- four times of five it ends between them
    probability numeric,         -- that the target is reached
    method text,
    error numeric                -- its mean error on the series' own past
);

create type kpid.history as (
    org int, target text, fiscal_year int, version int, series int,
    year int[],                  -- 0 the year judged, -1 the year before ..
    pos int[],                   -- place in the year, for comparing years
    t date[],                    -- last days of the periods, in order
    y float8[],                  -- the aggregate from the year's start to t
    final boolean[], broken boolean[]
);

create type kpid.shape as (
    method text,                 -- seasonal, last_year, run_rate, declared
    pos int[],
    w float8[],                  -- each step's share of the year
    blur float8[],               -- relative variance of w: the things it rests on
    error float8[],              -- mean error of the method at this place
    scatter float8,              -- squares of what past years were off their shares,
    basis float8                 -- and of what they would have been by them
);

-- How much each month of a year without a known shape says about the months
-- to come. A month's share is off by about 55 % (variance 0.3), months that
-- follow each other resemble (0.7 a month), the twelve shares sum to one, the
-- year's level is within about a quarter of the target (variance 1/20), and a
-- month of n things varies by 1/n. Of such a year the table holds the best
-- linear guess: what is to come, in average months, is (12 - months) + the sum
-- of weight x (month's value / average month - 1), with that variance.
create table kpid.pace_weight (
    size     int   not null,
    months   int   not null,
    month    int   not null,
    weight   float8 not null,
    variance float8 not null,

    constraint pace_weight_pkey primary key (size, months, month)
);
comment on table kpid.pace_weight is
    'months of a year of unknown shape: what they say about the months to come';
comment on column kpid.pace_weight.size is
    'power of two: things in an average month; 20 for amounts, which do not scatter by counting';
comment on column kpid.pace_weight.months is 'months known';
comment on column kpid.pace_weight.month is 'the month weighed, 1 the first of the year';
comment on column kpid.pace_weight.variance is 'of what is to come, in average months squared';

do $$
declare
    k_shape    constant float8 := 0.3;
    k_resemble constant float8 := 0.7;
    k_level    constant float8 := 1.0 / 20;
    l_raw      float8[];        -- covariance of the shares, not yet summing to one
    l_row      float8[];
    l_sum      float8;
    l_cov      float8[];
    l_say      float8[];        -- what each month is guessed from the months known
    l_gain     float8[];
    l_size     int;
    m          int;
begin
    -- row-wise: element (i, j) of a 12 x 12 matrix stands at 12 i + j - 12
    l_raw := array(select k_shape * k_resemble ^ abs(i - j)
                     from generate_series(1, 12) i, generate_series(1, 12) j order by i, j);
    l_row := array(select sum(l_raw[12 * i + j - 12])
                     from generate_series(1, 12) i, generate_series(1, 12) j group by i order by i);
    l_sum := (select sum(x) from unnest(l_row) x);
    foreach l_size in array '{-2,-1,0,1,2,3,4,5,6,7,8,9,10,20}'::int[] loop
        l_cov := array(select l_raw[12 * i + j - 12] - l_row[i] * l_row[j] / l_sum
                            + k_level * (1 + l_raw[12 * i + j - 12])
                         from generate_series(1, 12) i, generate_series(1, 12) j order by i, j);
        l_say := array_fill(0::float8, '{144}');
        for m in 1..11 loop
            l_gain := array(select l_cov[12 * i + m - 12]
                                 / (l_cov[13 * m - 12] + 2.0 ^ (- l_size))
                              from generate_series(1, 12) i order by i);
            l_say := array(select l_say[12 * i + j - 12]
                                + l_gain[i] * ((j = m)::int - l_say[12 * m + j - 12])
                             from generate_series(1, 12) i, generate_series(1, 12) j order by i, j);
            l_cov := array(select l_cov[12 * i + j - 12] - l_gain[i] * l_cov[12 * m + j - 12]
                             from generate_series(1, 12) i, generate_series(1, 12) j order by i, j);
            insert into kpid.pace_weight (size, months, month, weight, variance)
            select l_size, m, j, sum(l_say[12 * i + j - 12]),
                   (select sum(l_cov[12 * a + b - 12])
                      from generate_series(m + 1, 12) a, generate_series(m + 1, 12) b)
              from generate_series(m + 1, 12) i, generate_series(1, m) j
             group by j;
        end loop;
    end loop;
end;
$$;
