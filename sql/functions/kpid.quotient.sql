-- ----------------------------------------------------------------------
-- Function: kpid.quotient(3)
--
--      One number by another, rounded half up (away from 0) once and from
--      the exact quotient: whole division, no digits cut before. No
--      search_path: names are resolved when it is created, and the planner
--      must be able to inline it.
--
-- Parameters:
--      i_over     - what is divided, times its factor
--      i_under    - by what; not 0
--      i_decimals - of the result
-- ----------------------------------------------------------------------
create or replace function kpid.quotient(
    i_over numeric, i_under numeric, i_decimals int)
returns numeric
language sql
immutable parallel safe
return round(sign(i_over) * sign(i_under)
             * div(2 * abs(i_over) * 10::numeric ^ i_decimals + abs(i_under),
                   2 * abs(i_under))
             / 10::numeric ^ i_decimals, i_decimals);
comment on function kpid.quotient(numeric, numeric, int) is
    'one number by another, rounded half up once';
