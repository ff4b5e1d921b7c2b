create or replace function kpid.gates(i_deliveries int[])
returns table (delivery int, kind text, line int, col int, text text,
               text_ja text, suggestion text)
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
set jit = off
set work_mem = '128MB'
set client_min_messages = warning
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.gates(1)
--
--      Looks at staged deliveries as a whole, before they are merged:
--      whatever it returns holds its delivery. Reads what was staged and
--      what is served, so files of one batch are not held against each
--      other. A replay passes: a person decided.
--      Security definer: counts are kept where the collector writes nothing.
--
-- Parameters:
--      i_deliveries - staged (kpid.stage_begin, then COPY), readable
--
-- Returns:
--      findings: kind is the gate; line and column 0 where none can be named
--
-- Tables directly manipulated:
--      create - pg_temp.gated: what kpid.gate_settings says
--      by kpid.gate_shape - kpid.delivery_shape
-- ----------------------------------------------------------------------
begin
    perform kpid.stage_check();
    perform kpid.gate_shape(i_deliveries);
    drop table if exists pg_temp.gated;   -- asked once, read by every gate
    create temp table gated on commit drop as
    select * from kpid.gate_settings(i_deliveries);
    if not found then
        return;
    end if;
    return query
    select g.* from kpid.gate_rows(i_deliveries) g
     union all select g.* from kpid.gate_zeros(i_deliveries) g
     union all select g.* from kpid.gate_future(i_deliveries) g
     union all select g.* from kpid.gate_totals(i_deliveries) g
     union all select g.* from kpid.gate_running(i_deliveries) g;
    if exists (select from pg_temp.gated s
                where s.last is not null) then
        return query
        select g.* from kpid.gate_values(i_deliveries) g
         union all select g.* from kpid.gate_ratio(i_deliveries) g;
    end if;
end $$;
comment on function kpid.gates(int[]) is
    'looks at staged deliveries as a whole; what it returns holds them';
