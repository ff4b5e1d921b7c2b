create or replace function kpid.forecast_seasonal(
    s kpid.shape, i_pos int[], i_v float8[], i_pos_due int, i_aim float8, i_whole boolean)
returns table (mean float8, variance float8, error float8)
language sql immutable parallel safe
rows 1
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.forecast_seasonal(shape, '{30,131}', '{8,5}', 1131, 120, true)
--
--      What is to come of a count whose year has a known shape. Before
--      anything is known the year's level is the target's within about
--      30 % (a gamma of twelve things); each step of the year, divided by its
--      share, is an observation of it. Its variance: 1/n for n whole things
--      (Poisson), how far steps scatter (0.03 to begin with, then as the own
--      past and this year show), and what is not known of the share. The surer
--      step weighs more. What is to come is the rest of the shares at that
--      level, and carries all three again, as many times as past years drifted
--      within themselves. No search_path setting: the planner inlines it.
--
-- Parameters:
--      s            - the shape
--      i_pos, i_v   - the year's steps: their places and what each brought
--      i_pos_due    - place of the due date
--      i_aim        - the target, above 0
--      i_whole      - whole things
--
-- Returns:
--      one row: mean and variance of what is to come, the latter without the
--      chance of counting whole things; error as kpid.shape has it
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
with step as materialized (
    select u.pos, u.pos <= i_pos[cardinality(i_pos)] as known, u.blur, u.error,
           i_aim * u.w / nullif(sum(u.w) over (), 0) as m,
           coalesce((i_v)[array_position(i_pos, u.pos)], 0) as v
      from unnest(s.pos, s.w, s.blur, s.error) u (pos, w, blur, error)
     where u.pos <= i_pos_due
), level as materialized (                -- a first guess, for the size of variances
    select case when i_whole then (12 + sum(t.v)) / (12 + sum(t.m))
                else least(3, greatest(0.1, sum(t.v) / nullif(sum(t.m), 0))) end as of
      from step t
     where t.known
), scatter as materialized (
    select least(0.5, greatest(0,
               (0.03 * i_aim ^ 2 / count(*) + s.scatter
                + sum(case when t.known then (t.v - l.of * t.m) ^ 2
                           - case when i_whole then l.of * t.m else 0 end else 0 end))
               / nullif(i_aim ^ 2 / count(*) + s.basis
                        + sum(case when t.known then (l.of * t.m) ^ 2 else 0 end), 0))) as of
      from step t cross join level l
), total as (
    select l.of as level, sum(t.m) filter (where not t.known) as rest,
           12 + coalesce(sum(1 / r.of) filter (where t.known), 0) as sure,
           coalesce(sum((t.v / nullif(t.m, 0) - 1) / r.of) filter (where t.known), 0) as pull,
           sum((l.of * t.m) ^ 2 * (c.of + t.blur)) filter (where not t.known) as scatter,
           max(t.error) filter (where t.pos = i_pos[cardinality(i_pos)]) as error
      from step t cross join level l cross join scatter c
     cross join lateral (
        select l.of ^ 2 * (c.of + t.blur) + case when i_whole then l.of / nullif(t.m, 0) else 1e-6 end as of) r
     where t.m > 0
     group by l.of
)
select b.mean, b.variance + (b.variance + i_whole::int * b.mean) * (s.drift - 1), t.error
  from total t
 cross join lateral (
    select t.rest * greatest(1 + t.pull / t.sure, 0.1 * t.level) as mean,
           t.rest ^ 2 / t.sure + t.scatter as variance
    offset 0) b
 where t.rest > 0;
$$;
comment on function kpid.forecast_seasonal(kpid.shape, int[], float8[], int, float8, boolean) is
    'what is to come of a count whose year has a known shape';
