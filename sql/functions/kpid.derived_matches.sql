-- ----------------------------------------------------------------------
-- Function: kpid.derived_matches(8)
--
--      Whether a series of an input's indicator is the one that a computed
--      series rests on. No search_path: names are resolved when it is
--      created, and the planner must be able to inline it.
--
-- Parameters:
--      i_kind                           - of kpid.derivation
--      i_n                              - place of the input, from 1
--      i_frequency, i_span, i_dims      - of the computed series
--      i_in_frequency, i_in_span, i_in_dims - of the input's series
--
-- Returns:
--      a running total may stand at the month's last day (D); a population
--      has no dimensions and its own rhythm; all else must be equal
-- ----------------------------------------------------------------------
create or replace function kpid.derived_matches(
    i_kind text, i_n int, i_frequency text, i_span text, i_dims jsonb,
    i_in_frequency text, i_in_span text, i_in_dims jsonb)
returns boolean
language sql
immutable parallel safe
return case when i_kind = 'per_population' and i_n = 2
            then i_in_dims = '{}'
            when i_kind = 'monthly_of'
            then i_in_frequency = 'M' and i_in_span in ('M', 'D')
                 and i_in_dims = i_dims
            when i_kind = 'ytd_of'
            then i_in_frequency = 'M' and i_in_span = 'M'
                 and i_in_dims = i_dims
            else i_in_frequency = i_frequency and i_in_span = i_span
                 and i_in_dims = i_dims
            end;
comment on function kpid.derived_matches(
    text, int, text, text, jsonb, text, text, jsonb) is
    'whether a computed series rests on a series';
