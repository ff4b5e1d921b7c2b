create or replace function kpid.derive_retract(i_event int)
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
set client_min_messages = warning
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.derive_retract(1)
--
--      The end of a retraction: what is computed from the keys in
--      pg_temp.touched follows them, in the same event.
--
-- Parameters:
--      i_event - of the retraction
--
-- Tables directly manipulated:
--      create - pg_temp.derive_touched: series that may have changed
-- ----------------------------------------------------------------------
begin
    if not exists (select from kpid.derivation g where g.until is null) then
        return;
    end if;
    drop table if exists pg_temp.derive_touched;
    create temp table derive_touched on commit drop as
    select distinct t.org, t.series from pg_temp.touched t;
    analyze pg_temp.derive_touched;
    perform kpid.derive(i_event, '{}');
end $$;
comment on function kpid.derive_retract(int) is
    'computes what rests on retracted values';
