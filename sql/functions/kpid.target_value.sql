create or replace function kpid.target_value(
    i_event int, i_as_of date, i_every boolean, i_org int default null, i_years int default 10)
returns setof kpid.reading
language sql stable
rows 10000
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.target_value(12, '2024-09-30', false, 202037, 10)
--
--      What the series of each target say: for every complete period the
--      aggregate from its year's start, for the year judged and years before.
--      No search_path setting: the planner inlines it.
--
-- Parameters:
--      i_event  - as known at this event
--      i_as_of  - periods that end later are not complete
--      i_every  - for older versions of the targets, too
--      i_org    - one organization; null is all
--      i_years  - how many years before
--
-- Returns:
--      kpid.reading rows of every series of the indicator
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select r.*
  from kpid.target_held(i_event, i_as_of, i_every, i_org) h
  join kpid.indicator i on i.indicator = (h.g).indicator
  join kpid.series s on s.org = h.org and s.dims = (h.g).dims
   and s.indicator = case (h.g).aggregate when 'ratio_of_sums' then i.numerator
                          else (h.g).indicator end
 cross join generate_series(- i_years, 0) y (year)
 cross join lateral kpid.value_run(i_event, i_as_of, y.year, false, h.g, s, i) r;
$$;
comment on function kpid.target_value(int, date, boolean, int, int) is
    'what the series of each target say, this year and before';
