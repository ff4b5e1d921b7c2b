create or replace function kpid.part(i_ja text, i_en text, i_lines jsonb[])
returns jsonb
language sql immutable parallel safe
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.part('ご対応', 'What to do', array[line, line])
--
--      A heading and its lines. No search_path setting: the planner inlines
--      it.
--
-- Parameters:
--      i_ja, i_en  - the heading
--      i_lines     - of kpid.said; null ones are left out
--
-- Returns:
--      the part of a notice; null when no line is left
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select case when pg_catalog.count(l) > 0 then pg_catalog.jsonb_build_object(
           'heading_ja', i_ja, 'heading_en', i_en, 'lines', pg_catalog.jsonb_agg(l order by n)) end
  from pg_catalog.unnest(i_lines) with ordinality u (l, n)
 where l is not null;
$$;
comment on function kpid.part(text, text, jsonb[]) is 'a heading of a notice and its lines';
