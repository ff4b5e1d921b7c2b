create or replace function kpid.stream_check(i_delivery int)
returns int
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.stream_check(1)
--
--      Fails unless kpid.stream_begin opened this delivery; by whose table
--      is asked first, as in kpid.stage_check.
--
-- Parameters:
--      i_delivery - being read
--
-- Returns:
--      the number of its series with ordinal 0
-- ----------------------------------------------------------------------
declare
    l_first int;
begin
    perform kpid.stage_check();
    if exists (select from pg_class c
                where c.oid = to_regclass('pg_temp.streamed')
                  and c.relowner = current_user::regrole::oid) then
        select s.first into l_first from pg_temp.streamed s
         where s.delivery = i_delivery;
    end if;
    if l_first is null then
        raise exception 'delivery % is no stream', i_delivery;
    end if;
    return l_first;
end $$;
comment on function kpid.stream_check(int) is
    'fails unless this delivery is being streamed';
