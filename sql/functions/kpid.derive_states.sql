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
--      every input from the event on. Only a batch of several events can
--      have replaced one after it. Keys and inputs are joined first (offset
--      0): the planner never takes one part of a key from each of two tables
--      when both have the organization, and read a whole series for a value.
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
    select x.org, x.series, x.period, x.n, o.period as input_period,
           o.since, 2147483647 as until, o.delivery, o.status, o.value,
           x.kind, x.inputs, x.factor, x.decimals, x.sign, x.input_span
      from (select w.*, k.period
              from pg_temp.derive_key k
              join pg_temp.derive_wire w using (org, series)
             where w.same_period and w.input_span = w.span
            offset 0) x
      join kpid.observation o
           on o.org = x.org and o.series = x.input and o.period = x.period
     union all
    select k.org, k.series, k.period, w.n, o.period, o.since, 2147483647,
           o.delivery, o.status, o.value, w.kind, w.inputs, w.factor,
           w.decimals, w.sign, w.input_span
      from pg_temp.derive_key k
      join pg_temp.derive_wire w using (org, series)
      join kpid.observation o
           on o.org = w.org and o.series = w.input
          and o.period between kpid.derived_first(w.kind, w.n, w.span,
                                                  k.period, w.input_span)
                           and kpid.derived_last(w.kind, w.n, w.span,
                                                 k.period, w.input_span)
     where not (w.same_period and w.input_span = w.span);

    if exists (select from kpid.event e where e.event > i_event) then
        insert into pg_temp.derive_state
        select k.org, k.series, k.period, w.n, h.period, h.since, h.until,
               h.delivery, h.status, h.value, w.kind, w.inputs, w.factor,
               w.decimals, w.sign, w.input_span
          from pg_temp.derive_key k
          join pg_temp.derive_wire w using (org, series)
          join kpid.superseded h
               on h.org = w.org and h.series = w.input
              and h.period between kpid.derived_first(w.kind, w.n, w.span,
                                                      k.period, w.input_span)
                               and kpid.derived_last(w.kind, w.n, w.span,
                                                     k.period, w.input_span)
         where h.until > i_event and h.since < h.until;
    end if;
    analyze pg_temp.derive_state;
end $$;
comment on function kpid.derive_states(int) is
    'gathers what computed values rest on';
