create or replace function kpid.stream_names(i_delivery int)
returns void
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
set jit = off
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.stream_names(1)
--
--      Makes the series staged in pg_temp.staged_series, and empties it for
--      the next ones. Each has the number its ordinal gives it
--      (kpid.stream_begin): nobody else makes one under the lock of the
--      store. Fails when one is known already, at once among the first, for
--      the others by the key.
--      Security definer: the collector may change these tables through
--      the loading functions alone.
--
-- Parameters:
--      i_delivery - begun by kpid.stream_begin in this transaction
--
-- Tables directly manipulated:
--      insert   - kpid.series, pg_temp.made, pg_temp.made_span
--      truncate - pg_temp.staged_series
-- ----------------------------------------------------------------------
declare
    l_first int := kpid.stream_check(i_delivery);
begin
    if not exists (select from pg_temp.made)
       and exists (select from pg_temp.staged_series t
                     join kpid.series s
                          using (org, indicator, frequency, span, dims)
                    where not s.derived) then
        raise exception 'delivery % states series that are known', i_delivery;
    end if;
    perform setval('kpid.series_series_seq',
                   greatest(s.last_value, l_first
                            + (select max(t.ordinal)
                                 from pg_temp.staged_series t)))
       from kpid.series_series_seq s;
    insert into kpid.series (org, series, indicator, frequency, span, dims)
           overriding system value
    select t.org, l_first + t.ordinal, t.indicator, t.frequency, t.span,
           t.dims
      from pg_temp.staged_series t
     where t.ordinal >= 0;
    insert into pg_temp.made (ordinal, org, series)
    select t.ordinal, t.org, l_first + t.ordinal
      from pg_temp.staged_series t
     where t.ordinal >= 0;
    insert into pg_temp.made_span
    select distinct on (t.span) t.*
      from pg_temp.staged_series t
     where not exists (select from pg_temp.made_span m
                        where m.span = t.span);
    truncate pg_temp.staged_series;
end $$;
comment on function kpid.stream_names(int) is
    'makes the series of a delivery that is being read';
