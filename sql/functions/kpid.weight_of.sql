create or replace function kpid.weight_of(
    i_event int, g kpid.target, s kpid.series, i kpid.indicator, i_period date)
returns table (value numeric)
language sql stable
rows 1
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.weight_of(12, target, series, indicator, '2024-09-01')
--
--      What a period counts in a mean or a ratio of sums: the value of the
--      denominator's series of the same kind; 1 in the mean of an indicator
--      without one. No search_path setting: the planner inlines it.
--
-- Parameters:
--      i_event  - as known at this event
--      g, s, i  - the target, its series, its indicator
--      i_period - first day of the period
--
-- Returns:
--      one row; none when the denominator is not known
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select 1::numeric
 where g.aggregate = 'mean'
   and not exists (select from kpid.series n
                    where (n.org, n.indicator, n.frequency, n.span, n.dims)
                        = (s.org, i.denominator, s.frequency, s.span, s.dims))
 union all
select o.value
  from kpid.series n
 cross join lateral kpid.value_known(i_event, n.org, n.series, g.compare) o
 where g.aggregate in ('mean', 'ratio_of_sums') and o.period = i_period
   and (n.org, n.indicator, n.frequency, n.span, n.dims)
     = (s.org, i.denominator, s.frequency, s.span, s.dims);
$$;
comment on function kpid.weight_of(int, kpid.target, kpid.series, kpid.indicator, date) is
    'what a period counts in a mean or a ratio of sums';
