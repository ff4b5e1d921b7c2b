create or replace function kpid.stage_repeats()
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
set client_min_messages = warning
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.stage_repeats(0)
--
--      One file that says the same twice about a key has said it once: the
--      repeats count as unchanged, as nothing else counts them. One that
--      contradicts itself says nothing about the key: all those rows become
--      rejects (kpid.stage_rejects follows).
--
-- Tables directly manipulated:
--      update, delete - pg_temp.staged
--      update - pg_temp.counts
-- ----------------------------------------------------------------------
begin
    drop table if exists pg_temp.repeats;
    create temp table repeats on commit drop as
    select t.delivery, t.series, t.period, min(t.line) as line_1,
           max(t.line) as line_n,
           min(t.status::text) = max(t.status::text)
           and count(t.value) in (0, count(*))
           and (count(t.value) = 0 or min(t.value) = max(t.value)) as same
      from pg_temp.staged t
     where t.reason is null
     group by t.delivery, t.series, t.period
    having count(*) > 1;
    if not exists (select from pg_temp.repeats) then
        return;
    end if;

    update pg_temp.staged t
       set raw = coalesce(t.raw, t.value::text, ''),
           reason = format('the file says different things about one key, '
                           'lines %s to %s', x.line_1, x.line_n)
      from pg_temp.repeats x
     where (t.delivery, t.series, t.period)
           = (x.delivery, x.series, x.period)
       and t.reason is null
       and not x.same;
    update pg_temp.counts c
       set rejected = (select count(*) from pg_temp.staged t
                        where t.delivery = c.delivery
                          and t.reason is not null);
    delete from pg_temp.staged t
     using (select s.ctid as place,
                   row_number() over (
                       partition by s.delivery, s.series, s.period
                       order by s.line, s.col) as n
              from pg_temp.staged s
              join pg_temp.repeats x using (delivery, series, period)
             where x.same and s.reason is null) e
     where t.ctid = e.place
       and e.n > 1;
end $$;
comment on function kpid.stage_repeats() is
    'folds equal repeats of a key in one file, rejects contradictions';
