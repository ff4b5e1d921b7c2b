create or replace function kpid.said(
    i_label_ja text, i_label_en text, i_ja text, i_en text, i_weight text default 'plain')
returns jsonb
language sql immutable parallel safe
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.said('期間', 'Period', '令和6年9月', '2024-09')
--
--      One line of a notice in both languages; the configuration says which
--      is printed. No search_path setting: the planner inlines it.
--
-- Parameters:
--      i_label_ja, i_label_en  - before the value; '' for none
--      i_ja, i_en              - the value
--      i_weight                - plain, strong or fine
--
-- Returns:
--      the line; null when there is no value
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select case when i_ja is not null then pg_catalog.jsonb_build_object(
           'label_ja', i_label_ja, 'label_en', i_label_en,
           'ja', i_ja, 'en', coalesce(i_en, i_ja), 'weight', i_weight) end;
$$;
comment on function kpid.said(text, text, text, text, text) is
    'one line of a notice in both languages';
