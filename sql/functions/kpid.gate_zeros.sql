create or replace function kpid.gate_zeros(i_deliveries int[])
returns table (delivery int, kind text, line int, col int, text text,
               text_ja text, suggestion text)
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.gate_zeros(1)
--
--      all_zero: no number but 0, where what is served for the same keys has
--      three or more others, or of new keys ten or more and most of the
--      series had another number the period before. Running totals may begin
--      a year with 0.
--
-- Parameters:
--      i_deliveries - staged, counted by kpid.gate_shape
-- ----------------------------------------------------------------------
declare
    l_zero int[];
    l_one  boolean := (select count(*) = 1 from pg_temp.gated);
begin
    select array_agg(s.delivery) into l_zero
      from pg_temp.gated s
     where s.all_zero
       and s.last is not null
       and not exists (select from pg_temp.offered o  -- never all zero
                        where o.delivery = s.delivery)
       and case when l_one          -- ends at the first
                then not exists (select from pg_temp.staged t
                                  where t.delivery = s.delivery
                                    and t.value <> 0)
                else s.delivery not in (select t.delivery
                                          from pg_temp.staged t
                                         where t.value <> 0) end;
    if l_zero is null then
        return;
    end if;
    return query
    select z.delivery, 'all_zero', 0, 0,
           format('all numbers are 0, %s of %s were not before', z.others,
                  z.n),
           format('数値がすべて0です。これまでは、%s件のうち%s件が0ではありません'
                  'でした。', kpid.num_ja(z.n), kpid.num_ja(z.others)),
           'look whether the source was being written when it was fetched'
      from (select p.delivery, count(*) as n,
                   count(*) filter (
                       where coalesce(p.own, p.before) <> 0) as others,
                   count(*) filter (where p.own <> 0) as own,
                   count(*) filter (where p.own is null and p.before <> 0
                                      and p.measure <> 'flow_ytd') as new
              from kpid.gate_probe(l_zero) p
             group by p.delivery) z
     where z.own >= 3
        or z.new >= greatest(10, z.n * 0.5);
end $$;
comment on function kpid.gate_zeros(int[]) is
    'gate all_zero: no number but 0';
