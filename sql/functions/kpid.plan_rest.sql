create or replace function kpid.plan_rest(i_plan jsonb, i_aim numeric, i_t date)
returns table (planned numeric, later numeric, next_step date)
language sql immutable parallel safe
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.plan_rest('[{"first":"2025-02-01","last":"2025-02-28"}]', 2, '2024-09-30')
--
--      What a plan holds. A step is spread evenly over its days, month by
--      month; steps without an amount share what the others leave of the
--      target. No search_path setting: the planner inlines it.
--
-- Parameters:
--      i_plan  - [{first, last, amount}], amount null when the sheet has none
--      i_aim   - the target
--      i_t     - end of the period judged
--
-- Returns:
--      planned    - all steps together
--      later      - what they still hold after i_t
--      next_step  - first day of the first step that has not ended
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select pg_catalog.sum(a.amount),
       pg_catalog.sum(a.amount * case
           when a.first > i_t then 1
           when a.last <= i_t then 0
           else (kpid.month_clock(a.last) - kpid.month_clock(i_t))
              / (kpid.month_clock(a.last) - kpid.month_clock(a.first - 1)) end),
       pg_catalog.min(a.first) filter (where a.last > i_t)
  from (select s.first, s.last,
               coalesce(s.amount,
                        greatest(0, i_aim - coalesce(pg_catalog.sum(s.amount) over (), 0))
                        / pg_catalog.count(*) filter (where s.amount is null) over ()) as amount
          from pg_catalog.jsonb_to_recordset(i_plan)
               as s (first date, last date, amount numeric)) a;
$$;
comment on function kpid.plan_rest(jsonb, numeric, date) is
    'what a plan holds';
