create or replace function kpid.hidden(i_event int)
returns table (org int, series int, period date, delivery int, hides int)
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.hidden(1)
--
--      Which statements in pg_temp.stated are hidden, and by what: a later
--      delivery of the same feed that withdraws, is complete about the
--      period, and does not name the key. Who asks decides which of the
--      deliveries count; retracted ones are in it.
--
-- Parameters:
--      i_event - deliveries loaded by then; later ones of a batch are open
--                already, but their rows are not gathered yet
--
-- Returns:
--      the key, the delivery that stated it, the delivery that hides it
-- ----------------------------------------------------------------------
#variable_conflict use_column
begin
    return query
    select s.org, s.series, s.period, s.delivery, e.delivery
      from pg_temp.stated s
      join kpid.delivery d using (delivery)
      join kpid.delivery e
           on e.feed_id = d.feed_id
          and (e.vintage_at, e.fetched_at, e.rank_no)
              > (d.vintage_at, d.fetched_at, d.rank_no)
     where e.absent = 'withdraw'
       and e.loaded <= i_event
       and not e.tainted
       and e.span @> s.period
       and not exists (
           select from pg_temp.stated x
            where (x.org, x.series, x.period, x.delivery)
                  = (s.org, s.series, s.period, e.delivery))
       and not exists (
           select from kpid.unreadable u
            where (u.org, u.series, u.period, u.delivery)
                  = (s.org, s.series, s.period, e.delivery));
end $$;
comment on function kpid.hidden(int) is
    'which statements are hidden by a later delivery of their feed';
