create or replace function kpid.explain_formula(j kpid.judgement, g kpid.target)
returns text[]
language sql stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.explain_formula(judgement, target)
--
--      How the expected value and the pace index came about, with numbers put
--      in.
--
-- Parameters:
--      j  - the judgement
--      g  - its target
--
-- Returns:
--      one line each; empty when nothing was computed
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select array_remove(array[
    format('path %s: p(t) = %s, months %s of %s', c.path, trim_scale(round(c.p, 4)),
           trim_scale(round(kpid.month_clock(j.t) - kpid.month_clock(p.begins), 4)),
           trim_scale(round(kpid.month_clock(g.due) - kpid.month_clock(p.begins), 4))),
    case when c.path = 'plan' then
        format('E = max(0, T - later - max(0, T - S) x (1 - p_lin)) = '
               'max(0, %s - %s - max(0, %s - %s) x (1 - %s)) = %s',
               p.aim, trim_scale(round(c.later, 4)), p.aim, trim_scale(round(c.planned, 4)),
               trim_scale(round(c.p_lin, 4)), trim_scale(round(c.e, 4)))
         when c.path = 'last_year' then
        format('E = last year at the same place = %s', trim_scale(round(c.e, 4)))
         when p.kind = 'count' then
        format('E = T x p = %s x %s = %s', p.aim, trim_scale(round(c.p, 4)), trim_scale(round(c.e, 4)))
         when p.kind = 'level' then
        format('E = B + (T - B) x p = %s + (%s - %s) x %s = %s', p.base, p.aim, p.base,
               trim_scale(round(c.p, 4)), trim_scale(round(c.e, 4)))
         else format('E = %s', trim_scale(round(c.e, 4))) end,
    case when v.e_whole <> c.e then format('E in whole units = %s', v.e_whole) end,
    case when v.pace is not null and not v.keeps then
        format('pace = 1 %s (y - E) / s = 1 %s (%s - %s) / %s = %s',
               case p.d when 1 then '+' else '-' end, case p.d when 1 then '+' else '-' end,
               p.y, trim_scale(round(c.e, 4)),
               trim_scale(round(case when p.kind in ('level', 'count')
                                     then abs(c.e - coalesce(p.base, 0))
                                     else abs(p.aim) end, 4)), round(v.pace, 4)) end,
    case when v.pace_whole is not null and not v.keeps then
        format('pace in whole units = %s', round(v.pace_whole, 4)) end
], null)
  from (select (j.point).*) p, (select (j.course).*) c, (select (j.verdict).*) v
 where p.y is not null and c.e is not null;
$$;
comment on function kpid.explain_formula(kpid.judgement, kpid.target) is
    'how the expected value and the pace index came about, with numbers put in';
