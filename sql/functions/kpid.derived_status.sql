-- ----------------------------------------------------------------------
-- Function: kpid.derived_status(6)
--
--      The status of a computed value: the weakest of what it rests on. No
--      search_path: names are resolved when it is created, and the planner
--      must be able to inline it.
--
-- Parameters:
--      i_kind    - of kpid.derivation
--      i_needs   - how many observations it rests on (kpid.derived_needs)
--      i_present - how many there are
--      i_own     - how many of the first input
--      i_weakest - the largest of their kpid.derived_weakness
--      i_under   - by what it is divided, if by anything
--
-- Returns:
--      X: there is no such value, an input says nothing at all. Else error
--      before suppressed, not_collected, not_available (a month before is
--      wanting), not_applicable (divided by 0), estimated, provisional,
--      break, normal
-- ----------------------------------------------------------------------
create or replace function kpid.derived_status(
    i_kind text, i_needs int, i_present bigint, i_own bigint, i_weakest int,
    i_under numeric)
returns "char"
language sql
immutable parallel safe
return case when i_present = i_needs
            then substr('ABPEMOLQe',
                        case when i_under = 0
                              and i_kind in ('ratio', 'per_population')
                             then greatest(i_weakest, 5)
                             else i_weakest end, 1)::"char"
            when i_own = 1 and i_kind in ('monthly_of', 'ytd_of')
            then substr('ABPEMOLQe', greatest(i_weakest, 6), 1)::"char"
            else 'X' end;
comment on function kpid.derived_status(
    text, int, bigint, bigint, int, numeric) is
    'the status of a computed value: the weakest of what it rests on';
