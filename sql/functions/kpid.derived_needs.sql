-- ----------------------------------------------------------------------
-- Function: kpid.derived_needs(3)
--
--      How many observations a computed value rests on. No search_path:
--      names are resolved when it is created, and the planner must be able
--      to inline it.
--
-- Parameters:
--      i_kind   - of kpid.derivation
--      i_inputs - how many inputs the formula has
--      i_period - of the computed value
--
-- Returns:
--      of a month 2, but 1 in April; of a running total the months since
-- ----------------------------------------------------------------------
create or replace function kpid.derived_needs(
    i_kind text, i_inputs int, i_period date)
returns int
language sql
immutable parallel safe
return case i_kind
       when 'monthly_of'
       then case extract(month from i_period) when 4 then 1 else 2 end
       when 'ytd_of' then (extract(month from i_period)::int + 8) % 12 + 1
       else i_inputs end;
comment on function kpid.derived_needs(text, int, date) is
    'how many observations a computed value rests on';
