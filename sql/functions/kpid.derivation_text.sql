-- ----------------------------------------------------------------------
-- Function: kpid.derivation_text(3)
--
--      A definition as a formula for people. No search_path: names are
--      resolved when it is created, and the planner must be able to inline
--      it.
--
-- Parameters:
--      i_kind, i_inputs, i_factor - of kpid.derivation
--
-- Returns:
--      "100 x a / b", "a + b", "a - b", "a less the month before",
--      "a summed since April"
-- ----------------------------------------------------------------------
create or replace function kpid.derivation_text(
    i_kind text, i_inputs text[], i_factor numeric)
returns text
language sql
immutable parallel safe
return case i_kind
       when 'sum' then array_to_string(i_inputs, ' + ')
       when 'difference' then array_to_string(i_inputs, ' - ')
       when 'monthly_of' then i_inputs[1] || ' less the month before'
       when 'ytd_of' then i_inputs[1] || ' summed since April'
       else coalesce(nullif(i_factor, 1) || ' x ', '')
            || array_to_string(i_inputs, ' / ') end;
comment on function kpid.derivation_text(text, text[], numeric) is
    'a definition as a formula: 100 x a / b, a + b, a less the month before';
