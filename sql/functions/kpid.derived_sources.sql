create or replace function kpid.derived_sources(
    i_org int, i_series int, i_period date, i_event int)
returns table (indicator text, series int, span text, period date,
               delivery int, line int, col int, value numeric)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.derived_sources(4)
--
--      The stated values that a value rests on in the end, as known at an
--      event; of a stated value itself.
--
-- Parameters:
--      i_org, i_series, i_period - the value
--      i_event                   - null is the newest
-- ----------------------------------------------------------------------
with recursive used as (
    select s.indicator, s.series, s.span, o.period, o.delivery, o.line, o.col,
           o.value, s.derived
      from kpid.series s
      join kpid.as_of_event(i_event) o using (org, series)
     where s.org = i_org and s.series = i_series and o.period = i_period
     union
    select i.indicator, i.series, i.span, i.period, i.delivery, i.line, i.col,
           i.value, i.derived
      from used u
     cross join lateral kpid.derived_inputs(i_org, u.series, u.period,
                                            i_event) i
     where u.derived
)
select u.indicator, u.series, u.span, u.period, u.delivery, u.line, u.col,
       u.value
  from used u
 where not u.derived;
$$;
comment on function kpid.derived_sources(int, int, date, int) is
    'the stated values that a value rests on in the end';
