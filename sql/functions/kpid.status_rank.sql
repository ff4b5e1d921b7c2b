create or replace function kpid.status_rank(i_said text)
returns int
language sql immutable parallel safe
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.status_rank('watch pace')
--
--      Of two sides of a corridor the higher number is the worse. No
--      search_path setting: the planner inlines it.
--
-- Parameters:
--      i_said  - as kpid.ladder says it
--
-- Returns:
--      1 for achieved to 7 for missed
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select pg_catalog.array_position(
    '{achieved,met,on_track,not_judgeable,watch,off_track,missed}'::text[],
    pg_catalog.split_part(i_said, ' ', 1));
$$;
comment on function kpid.status_rank(text) is
    'of two sides of a corridor the higher number is the worse';
