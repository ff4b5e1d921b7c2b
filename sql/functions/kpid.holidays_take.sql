create or replace function kpid.holidays_take()
returns bigint
language sql
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.holidays_take()
--
--      The days of feeds that list the national holidays, in the years that
--      they have: there the list is right and not the rule, for the law is
--      changed now and then. Other years stay. Hours that were reckoned with
--      the old days are wanted again.
--
-- Returns:
--      how many days are new, renamed or gone
--
-- Tables directly manipulated:
--      insert, update, delete - kpid.holiday
--      update - kpid.expected
-- ----------------------------------------------------------------------
with told as materialized (
    select o.period as day, min(coalesce(s.dims ->> 'name', '休日')) as name
      from kpid.feed f
      join kpid.feed_series k using (feed_id)
      join kpid.series s on s.org = k.org and s.series = k.series
      join kpid.observation o on o.org = k.org and o.series = k.series
     where f.active and f.holidays and s.span = 'D' and o.status <> 'X' and o.value > 0
     group by o.period
), gone as (
    delete from kpid.holiday h
     where date_part('year', h.day) in (select date_part('year', t.day) from told t)
       and not exists (select from told t where t.day = h.day)
    returning h.day
), put as (
    insert into kpid.holiday as h (day, name)
    select t.day, t.name from told t
        on conflict on constraint holiday_pkey do update
       set name = excluded.name
     where h.name <> excluded.name
    returning h.day
), changed as (
    select count(*) as n from (select day from gone union all select day from put) x
), again as (
    update kpid.expected e
       set asked_at = null
      from changed c
     where c.n > 0 and e.arrived_at is null and e.late_since is null
)
select c.n from changed c;
$$;
comment on function kpid.holidays_take() is 'takes over the holidays that a feed lists';
