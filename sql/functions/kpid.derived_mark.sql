-- ----------------------------------------------------------------------
-- Function: kpid.derived_mark(3)
--
--      The status of a computed value: the weakest of what it rests on. No
--      search_path: names are resolved when it is created, and the planner
--      must be able to inline it.
--
-- Parameters:
--      i_weakest - the largest place of an input's status in 'ABPEMOLQe'
--                  (kpid.derived_weakness)
--      i_whole   - no month is wanting before it
--      i_zero    - it would be divided by 0
--
-- Returns:
--      error before suppressed, not_collected, not_available (a month is
--      wanting), not_applicable (divided by 0), estimated, provisional,
--      break, normal
-- ----------------------------------------------------------------------
create or replace function kpid.derived_mark(
    i_weakest int, i_whole boolean, i_zero boolean)
returns "char"
language sql
immutable parallel safe
return substr('ABPEMOLQe',
              greatest(i_weakest, case when not i_whole then 6 end,
                       case when i_zero then 5 end), 1)::"char";
comment on function kpid.derived_mark(int, boolean, boolean) is
    'the status of a computed value: the weakest of what it rests on';
