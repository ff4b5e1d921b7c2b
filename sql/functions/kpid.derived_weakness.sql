-- ----------------------------------------------------------------------
-- Function: kpid.derived_weakness(1)
--
--      How little can be built on an observation, from its status: 1 is
--      normal, then break, provisional, estimated; from 5 on there is no
--      number. No search_path: names are resolved when it is created, and
--      the planner must be able to inline it.
--
-- Parameters:
--      i_status - of kpid.observation
-- ----------------------------------------------------------------------
create or replace function kpid.derived_weakness(i_status "char")
returns int
language sql
immutable parallel safe
return greatest(position(i_status::text in 'ABPEMOLQe'), 1);
comment on function kpid.derived_weakness("char") is
    'how little can be built on an observation: 1 normal .. 9 error';
