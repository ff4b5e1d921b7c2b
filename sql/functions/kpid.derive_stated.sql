create or replace function kpid.derive_stated()
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
set client_min_messages = warning
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.derive_stated(0)
--
--      Gathers all that was ever stated about the keys in pg_temp.touched:
--      stored values, confirmations with the value that was answered
--      when they were loaded, and what deliveries repeat of others.
--
-- Tables directly manipulated:
--      create - pg_temp.stated; standing: has a stored row of its own
-- ----------------------------------------------------------------------
begin
    drop table if exists pg_temp.stated;
    create temp table stated on commit drop as
    select t.org, t.series, t.period, x.delivery, x.line, x.col, x.status,
           x.value, true as standing
      from pg_temp.touched t
      join kpid.observation x using (org, series, period)
     where x.status <> 'X'
     union
    select t.org, t.series, t.period, x.delivery, x.line, x.col, x.status,
           x.value, true
      from pg_temp.touched t
      join kpid.superseded x using (org, series, period)
     where x.status <> 'X';

    perform kpid.unpack_confirmed();
    insert into pg_temp.stated (org, series, period, delivery, line, col,
                                status, value, standing)
    select c.org, c.series, c.period, c.delivery, c.line, c.col, a.status,
           a.value, false
      from pg_temp.unpacked c
      join kpid.delivery d on d.delivery = c.delivery
     cross join lateral (
           select v.status, v.value
             from kpid.as_of_event(d.loaded) v
            where (v.org, v.series, v.period)
                  = (c.org, c.series, c.period)) a
     where not exists (
           select from pg_temp.stated s
            where (s.org, s.series, s.period, s.delivery)
                  = (c.org, c.series, c.period, c.delivery));
    analyze pg_temp.stated;
    perform kpid.unpack_repeated();
end $$;
comment on function kpid.derive_stated() is
    'gathers all that was ever stated about the touched keys';
