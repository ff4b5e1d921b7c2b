create or replace function kpid.direct_check()
returns bigint
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.direct_check(0)
--
--      Looks at what came by the straight way, all of it: every row this
--      transaction put into kpid.observation since the load was opened must
--      be its delivery's and begin with its event, so that no client can
--      rewrite what was known. They stand behind the others, from the page
--      that was the last one; when fewer are found there than were inserted,
--      some went into gaps, and all pages are searched.
--
-- Returns:
--      how many rows came
-- ----------------------------------------------------------------------
declare
    l_load kpid.direct_load;
    l_came bigint;
    l_good bigint;
begin
    select l.* into strict l_load from kpid.direct_load l
     where l.xid = pg_current_xact_id();
    l_came := pg_stat_get_xact_tuples_inserted(
                  'kpid.observation'::regclass) - l_load.before;
    select count(*) into l_good
      from kpid.observation o
     where o.ctid >= format('(%s,0)', greatest(l_load.block - 1, 0))::tid
       and o.since = l_load.event and o.delivery = l_load.delivery;
    if l_good <> l_came then
        select count(*) into l_good
          from kpid.observation o
         where o.since = l_load.event and o.delivery = l_load.delivery;
    end if;
    if l_good <> l_came then
        raise insufficient_privilege using
            message = format('%s rows were copied, %s of them delivery %s',
                             l_came, l_good, l_load.delivery);
    end if;
    return l_came;
end $$;
comment on function kpid.direct_check() is
    'looks at every row that came by the straight way';
