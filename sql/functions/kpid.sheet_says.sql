create or replace function kpid.sheet_says(g kpid.target)
returns text
language sql stable
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.sheet_says(target)
--
--      What the goal sheet reports of the target's item in words: whoever
--      reads that no number is known sees what stands in its place. The final
--      report before the midterm one. No search_path setting: the planner
--      inlines it.
--
-- Parameters:
--      g  - the target
--
-- Returns:
--      at most 60 characters; null where nothing is written
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select case when pg_catalog.length(s.said) > 60
            then pg_catalog.left(s.said, 59) || '…' else s.said end
  from (select pg_catalog.btrim(pg_catalog.regexp_replace(
                   coalesce(x.final_text, x.midterm_text), '\s+', ' ', 'g')) as said
          from kpid.goal x
         where x.org = g.org and x.fiscal_year = g.fiscal_year and x.item = g.item
         order by x.n
         limit 1) s
 where s.said <> '';
$$;
comment on function kpid.sheet_says(kpid.target) is
    'what the goal sheet reports of the target''s item in words';
