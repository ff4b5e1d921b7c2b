-- ----------------------------------------------------------------------
-- View: kpi.target_status
--
--      Every target judged as of today with all that is known.
-- ----------------------------------------------------------------------
create or replace view kpi.target_status as
select s.*
  from kpi.assess(kpid.today(), null) s;

comment on view kpi.target_status is 'every target judged as of today; kpi.assess for any other day';
comment on column kpi.target_status.target is 'identifier';
comment on column kpi.target_status.goal is '重点目標';
comment on column kpi.target_status.item is '取組項目, the sheet''s number';
comment on column kpi.target_status.name is 'what the target is about';
comment on column kpi.target_status.indicator is 'what is measured; null for milestones';
comment on column kpi.target_status.org is '全国地方公共団体コード, six digits';
comment on column kpi.target_status.fiscal_year is '2024 is 令和6年度';
comment on column kpi.target_status.comparator is
    'at_least, at_most, more_than_last_year, less_than_last_year, each_period_at_least, between, milestone, withdrawn';
comment on column kpi.target_status.target_value is
    'the target; last year''s total where last year is to be beaten';
comment on column kpi.target_status.unit is 'unit of target and value';
comment on column kpi.target_status.aggregate is 'latest, sum, ytd, mean, ratio_of_sums';
comment on column kpi.target_status.baseline is 'where a level began';
comment on column kpi.target_status.due is 'by when';
comment on column kpi.target_status.actual is 'the value judged';
comment on column kpi.target_status.actual_period is 'the last complete period in it';
comment on column kpi.target_status.path is 'linear, seasonal, plan, last_year, calendar, none';
comment on column kpi.target_status.expected is 'E(t): where the path expects the value';
comment on column kpi.target_status.expected_whole is
    'E(t) in whole units, rounded in the target''s favour';
comment on column kpi.target_status.progress is
    'share of the way from baseline to target; never judged by itself';
comment on column kpi.target_status.pace_index is '1 + d (actual - expected) / scale';
comment on column kpi.target_status.pace_index_whole is
    'the same in whole units: the one that is judged';
comment on column kpi.target_status.gap is 'actual - expected';
comment on column kpi.target_status.days_behind is 'days behind a linear path; negative is ahead';
comment on column kpi.target_status.required_rate is
    'how many more a month to reach the target by its due date';
comment on column kpi.target_status.status is
    'achieved, met, on_track, watch, off_track, missed, not_judgeable, not_applicable';
comment on column kpi.target_status.status_ja is 'the status in Japanese';
comment on column kpi.target_status.reason is
    'why, in a sentence, in Japanese';
comment on column kpi.target_status.anticipated is
    'what the due date will bring: achieved from a probability of 80 %, on_track from 50 %, watch '
    'from 20 %, off_track below; of a plan achieved or missed; null without a forecast';
comment on column kpi.target_status.modifiers is
    'stale, provisional, break, revised, approximate, plan_short, awaiting_final, base_revised, by_total, as_reported';
comment on column kpi.target_status.forecast is
    '{value, low, high, probability, method, error} at the due date: four times of five between low '
    'and high; error is the method''s mean error on the series'' own past';
comment on column kpi.target_status.preset is 'tolerance rule, see docs/targets.md';
comment on column kpi.target_status.vintage is 'event up to which the store was read';
comment on column kpi.target_status.version is 'version of the target';
comment on column kpi.target_status.judged_at is 'end of the last complete period';
comment on column kpi.target_status.age_days is 'days since then';
comment on column kpi.target_status.department is 'who is responsible';
comment on column kpi.target_status.typed_by is
    'who typed a value in it by hand (kpid put), several with 、; null: all came from files';
comment on column kpi.target_status.reason_en is
    'why, in English';
