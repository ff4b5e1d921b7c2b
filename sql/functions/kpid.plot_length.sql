create or replace function kpid.plot_length(i_value numeric, i_from numeric, i_to numeric)
returns int
language sql immutable parallel safe
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.plot_length(45, 0, 250)
--
--      How long a bar is. No search_path setting: the planner inlines it.
--
-- Parameters:
--      i_value       - what it shows
--      i_from, i_to  - the values at its two ends
--
-- Returns:
--      thousandths, 0 to 1000; 180 for the example; null for an unknown value
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select case when i_value is not null
            then greatest(0, pg_catalog.round(
                     1000 * (i_value - i_from) / nullif(i_to - i_from, 0)))::int end;
$$;
comment on function kpid.plot_length(numeric, numeric, numeric) is 'how long a bar is';
