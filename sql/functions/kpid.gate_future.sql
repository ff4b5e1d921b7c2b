create or replace function kpid.gate_future(i_deliveries int[])
returns table (delivery int, kind text, line int, col int, text text,
               text_ja text, suggestion text)
language plpgsql
stable
set search_path = pg_catalog, pg_temp
set enable_nestloop = off     -- staged tables have no statistics yet
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.gate_future(1)
--
--      future_period: numbers (0 is one) in periods that begin after the
--      delivery was fetched: columns drawn for a year that is still to come,
--      or a year misread. Missing values and estimates do not count.
--
-- Parameters:
--      i_deliveries - staged, counted by kpid.gate_shape
-- ----------------------------------------------------------------------
begin
    if not exists (select from pg_temp.gated s
                     join kpid.delivery_shape h using (delivery)
                    where s.future
                      and h.period > s.today) then
        return;                 -- nearly always: no row is looked at again
    end if;
    return query
    select f.delivery, 'future_period', f.line, f.col,
           format('%s numbers stand in periods that have not begun, the '
                  'first in %s', f.n, kpid.period_text(r.span, f.period)),
           format('まだ始まっていない期間の数値が%s件あります（最初は%s）。',
                  kpid.num_ja(f.n), kpid.period_ja(r.span, f.period)),
           'say ''missing'' for what such cells hold, or "future": false '
           'in ''gates'' when the feed brings forecasts'
      from (select distinct on (t.delivery) t.*,
                   count(*) over (partition by t.delivery) as n
              from pg_temp.gated s
              join pg_temp.staged t using (delivery)
             where s.future
               and t.period > s.today
               and t.value is not null
               and t.status <> 'E'
             order by t.delivery, t.period, t.line, t.col) f
      join pg_temp.staged_series r
           on r.delivery = f.delivery and r.ordinal = f.series;
end $$;
comment on function kpid.gate_future(int[]) is
    'gate future_period: numbers in periods that have not begun';
