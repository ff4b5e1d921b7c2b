-- An earlier one had fewer columns, and 'create or replace' cannot add them.
drop function if exists kpid.value_cited(int, int, date, int);
create or replace function kpid.value_cited(
    i_org int, i_series int, i_period date, i_event int)
returns table (delivery int, feed text, url text, contract text, line int,
               col int, indicator text, frequency text, dims jsonb,
               period text, org text, series int, first date)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.value_cited(4)
--
--      Where the value stands that the store answered after an event: what
--      kpid looks up in the kept bodies. A computed value stands nowhere;
--      the values stand that it was computed from in the end.
--
-- Parameters:
--      i_org, i_series, i_period - the key
--      i_event                   - as known then
--
-- Returns:
--      one row for a stated value, one for each source of a computed one,
--      none when there was no value; line 0: a delivery that repeated an
--      earlier one, its body says where
-- ----------------------------------------------------------------------
select x.delivery, f.feed, d.url, encode(d.contract, 'hex'), x.line, x.col,
       x.indicator, s.frequency, s.dims,
       kpid.period_text(x.span, x.period), s.org_code, x.series, x.period
  from kpid.derived_sources(i_org, i_series, i_period, i_event) x
  join kpid.series s on s.org = i_org and s.series = x.series
  join kpid.delivery d on d.delivery = x.delivery
  join kpid.feed f using (feed_id)
 order by x.indicator, x.period, x.series;
$$;
comment on function kpid.value_cited(int, int, date, int) is
    'the deliveries and places that a value rests on';
