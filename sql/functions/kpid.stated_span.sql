create or replace function kpid.stated_span(i_deliveries int[])
returns table (delivery int, span daterange)
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.stated_span(1)
--
--      What the withdrawing deliveries of a batch are complete about: from
--      the first to the last period they name, readable or not. A window
--      that moves on withdraws nothing behind it.
--
-- Parameters:
--      i_deliveries - of the batch; those that keep are left out
--
-- Returns:
--      delivery, span; one that was set before stays as it is
-- ----------------------------------------------------------------------
#variable_conflict use_column
begin
    return query
    select d.delivery,
           coalesce(d.span, daterange(min(p.period), max(p.period), '[]'))
      from kpid.delivery d
      join (select t.delivery, t.period from pg_temp.staged t
             union all
            select u.delivery, u.period from kpid.unreadable u
             where u.delivery = any (i_deliveries)) p using (delivery)
     where d.delivery = any (i_deliveries)
       and d.absent = 'withdraw'
     group by d.delivery;
end $$;
comment on function kpid.stated_span(int[]) is
    'the periods that withdrawing deliveries are complete about';
