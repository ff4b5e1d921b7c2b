create or replace function kpid.gate_rows(i_deliveries int[])
returns table (delivery int, kind text, line int, col int, text text,
               text_ja text, suggestion text)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.gate_rows(1)
--
--      rows_drop: fewer keys than a share of what the last delivery stated
--      (ten or more).
--      A window of periods moves on: what the last one stated before the
--      first period of this one is not counted. Of files about other periods
--      altogether the mean of a period is compared, since a year begins with
--      one month where the last had twelve.
--
-- Parameters:
--      i_deliveries - staged, counted by kpid.gate_shape
-- ----------------------------------------------------------------------
with stated as (      -- looked up one by one, however many there are by now
    select s.delivery, s.last, s.rows_drop, h.keys, h.first, h.periods
      from pg_temp.gated s
     cross join lateral (
           select coalesce(sum(x.keys), 0) as keys, min(x.period) as first,
                  count(*) as periods
             from kpid.delivery_shape x
            where x.delivery = s.delivery) h
     where s.last is not null
       and s.rows_drop is not null
), compared as (
    select n.*,
           case when b.periods = 0
                then (select l.read - l.rejected from kpid.delivery l
                       where l.delivery = n.last)
                when n.first is null then b.keys
                when exists (select from kpid.delivery_shape p
                               join kpid.delivery_shape q using (period)
                              where p.delivery = n.last
                                and q.delivery = n.delivery)
                then b.keys_there
                else round(b.keys * n.periods / b.periods) end as last_keys
      from stated n
     cross join lateral (
           select sum(x.keys) as keys, count(*) as periods,
                  sum(x.keys) filter (where x.period >= n.first)
                  as keys_there
             from kpid.delivery_shape x
            where x.delivery = n.last) b
)
select c.delivery, 'rows_drop', 0, 0,
       format('%s rows were read, delivery %s had %s for these periods',
              c.keys, c.last, c.last_keys),
       format('読み取れた行は%s件です。前回（受領番号%s）は、同じ期間について%s件'
              'ありました。', kpid.num_ja(c.keys), c.last,
              kpid.num_ja(c.last_keys)),
       'look whether the file is cut short, its layout changed or rows were '
       'rejected'
  from compared c
 where c.last_keys >= 10
   and c.keys < c.rows_drop * c.last_keys;
$$;
comment on function kpid.gate_rows(int[]) is
    'gate rows_drop: how much a delivery states';
