-- ----------------------------------------------------------------------
-- Targets on series with dimensions, in the sheet's order; indicators that
-- settle late; one more preset, and the words cities use for theirs.
-- ----------------------------------------------------------------------
alter table kpid.target
    add column dims    jsonb not null default '{}',
    add column compare text,
    add column line    int,
    add constraint target_compare_chk check (compare = 'first_release');
comment on column kpid.target.dims is 'dimensions of the series that is judged: {"sex": "F"}';
comment on column kpid.target.compare is
    'first_release: this year and last year are compared by what each was first said to be';
comment on column kpid.target.line is 'line of its file: the order of the sheet';

alter table kpid.indicator
    add column settles_on text,
    add constraint indicator_settles_on_chk check (settles_on ~ '^[01]\d-[0-3]\d$');
comment on column kpid.indicator.settles_on is
    'month and day after the year''s end until which its last figures may move (出納整理期間: 05-31)';

alter table kpid.preset
    add column reached text,
    add column worse   text;
comment on column kpid.preset.reached is 'the city''s own word where the target is reached';
comment on column kpid.preset.worse is 'the city''s own word for an index below 0';
update kpid.preset p set reached = 'S' where p.preset = 'nagayo';
update kpid.preset p set worse = 'deterioration' where p.preset = 'statcan';
insert into kpid.preset (preset, measure, on_track, on_track_strict, watch, words, source) values
    ('rising_mean', 'pace', 0.95, false, 0.60, '{順調,要注意,遅れ}',
     'kpid: the mean of a share that grows evenly from last year''s mean');

-- What the steps of judging hand on, grown: which point is the newest one, and
-- how many periods its value should cover.
alter type kpid.point
    add attribute newest boolean,          -- no complete period is later
    add attribute periods int,             -- that have passed since the year began
    add attribute settled date;            -- its last figure may move until then
alter type kpid.measure
    add attribute capped boolean;          -- want of history: no worse than watch

-- Functions whose parameters changed; their files make them anew.
drop view if exists kpi.target_status;
drop function if exists kpi.assess(date, timestamptz);
drop function if exists kpid.judge(int, date, boolean);
drop function if exists kpid.target_held(int, date, boolean);
drop function if exists kpid.target_value(int, date, boolean);
drop function if exists kpid.target_point(int, date, boolean);
drop function if exists kpid.target_periods(int, date, boolean);
drop function if exists kpid.target_course(kpid.point[]);
drop function if exists kpid.target_measure(kpid.point[], kpid.course[]);
drop function if exists kpid.target_verdict(kpid.point[], kpid.course[]);
