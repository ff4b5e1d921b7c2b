create or replace function kpid.target_found(i_target text)
returns kpid.target
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.target_found('ueda-r6-7-2-4-helmet-subsidy')
--
--      The target a person named, in its current year and newest version.
--
-- Parameters:
--      i_target  - its identifier; with organization before it (202037/name)
--                  where several organizations use the same one
--
-- Returns:
--      the kpid.target row; raises no_data_found for an unknown name and
--      cardinality_violation for an ambiguous one
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
declare
    l_found kpid.target;
    l_count bigint;
begin
    select count(*) into l_count
      from kpid.target_held(kpid.event_at(null), kpid.today(), false) h
     where i_target in (h.target, lpad(h.org::text, 6, '0') || '/' || h.target);
    if l_count = 0 then
        raise no_data_found using
            message = format('there is no target ''%s''', i_target),
            hint = 'kpid status lists the targets';
    elsif l_count > 1 then
        raise cardinality_violation using
            message = format('%s organizations have a target ''%s''', l_count, i_target),
            hint = 'put the organization''s code and a slash before it';
    end if;
    select g.* into l_found
      from kpid.target_held(kpid.event_at(null), kpid.today(), false) h
      join kpid.target g using (org, target, fiscal_year, version)
     where i_target in (h.target, lpad(h.org::text, 6, '0') || '/' || h.target);
    return l_found;
end;
$$;
comment on function kpid.target_found(text) is
    'the target a person named, in its current year and newest version';
