-- ----------------------------------------------------------------------
-- Function: kpid.derived_last(5)
--
--      The latest period of an input that a computed value rests on. The
--      months before are none for April, which starts from 0. No
--      search_path: names are resolved when it is created, and the planner
--      must be able to inline it.
--
-- Parameters:
--      i_kind         - of kpid.derivation
--      i_n            - place of the input, from 1
--      i_span, i_period - of the computed value
--      i_in_span      - of the input; D: the month's last day
--
-- Returns:
--      null when there is none
-- ----------------------------------------------------------------------
create or replace function kpid.derived_last(
    i_kind text, i_n int, i_span text, i_period date, i_in_span text)
returns date
language sql
immutable parallel safe
return case when i_kind = 'per_population' and i_n = 2
            then (kpid.period_last(i_span, i_period) + 1
                  - kpid.span_length(i_in_span))::date
            when i_kind = 'ytd_of' and i_n = 2
            then (i_period - interval '1 month')::date
            when i_kind = 'monthly_of'
            then case when i_n = 1 or extract(month from i_period) <> 4
                      then (i_period
                            - make_interval(months => i_n - 1)
                            + case i_in_span when 'D'
                                   then interval '1 month - 1 day'
                                   else interval '0' end)::date end
            else i_period end;
comment on function kpid.derived_last(text, int, text, date, text) is
    'latest period of an input that a computed value rests on';
