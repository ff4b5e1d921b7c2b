create or replace function kpid.num_ja(i_value numeric)
returns text
language sql immutable parallel safe
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.num_ja(361249000.50)
--
--      A number in a sentence: without idle zeros, thousands set apart. No
--      search_path setting: the planner inlines it.
--
-- Parameters:
--      i_value  - a number
--
-- Returns:
--      361,249,000.5 for the example
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select case when i_value < 0 then '−' else '' end
    || pg_catalog.to_char(pg_catalog.trunc(pg_catalog.abs(i_value)), 'FM999,999,999,999,999,990')
    || coalesce(pg_catalog.substring(pg_catalog.trim_scale(i_value)::text, '\.\d+$'), '');
$$;
comment on function kpid.num_ja(numeric) is
    'a number in a sentence: without idle zeros, thousands set apart';
