create or replace function kpid.hand_series(
    i_indicator text, i_org int, i_span text, i_dims jsonb)
returns table (kind text, name text, text text)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.hand_series(4)
--
--      What the store knows that a value typed by hand could belong to, for
--      finding a slip of the finger before it becomes a series of its own.
--
-- Parameters:
--      i_indicator - code
--      i_org       - 202037
--      i_span      - length of the period typed
--      i_dims      - dimensions typed, {} for none
--
-- Returns:
--      kind same: a series of exactly this key; name is its frequency
--           other: another one of the organization; name is its newest
--                period, text its dimensions
--           dim: name is a dimension of the indicator, text a value of it
--           org: the organization is known by a series, or by name
-- ----------------------------------------------------------------------
with mine as (
    select s.* from kpid.series s
     where s.org = i_org and s.indicator = i_indicator
)
select 'same', m.frequency, null
  from mine m
 where m.span = i_span and m.dims = i_dims
 union all
select 'other', kpid.period_text(m.span, l.period), m.dims::text
  from mine m
 cross join lateral (
       select o.period
         from kpid.observation o
        where o.org = m.org and o.series = m.series and o.status <> 'X'
        order by o.period desc
        limit 1) l
 where (m.span, m.dims) <> (i_span, i_dims)
 union all
(select distinct 'dim', e.key, e.value
   from kpid.series s
  cross join lateral jsonb_each_text(s.dims) e
  where s.indicator = i_indicator
  order by 2, 3
  limit 10000)
 union all
select 'org', null, null
 where exists (select from kpid.series s where s.org = i_org)
    or exists (select from kpid.organization g where g.org = i_org);
$$;
comment on function kpid.hand_series(text, int, text, jsonb) is
    'what a value typed by hand could belong to';
