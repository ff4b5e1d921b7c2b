-- ----------------------------------------------------------------------
-- View: kpi.target
--
--      Targets as they stand, and as they stood: every version.
-- ----------------------------------------------------------------------
create or replace view kpi.target as
select g.target, g.version, lpad(g.org::text, 6, '0') as org, g.fiscal_year, g.goal, g.item, g.name,
       g.indicator, g.comparator, g.value as target_value, g.value_high, g.unit, g.aggregate,
       g.baseline, g.baseline_date, g.baseline_approximate, g.due, g.path, g.plan, g.plan_stated,
       g.preset, g.slack, g.approximate, g.year_kind, g.calendar, g.done_on, g.planned_on,
       g.reported, g.department, g.note, g.valid_from, g.event, e.at as known_at,
       g.version = max(g.version) over (partition by g.org, g.target, g.fiscal_year) as newest,
       g.dims, g.compare, g.line
  from kpid.target g
  join kpid.event e on e.event = g.event;

comment on view kpi.target is 'targets in all their versions';
comment on column kpi.target.target is 'identifier';
comment on column kpi.target.version is 'a status cites the version it used';
comment on column kpi.target.org is '全国地方公共団体コード, six digits';
comment on column kpi.target.fiscal_year is '2024 is 令和6年度';
comment on column kpi.target.goal is '重点目標';
comment on column kpi.target.item is '取組項目, the sheet''s number';
comment on column kpi.target.name is 'what the target is about';
comment on column kpi.target.indicator is 'what is measured; null for milestones';
comment on column kpi.target.comparator is 'how value and target are compared; withdrawn when it is no longer one';
comment on column kpi.target.target_value is 'the number of the sheet';
comment on column kpi.target.value_high is 'upper end of a corridor';
comment on column kpi.target.unit is 'unit of the numbers';
comment on column kpi.target.aggregate is 'latest, sum, ytd, mean, ratio_of_sums';
comment on column kpi.target.baseline is 'where a level began';
comment on column kpi.target.baseline_date is 'when';
comment on column kpi.target.baseline_approximate is 'step of rounding of an approximate baseline';
comment on column kpi.target.due is 'by when';
comment on column kpi.target.path is 'how it is expected to be approached; null: by its own past';
comment on column kpi.target.plan is 'steps that were still to come when the plan was stated';
comment on column kpi.target.plan_stated is 'when the plan was stated';
comment on column kpi.target.preset is 'tolerance rule';
comment on column kpi.target.slack is 'how far a kept level may slip; null: 5 %';
comment on column kpi.target.approximate is 'the sheet''s word: 程度, 約, 等';
comment on column kpi.target.year_kind is 'window that sums cover: fiscal or calendar';
comment on column kpi.target.calendar is 'when something is due each time';
comment on column kpi.target.done_on is 'milestone: done';
comment on column kpi.target.planned_on is 'milestone: planned';
comment on column kpi.target.reported is 'milestone: reported done or not_done';
comment on column kpi.target.department is 'who is responsible';
comment on column kpi.target.note is 'source and remarks';
comment on column kpi.target.valid_from is 'periods that end before it are judged by the version before';
comment on column kpi.target.event is 'the change of the store that brought it';
comment on column kpi.target.known_at is 'when that was';
comment on column kpi.target.newest is 'the version that judges now';
comment on column kpi.target.dims is 'dimensions of the series that is judged';
comment on column kpi.target.compare is 'first_release: years are compared by what was said first';
comment on column kpi.target.line is 'line of its file: the order of the sheet';
