create or replace function kpid.fold_step(i_state int[], i_status text, i_need int)
returns int[]
language sql immutable parallel safe
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.fold_step('{0,1}', 'off_track', 2)
--
--      One period more in the fold that makes an alert's level. Good clears;
--      watch ends a pending, never an open alert; what is not known changes
--      nothing; bad counts, and missed counts as enough. One bad period more
--      than needed escalates.
--
-- Parameters:
--      i_state   - level and bad periods so far
--      i_status  - of this period
--      i_need    - bad periods that open the alert
--
-- Returns:
--      level and bad periods; {1,2} for the example
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select case
    when i_status in ('achieved', 'met', 'on_track', 'not_applicable') then '{0,0}'
    when i_status in ('off_track', 'missed')
    then (select array[case when b.n > i_need then 2 when b.n = i_need then 1
                            else i_state[1] end, b.n]
            from (select greatest(i_state[2] + 1,
                                  case i_status when 'missed' then i_need else 0 end) as n) b)
    when i_status = 'watch' and i_state[1] = 0 then '{0,0}'
    else i_state
    end;
$$;
comment on function kpid.fold_step(int[], text, int) is
    'one period more in the fold that makes an alert''s level';
