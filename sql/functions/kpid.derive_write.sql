create or replace function kpid.derive_write(i_event int)
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
set client_min_messages = warning
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.derive_write(1)
--
--      Lays pg_temp.derive_value over what is stored, event by event: what
--      was latest goes to kpid.superseded, nothing is overwritten. A value
--      that now rests on another delivery is a change, too. Without inputs a
--      tombstone stays.
--
-- Parameters:
--      i_event - the first event of the change
--
-- Tables directly manipulated:
--      create - pg_temp.derive_step
--      insert - kpid.superseded, pg_temp.derive_touched
--      insert, update - kpid.observation
-- ----------------------------------------------------------------------
begin
    drop table if exists pg_temp.derive_step;
    create temp table derive_step on commit drop as
    with told as (
        select v.*, o.since as o_since, o.delivery as o_delivery,
               o.status as o_status, o.value as o_value,
               lag(v.event) over k as before,
               lag(v.delivery) over k as b_delivery,
               lag(v.status) over k as b_status,
               lag(v.value) over k as b_value
          from pg_temp.derive_value v
          left join kpid.observation o using (org, series, period)
        window k as (partition by v.org, v.series, v.period
                     order by v.event)
    )
    select t.org, t.series, t.period, t.event,
           lead(t.event) over k as until,
           row_number() over k as n,
           coalesce(t.delivery, t.b_delivery, t.o_delivery) as delivery,
           t.status, t.value, t.o_since, t.o_delivery, t.o_status, t.o_value
      from told t
     where case when t.before is not null
                then (t.b_status, t.b_value, t.b_delivery)
                     is distinct from (t.status, t.value, t.delivery)
                when t.o_since is null or t.o_status = 'X'
                then t.status <> 'X'
                else (t.o_status, t.o_value, t.o_delivery)
                     is distinct from (t.status, t.value, t.delivery) end
    window k as (partition by t.org, t.series, t.period order by t.event);
    analyze pg_temp.derive_step;

    insert into kpid.superseded (org, series, period, since, until, delivery,
                                 line, col, status, value)
    select x.org, x.series, x.period, x.o_since, x.event, x.o_delivery, 0, 0,
           x.o_status, x.o_value
      from pg_temp.derive_step x
     where x.n = 1 and x.o_since is not null
     union all
    select x.org, x.series, x.period, x.event, x.until, x.delivery, 0, 0,
           x.status, x.value
      from pg_temp.derive_step x
     where x.until is not null;
    update kpid.observation o
       set since = x.event, delivery = x.delivery, status = x.status,
           value = x.value
      from pg_temp.derive_step x
     where x.until is null and x.o_since is not null
       and (o.org, o.series, o.period) = (x.org, x.series, x.period);
    insert into kpid.observation (org, series, period, since, delivery, line,
                                  col, status, value)
    select x.org, x.series, x.period, x.event, x.delivery, 0, 0, x.status,
           x.value
      from pg_temp.derive_step x
     where x.until is null and x.o_since is null
     order by x.org, x.series, x.period;
    insert into pg_temp.derive_touched (org, series)
    select distinct x.org, x.series from pg_temp.derive_step x;
end $$;
comment on function kpid.derive_write(int) is
    'lays computed values over what is stored';
