-- ----------------------------------------------------------------------
-- Function: kpid.derived_number(7)
--
--      The number of a computed value. Sums and differences are exact;
--      quotients are rounded once, to the indicator's decimals, so that what
--      is printed is what targets are held against. No search_path: names
--      are resolved when it is created, and the planner must be able to
--      inline it.
--
-- Parameters:
--      i_kind               - of kpid.derivation
--      i_status             - kpid.derived_status
--      i_total              - sum of the inputs, with their signs
--      i_over, i_under      - the first and the second input
--      i_factor, i_decimals - of quotients
--
-- Returns:
--      null where the status is no number's
-- ----------------------------------------------------------------------
create or replace function kpid.derived_number(
    i_kind text, i_status "char", i_total numeric, i_over numeric,
    i_under numeric, i_factor numeric, i_decimals int)
returns numeric
language sql
immutable parallel safe
return case when i_status not in ('A', 'B', 'P', 'E') then null
            when i_kind in ('ratio', 'per_population')
            then kpid.quotient(i_over * i_factor, i_under, i_decimals)
            else i_total end;
comment on function kpid.derived_number(
    text, "char", numeric, numeric, numeric, numeric, int) is
    'the number of a computed value';
