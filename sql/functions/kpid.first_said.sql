drop function if exists kpid.first_said(int, int, int);

create or replace function kpid.first_said(
    i_org int, i_series int, i_period date, i_since int)
returns boolean
language plpgsql stable
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan   -- plpgsql for its kept plan
set jit = off
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.first_said(202037, 7, '2024-04-01', 3)
--
--      Whether a value is what its period was first said to be: the release to
--      compare years by when first releases are known to move. Not inlined: it
--      is rarely asked.
--
-- Parameters:
--      i_org, i_series, i_period  - key of the value
--      i_since  - the event that made it the latest
--
-- Returns:
--      true: no value of the key was ever known before
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
begin
    return not exists (
        select from kpid.superseded h
         where h.org = i_org and h.series = i_series and h.period = i_period
           and h.since < i_since and h.since < h.until and h.value is not null);
end;
$$;
comment on function kpid.first_said(int, int, date, int) is
    'whether a value is what its period was first said to be';
