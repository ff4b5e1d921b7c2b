create or replace function kpid.value_cited(
    i_org int, i_series int, i_period date, i_event int)
returns table (delivery int, feed text, url text, contract text, line int,
               col int)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.value_cited(4)
--
--      Where the value stands that the store answered after an event: what
--      kpid looks up in the kept body.
--
-- Parameters:
--      i_org, i_series, i_period - the key
--      i_event                   - as known then
--
-- Returns:
--      one row, none when there was no value; line 0: a delivery that
--      repeated an earlier one, its body says where
-- ----------------------------------------------------------------------
select o.delivery, f.feed, d.url, encode(d.contract, 'hex'), o.line, o.col
  from kpid.as_of_event(i_event) o
  join kpid.delivery d on d.delivery = o.delivery
  join kpid.feed f using (feed_id)
 where o.org = i_org and o.series = i_series and o.period = i_period;
$$;
comment on function kpid.value_cited(int, int, date, int) is
    'the delivery and place that a value rests on';
