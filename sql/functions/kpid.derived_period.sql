-- ----------------------------------------------------------------------
-- Function: kpid.derived_period(2)
--
--      The period of the computed value that a period of its first input
--      gives. No search_path: names are resolved when it is created, and the
--      planner must be able to inline it.
--
-- Parameters:
--      i_kind   - of kpid.derivation
--      i_period - of the first input
--
-- Returns:
--      the month for totals of months, else the period itself
-- ----------------------------------------------------------------------
create or replace function kpid.derived_period(i_kind text, i_period date)
returns date
language sql
immutable parallel safe
return case when i_kind in ('monthly_of', 'ytd_of')
            then date_trunc('month', i_period::timestamp)::date
            else i_period end;
comment on function kpid.derived_period(text, date) is
    'the computed period that a period of the first input gives';
