-- ----------------------------------------------------------------------
-- By what rules targets are judged, and what the steps of judging hand on.
--
-- Reference tables everywhere; types hold no rows.
-- ----------------------------------------------------------------------
-- How an index becomes a word. pace compares with the path, target with the
-- target itself, baseline with where the year began.
create table kpid.preset (
    preset          text    not null,
    measure         text    not null,
    on_track        numeric not null,
    on_track_strict boolean not null default false,
    watch           numeric not null,
    words           text[]  not null,
    source          text    not null,

    constraint preset_pkey primary key (preset),
    constraint preset_measure_chk check (measure in ('pace', 'target', 'baseline')),
    constraint preset_order_chk check (on_track >= watch)
);
comment on table kpid.preset is 'tolerance rules that cities publish, and ours';
comment on column kpid.preset.words is 'the city''s own words for on_track, watch, off_track';

insert into kpid.preset (preset, measure, on_track, on_track_strict, watch, words, source) values
    ('default',    'pace',     0.95, false, 0.60, '{順調,要注意,遅れ}', 'kpid'),
    ('statcan',    'pace',     0.95, false, 0.60, '{on track,progressing,limited}',
     'Statistics Canada and Open SDG, progress measure 0.95, 0.6, 0'),
    ('tama',       'pace',     1,    false, 0.60, '{着実,概ね,改善や工夫が必要}',
     '多摩市 総合計画の進捗評価 (expydoc.com 10040981)'),
    ('nagayo',     'baseline', 1,    true,  0.90, '{A,B,C}',
     '長与町 総合計画の指標評価 (webtown.nagayo.jp kiji0032107)'),
    ('clearpoint', 'target',   1,    false, 0.90, '{green,yellow,red}',
     'ClearPoint Strategy, support article 12885814');

-- What the rhythm of a series means: how long until the next value, how long
-- it may be late, and how many bad periods open an alert.
create table kpid.pace_of (
    frequency text     not null,
    rank      int      not null,
    step      interval not null,
    grace     interval not null,
    need      int      not null,

    constraint pace_of_pkey primary key (frequency)
);
comment on table kpid.pace_of is 'rhythm of series: the next value, its grace, bad periods that open an alert';

insert into kpid.pace_of (frequency, rank, step, grace, need) values
    ('D',  1, '1 day',    '7 days',  2),
    ('W',  2, '7 days',   '14 days', 2),
    ('M',  3, '1 month',  '45 days', 2),
    ('Q',  4, '3 months', '60 days', 1),
    ('S',  5, '6 months', '60 days', 1),
    ('FY', 6, '1 year',   '90 days', 1),
    ('A',  7, '1 year',   '90 days', 1);

-- What is handed between the steps of judging: one row for each target and
-- period judged. kpid.target_value fills it, the next steps add to it.
create type kpid.reading as (
    org int, target text, fiscal_year int, version int,
    series int, frequency text, span text,
    year int,                    -- 0 the year judged, -1 the year before ..
    pos int,                     -- place in the year, for comparing years
    first date, t date,          -- the period; t is its last day
    y numeric,                   -- the aggregate from the year's start to t
    n int,                       -- periods in it
    whole boolean,               -- nothing is absent before t
    final boolean,               -- t is the end of its year
    estimated boolean, broken boolean,
    delivery int, line int, col int
);

create type kpid.point as (
    org int, target text, fiscal_year int, version int,
    series int, frequency text, span text, first date, t date,
    kind text,                   -- count, level, average, periods, milestone
    d int,                       -- 1: more is better, -1: less is better
    strict boolean,              -- equal does not do
    decimals int, monotone boolean,
    year_first date, begins date,
    y numeric, n int, by_total boolean,
    aim numeric,                 -- T
    base numeric,                -- B
    e numeric,                   -- E where the calendar or last year says it
    share numeric,               -- seasonal p(t)
    estimated boolean, broken boolean, base_estimated boolean,
    base_series int, base_first date
);

create type kpid.course as (
    org int, target text, fiscal_year int, version int, t date,
    path text, wanting boolean,  -- linear for want of history
    p numeric, p_lin numeric, e numeric,
    planned numeric, later numeric, next_step date
);

create type kpid.measure as (
    org int, target text, fiscal_year int, version int, t date,
    side text, kind text, d int,
    y numeric, aim numeric, base numeric, by_total boolean, monotone boolean,
    p numeric, wanting boolean, later numeric, due date, slack numeric,
    e numeric, e_whole numeric, pace numeric, pace_whole numeric,
    reached boolean,             -- the comparator is true
    keeps boolean,               -- the aim is to keep what is: no pace
    preset text, on_track numeric, on_track_strict boolean, watch numeric,
    other_index numeric          -- of presets that do not compare with the path
);

create type kpid.verdict as (
    org int, target text, fiscal_year int, version int, t date,
    status text, rule text, e numeric, e_whole numeric,
    pace numeric, pace_whole numeric, keeps boolean, approximate boolean
);

-- Days on which nothing that is done "every Wednesday" is due.
create table kpid.holiday (
    day  date not null,
    name text not null,

    constraint holiday_pkey primary key (day)
);
comment on table kpid.holiday is
    'national holidays (国民の祝日に関する法律; 内閣府 国民の祝日について), reference table';

insert into kpid.holiday (day, name) values
    ('2024-01-01', '元日'), ('2024-01-08', '成人の日'), ('2024-02-11', '建国記念の日'),
    ('2024-02-12', '休日'), ('2024-02-23', '天皇誕生日'), ('2024-03-20', '春分の日'),
    ('2024-04-29', '昭和の日'), ('2024-05-03', '憲法記念日'), ('2024-05-04', 'みどりの日'),
    ('2024-05-05', 'こどもの日'), ('2024-05-06', '休日'), ('2024-07-15', '海の日'),
    ('2024-08-11', '山の日'), ('2024-08-12', '休日'), ('2024-09-16', '敬老の日'),
    ('2024-09-22', '秋分の日'), ('2024-09-23', '休日'), ('2024-10-14', 'スポーツの日'),
    ('2024-11-03', '文化の日'), ('2024-11-04', '休日'), ('2024-11-23', '勤労感謝の日'),
    ('2025-01-01', '元日'), ('2025-01-13', '成人の日'), ('2025-02-11', '建国記念の日'),
    ('2025-02-23', '天皇誕生日'), ('2025-02-24', '休日'), ('2025-03-20', '春分の日'),
    ('2025-04-29', '昭和の日'), ('2025-05-03', '憲法記念日'), ('2025-05-04', 'みどりの日'),
    ('2025-05-05', 'こどもの日'), ('2025-05-06', '休日'), ('2025-07-21', '海の日'),
    ('2025-08-11', '山の日'), ('2025-09-15', '敬老の日'), ('2025-09-23', '秋分の日'),
    ('2025-10-13', 'スポーツの日'), ('2025-11-03', '文化の日'), ('2025-11-23', '勤労感謝の日'),
    ('2025-11-24', '休日'), ('2026-01-01', '元日'), ('2026-01-12', '成人の日'),
    ('2026-02-11', '建国記念の日'), ('2026-02-23', '天皇誕生日'), ('2026-03-20', '春分の日');

create type kpid.judgement as (
    org int, target text, fiscal_year int, version int, t date,
    status text, rule text,
    point kpid.point, course kpid.course, verdict kpid.verdict
);
