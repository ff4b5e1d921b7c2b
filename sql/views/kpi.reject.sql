-- ----------------------------------------------------------------------
-- View: kpi.reject
--
--      Grain: one cell or row of a delivery that could not be read.
-- ----------------------------------------------------------------------
create or replace view kpi.reject as
select r.delivery, r.line, r.col, r.raw, r.reason
  from kpid.reject r;
comment on view kpi.reject is
    'cells and rows that could not be read, as they stood';
comment on column kpi.reject.delivery is 'which, see kpi.delivery';
comment on column kpi.reject.line is 'line of the delivered table';
comment on column kpi.reject.col is 'column of the delivered table';
comment on column kpi.reject.raw is 'the text as it stood';
comment on column kpi.reject.reason is 'why it could not be read';
