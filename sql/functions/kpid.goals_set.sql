create or replace function kpid.goals_set(i_doc jsonb, i_source text)
returns void
language sql
security definer
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.goals_set('{"goals": [..]}', 'ueda-r6-goals.csv')
--
--      The goal sheets' lines as the document has them, in its order. Lines
--      that the source no longer has are taken away: they carry no judgement.
--      Security definer: the collector may write no table of its own.
--
-- Parameters:
--      i_doc     - {"goals": [..]}
--      i_source  - the file they stand in
--
-- Returns:
--      nothing
--
-- Tables directly manipulated:
--      upsert - kpid.goal
--      delete - kpid.goal
-- ----------------------------------------------------------------------
with line as (
    select d.*, d.fiscal_year::int as year,
           row_number() over (partition by d.org, d.fiscal_year order by d.n)::int as place
      from rows from (jsonb_to_recordset(i_doc -> 'goals') as (
               fiscal_year text, org text, goal text, item text, kind text, text text,
               due_text text, target_text text, midterm_text text, final_text text,
               department text, note text)) with ordinality
               as d (fiscal_year, org, goal, item, kind, text, due_text, target_text,
                     midterm_text, final_text, department, note, n)
), gone as (
    delete from kpid.goal g
     where g.source = i_source
       and not exists (select from line l
                        where l.org::int = g.org and l.year = g.fiscal_year and l.place = g.n)
)
insert into kpid.goal (org, fiscal_year, n, goal, item, kind, text, due_text, target_text,
                       midterm_text, final_text, department, note, source)
select l.org::int, l.year, l.place, l.goal::int, nullif(l.item, ''), l.kind, l.text,
       nullif(l.due_text, ''), nullif(l.target_text, ''), nullif(l.midterm_text, ''),
       nullif(l.final_text, ''), nullif(l.department, ''), nullif(l.note, ''), i_source
  from line l
    on conflict on constraint goal_pkey do update
   set (goal, item, kind, text, due_text, target_text, midterm_text, final_text, department,
        note, source)
     = (excluded.goal, excluded.item, excluded.kind, excluded.text, excluded.due_text,
        excluded.target_text, excluded.midterm_text, excluded.final_text, excluded.department,
        excluded.note, excluded.source);
$$;
comment on function kpid.goals_set(jsonb, text) is
    'the goal sheets'' lines as the document has them, in its order';
