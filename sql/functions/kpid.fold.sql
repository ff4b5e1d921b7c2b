-- ----------------------------------------------------------------------
-- Aggregate: kpid.fold(status, need order by t)
--
--      The level of an alert from the statuses of its periods in order. It is
--      computed anew from all that is known each time, so a revision of an old
--      period, a restart or a repetition needs no rule of its own.
--
-- Parameters:
--      status  - of each period
--      need    - bad periods that open the alert
--
-- Returns:
--      level (0 clear, 1 open, 2 escalated) and bad periods
-- ----------------------------------------------------------------------
create or replace aggregate kpid.fold(text, int) (
    sfunc = kpid.fold_step,
    stype = int[],
    initcond = '{0,0}',
    parallel = safe
);
comment on aggregate kpid.fold(text, int) is
    'the level of an alert from the statuses of its periods';
