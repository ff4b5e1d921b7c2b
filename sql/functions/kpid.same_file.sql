create or replace function kpid.same_file(i_known text, i_path text)
returns boolean
language sql immutable parallel safe
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.same_file('/srv/old/config/goals/targets.csv', 'goals/targets.csv')
--
--      Whether two paths name one file of targets, though the installation
--      was moved: one ends in the other. No search_path setting: the planner
--      inlines it.
--
-- Parameters:
--      i_known  - as stored
--      i_path   - as it is called now: from the configuration's directory on
--
-- Returns:
--      true for the example
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select i_known = i_path
    or pg_catalog.right(i_known, pg_catalog.length(i_path) + 1) = '/' || i_path
    or pg_catalog.right(i_path, pg_catalog.length(i_known) + 1) = '/' || i_known;
$$;
comment on function kpid.same_file(text, text) is
    'whether two paths name one file of targets';
