-- ----------------------------------------------------------------------
-- Goals and targets as the year's sheets state them, in versions.
--
-- Distribution (Citus): by org: goal, target, year_reported. No foreign key
-- enters or leaves them.
-- ----------------------------------------------------------------------
create table kpid.goal (
    org          int  not null,
    fiscal_year  int  not null,
    n            int  not null,
    goal         int  not null,
    item         text,
    kind         text not null,
    text         text not null,
    due_text     text,
    target_text  text,
    midterm_text text,
    final_text   text,
    department   text,
    note         text,
    source       text not null,

    constraint goal_pkey primary key (org, fiscal_year, n),
    constraint goal_kind_chk check (kind in ('goal', 'item', 'sub'))
);
comment on table kpid.goal is 'the lines of the goal sheets, in their order';

-- Every change of a target is a new version; a status cites the version.
create table kpid.target (
    org                  int     not null,
    target               text    not null,
    fiscal_year          int     not null,
    version              int     not null,
    event                int     not null,
    valid_from           date    not null,
    source               text    not null,
    goal                 int     not null,
    item                 text,
    name                 text    not null,
    indicator            text,
    comparator           text    not null,
    value                numeric,
    value_high           numeric,
    unit                 text,
    aggregate            text    not null,
    baseline             numeric,
    baseline_date        date,
    baseline_approximate numeric,
    due                  date    not null,
    path                 text,
    plan                 jsonb,
    plan_stated          date,
    preset               text    not null,
    slack                numeric,
    approximate          text,
    year_kind            text    not null,
    calendar             text,
    done_on              date,
    planned_on           date,
    reported             text,
    department           text,
    owner                text,
    note                 text,

    constraint target_pkey primary key (org, target, fiscal_year, version),
    constraint target_comparator_chk check (comparator in
        ('at_least', 'at_most', 'more_than_last_year', 'less_than_last_year',
         'each_period_at_least', 'between', 'milestone', 'withdrawn')),
    constraint target_aggregate_chk check (aggregate in
        ('latest', 'sum', 'ytd', 'mean', 'ratio_of_sums')),
    constraint target_path_chk check (path in ('linear', 'seasonal', 'plan', 'none')),
    constraint target_year_kind_chk check (year_kind in ('fiscal', 'calendar')),
    constraint target_reported_chk check (reported in ('done', 'not_done', 'as_reported')),
    constraint target_between_chk check
        (comparator <> 'between' or value_high >= value),
    constraint target_value_chk check
        (value is not null or comparator not in ('at_least', 'at_most', 'between')),
    constraint target_indicator_chk check
        (indicator is not null or comparator in ('milestone', 'withdrawn'))
);
create index target_target_idx on kpid.target (target);
comment on table kpid.target is 'numeric targets and milestones, all versions; read kpi.target';
comment on column kpid.target.event is 'the change of the store that brought this version';
comment on column kpid.target.valid_from is 'periods that end before it are judged by the version before';
comment on column kpid.target.baseline_approximate is 'step of rounding: 1 makes 約30 mean 29.5 to 30.5';
comment on column kpid.target.plan is '[{first, last, amount or null}]: what was still to come when stated';
comment on column kpid.target.approximate is 'the sheet''s word: 程度, 約, 等';
comment on column kpid.target.reported is
    'of a milestone: done, not_done; as_reported: the sheet names no date for its value';
comment on column kpid.target.year_kind is 'the window that sums cover: fiscal (April) or calendar (January)';

-- After the final report of a year no alert of it opens any more.
create table kpid.year_reported (
    org         int         not null,
    fiscal_year int         not null,
    at          timestamptz not null,
    who         text        not null,

    constraint year_reported_pkey primary key (org, fiscal_year)
);
comment on table kpid.year_reported is 'fiscal years whose 期末報告 is closed';
