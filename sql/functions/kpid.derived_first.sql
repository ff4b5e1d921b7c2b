-- ----------------------------------------------------------------------
-- Function: kpid.derived_first(5)
--
--      The earliest period of an input that a computed value rests on; the
--      latest is kpid.derived_last. A population may be 24 months old. No
--      search_path: names are resolved when it is created, and the planner
--      must be able to inline it.
--
-- Parameters:
--      i_kind         - of kpid.derivation
--      i_n            - place of the input, from 1
--      i_span, i_period - of the computed value
--      i_in_span      - of the input
-- ----------------------------------------------------------------------
create or replace function kpid.derived_first(
    i_kind text, i_n int, i_span text, i_period date, i_in_span text)
returns date
language sql
immutable parallel safe
return case when i_kind = 'per_population' and i_n = 2
            then (kpid.period_last(i_span, i_period) + 2
                  - interval '24 months'
                  - kpid.span_length(i_in_span))::date
            when i_kind = 'ytd_of' and i_n = 2
            then make_date(extract(year from i_period
                                   - interval '3 months')::int, 4, 1)
            else kpid.derived_last(i_kind, i_n, i_span, i_period, i_in_span)
            end;
comment on function kpid.derived_first(text, int, text, date, text) is
    'earliest period of an input that a computed value rests on';
