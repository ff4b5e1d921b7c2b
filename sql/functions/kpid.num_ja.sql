create or replace function kpid.num_ja(i_value numeric)
returns text
language sql stable parallel safe
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.num_ja(361249000.50)
--
--      A number in a sentence: without idle zeros, thousands set apart. No
--      search_path setting: the planner inlines it
--      (the parameter stands once, so that any expression will do).
--
-- Parameters:
--      i_value  - a number
--
-- Returns:
--      361,249,000.5 for the example
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select pg_catalog.translate(pg_catalog.rtrim(
           pg_catalog.to_char(i_value, 'FM999,999,999,999,999,990.9999999999999999'), '.'), '-', '−');
$$;
comment on function kpid.num_ja(numeric) is
    'a number in a sentence: without idle zeros, thousands set apart';
