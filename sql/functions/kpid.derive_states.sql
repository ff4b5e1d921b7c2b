create or replace function kpid.derive_states(i_event int)
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
set client_min_messages = warning
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.derive_states(1)
--
--      Gathers what the values in pg_temp.derive_key rest on: every state of
--      every input from the event on.
--
-- Parameters:
--      i_event - the first event of the change
--
-- Tables directly manipulated:
--      create - pg_temp.derive_state
-- ----------------------------------------------------------------------
begin
    drop table if exists pg_temp.derive_state;
    create temp table derive_state on commit drop as
    select k.org, k.series, k.period, w.n, v.period as input_period,
           v.since, v.until, v.delivery, v.status, v.value,
           w.kind, w.span, w.inputs, w.factor, w.decimals, w.sign,
           w.input_span
      from pg_temp.derive_key k
      join pg_temp.derive_wire w using (org, series)
      join (select o.org, o.series, o.period, o.since, 2147483647 as until,
                   o.delivery, o.status, o.value
              from kpid.observation o
             union all
            select h.org, h.series, h.period, h.since, h.until, h.delivery,
                   h.status, h.value
              from kpid.superseded h) v
           on v.org = w.org and v.series = w.input and v.period = k.period
     where w.same_period and w.input_span = w.span
       and v.until > i_event and v.since < v.until
     union all
    select k.org, k.series, k.period, w.n, v.period, v.since, v.until,
           v.delivery, v.status, v.value, w.kind, w.span, w.inputs,
           w.factor, w.decimals, w.sign, w.input_span
      from pg_temp.derive_key k
      join pg_temp.derive_wire w using (org, series)
      join (select o.org, o.series, o.period, o.since, 2147483647 as until,
                   o.delivery, o.status, o.value
              from kpid.observation o
             union all
            select h.org, h.series, h.period, h.since, h.until, h.delivery,
                   h.status, h.value
              from kpid.superseded h) v
           on v.org = w.org and v.series = w.input
          and v.period >= kpid.derived_first(w.kind, w.n, w.span, k.period,
                                             w.input_span)
          and v.period <= kpid.derived_last(w.kind, w.n, w.span, k.period,
                                            w.input_span)
     where not (w.same_period and w.input_span = w.span)
       and v.until > i_event and v.since < v.until;
    analyze pg_temp.derive_state;
end $$;
comment on function kpid.derive_states(int) is
    'gathers what computed values rest on';
