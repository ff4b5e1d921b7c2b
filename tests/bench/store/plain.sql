-- ----------------------------------------------------------------------
-- What a delivery is compared with: a store in plain SQL, as a good script
-- would keep it, with history but nothing else of what kpid remembers.
-- ----------------------------------------------------------------------
\set QUIET on
\set ON_ERROR_STOP on
create schema plain;
create table plain.observation as
select o.org, o.series, o.period, o.since, o.line, o.value
  from kpid.observation o;
alter table plain.observation add primary key (org, series, period);
create table plain.superseded (like plain.observation);
create unlogged table plain.staged (org int, series int, period date,
                                    line int, value numeric);
analyze plain.observation;

create function plain.merge(i_event int) returns text
language plpgsql
set jit = off
set work_mem = '256MB'
as $$
declare
    l_inserted bigint;
    l_revised  bigint;
    l_read     bigint;
begin
    analyze plain.staged;
    create temp table delta on commit drop as
    select t.*, o.since as was, o.line as o_line, o.value as o_value
      from plain.staged t
      left join plain.observation o using (org, series, period)
     where o.since is null or o.value is distinct from t.value;
    analyze delta;
    insert into plain.superseded
    select d.org, d.series, d.period, d.was, d.o_line, d.o_value
      from delta d where d.was is not null;
    update plain.observation o
       set since = i_event, line = d.line, value = d.value
      from delta d
     where d.was is not null
       and (o.org, o.series, o.period) = (d.org, d.series, d.period);
    get diagnostics l_revised = row_count;
    insert into plain.observation
    select d.org, d.series, d.period, i_event, d.line, d.value
      from delta d where d.was is null
     order by d.org, d.series, d.period;
    get diagnostics l_inserted = row_count;
    select count(*) into l_read from plain.staged;
    return format('%s %s %s %s', l_read, l_inserted, l_revised,
                  l_read - l_inserted - l_revised);
end $$;
