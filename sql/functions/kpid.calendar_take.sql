create or replace function kpid.calendar_take(i_what text)
returns date
language sql
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.calendar_take('digest')
--
--      The newest day of a calendar mail that has come and that nobody took:
--      taken now, once, whoever looks and however late. What was missed before
--      it stays so: nobody wants the digests of a long sleep. A store that
--      begins is not late with anything: its first day is taken and not given.
--
-- Parameters:
--      i_what  - as in kpid.calendar_days
--
-- Returns:
--      the day; null: nothing is to be written
--
-- Tables directly manipulated:
--      insert - kpid.calendar_done
-- ----------------------------------------------------------------------
with due as (
    select max(d.day) as day
      from kpid.calendar_days(kpid.today() - 200, kpid.today()) d
     where d.what = i_what
       and (d.day < kpid.today() or kpid.mail_hour(kpid.today()) <= kpid.now())
), taken as (
    insert into kpid.calendar_done (what, day, at)
    select i_what, coalesce(d.day, kpid.today()), kpid.now()
      from due d
     where d.day > (select max(c.day) from kpid.calendar_done c where c.what = i_what)
        or not exists (select from kpid.calendar_done c where c.what = i_what)
        on conflict on constraint calendar_done_pkey do nothing
    returning day
)
select t.day
  from taken t
 where i_what = 'heartbeat' or exists (select from kpid.calendar_done c where c.what = i_what);
$$;
comment on function kpid.calendar_take(text) is
    'the newest day of a calendar mail that has come, once';
