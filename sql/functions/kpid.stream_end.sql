create or replace function kpid.stream_end(
    i_delivery int, i_periods date[], i_keys bigint[])
returns void
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
set client_min_messages = warning
set jit = off
set work_mem = '128MB'
set default_statistics_target = 10    -- of tables for one use
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.stream_end(3)
--
--      All of a delivery was read and copied: leaves it as
--      kpid.direct_begin would, for kpid.direct_end. Called after
--      kpid.content, what its series say staged in pg_temp.said. Of the
--      gates a first delivery has to pass, only that of the future is left:
--      it fails, and who begins again is told by the gate.
--      Security definer: the collector may change these tables through
--      the loading functions alone.
--
-- Parameters:
--      i_delivery - begun by kpid.stream_begin in this transaction
--      i_periods  - first days of the periods it states
--      i_keys     - how many keys in each
--
-- Tables directly manipulated:
--      insert - pg_temp.offered, pg_temp.resolved, pg_temp.staged_series
-- ----------------------------------------------------------------------
begin
    perform kpid.stream_check(i_delivery);
    if exists (select from kpid.gate_settings(array[i_delivery]) s
                where s.future and s.today < any (i_periods)) then
        raise exception 'delivery % states the future', i_delivery;
    end if;
    if exists (select from pg_temp.said s
                group by s.ordinal having count(*) > 1) then
        raise exception 'delivery % says a series twice', i_delivery;
    end if;
    insert into pg_temp.offered (delivery, period, keys)
    select i_delivery, p.period, p.keys
      from unnest(i_periods, i_keys) p (period, keys);
    insert into pg_temp.staged_series select * from pg_temp.made_span;
    perform kpid.gate_shape(array[i_delivery]);
    perform kpid.periods_keep(array[i_delivery]);
    insert into pg_temp.resolved (delivery, ordinal, org, series, feed_id,
                                  digest, stated, class)
    select i_delivery, m.ordinal, m.org, m.series, d.feed_id, s.digest,
           false, 'f'
      from pg_temp.made m
      join kpid.delivery d on d.delivery = i_delivery
      left join pg_temp.said s using (ordinal);
    analyze pg_temp.resolved;
end $$;
comment on function kpid.stream_end(int, date[], bigint[]) is
    'ends a delivery that was copied while it was read';
