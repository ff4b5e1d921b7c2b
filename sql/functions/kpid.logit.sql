create or replace function kpid.logit(i_y float8)
returns float8
language sql immutable parallel safe
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.logit(72.7)
--
--      A rate in per cent as a number without ends. No search_path setting: the
--      planner inlines it.
--
-- Parameters:
--      i_y  - 0 to 100; the outermost twentieth counts as its inner end
--
-- Returns:
--      ln(y / (100 - y)); null of null
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select case when i_y is not null
       then ln(least(99.95, greatest(0.05, i_y)) / (100 - least(99.95, greatest(0.05, i_y)))) end;
$$;
comment on function kpid.logit(float8) is
    'a rate in per cent as a number without ends';
