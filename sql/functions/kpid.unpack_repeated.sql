create or replace function kpid.unpack_repeated()
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.unpack_repeated(0)
--
--      What deliveries repeat of the touched keys: the statements of their
--      bases, as their own. First series by series, then of whole
--      deliveries, whose base may repeat series itself but is never a
--      repeat. Line and column are 0: only their bodies know.
--
-- Tables directly manipulated:
--      insert - pg_temp.stated
-- ----------------------------------------------------------------------
begin
    insert into pg_temp.stated (org, series, period, delivery, line, col,
                                status, value, standing)
    select s.org, s.series, s.period, x.delivery, 0, 0, s.status, s.value,
           false
      from (select r.org, r.delivery, r.base, u.series
              from (select distinct s.org, s.delivery from pg_temp.stated s) b
              join kpid.repeated r on r.org = b.org and r.base = b.delivery
             cross join lateral unnest(r.series) u (series)) x
      join pg_temp.stated s
           on s.org = x.org and s.series = x.series and s.delivery = x.base
     where not exists (
           select from pg_temp.stated o
            where (o.org, o.series, o.period, o.delivery)
                  = (s.org, s.series, s.period, x.delivery));

    insert into pg_temp.stated (org, series, period, delivery, line, col,
                                status, value, standing)
    select s.org, s.series, s.period, n.delivery, 0, 0, s.status, s.value,
           false
      from pg_temp.stated s
      join kpid.delivery n on n.repeats = s.delivery
     where n.loaded is not null
       and not exists (
           select from pg_temp.stated o
            where (o.org, o.series, o.period, o.delivery)
                  = (s.org, s.series, s.period, n.delivery));
end $$;
comment on function kpid.unpack_repeated() is
    'what deliveries repeat of the touched keys';
