create or replace function kpid.parts_known(j kpid.judgement, g kpid.target, i_event int)
returns table (ja text, en text)
language sql stable
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.parts_known(judgement, target, 12)
--
--      What to do when a target has no value although its indicator has: the
--      values stand under dimensions (by sex, by age) other than the target's,
--      and a total is never made of parts unasked. No search_path setting: the
--      planner inlines it.
--
-- Parameters:
--      j        - the judgement
--      g        - its target
--      i_event  - as known at this event
--
-- Returns:
--      one row with a sentence in each language, to be put behind the reason;
--      no row where there is nothing to say
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select 'ただし、内訳のある値（' || p.names || '）は報告されています。目標の「内訳」列に「'
           || p.example || '」のように書くか、合計の行を内訳なしの値として取り込んでください。',
       ' There are values with dimensions, though (' || p.names || '): name the part that is meant'
           || ' in the target''s column ''内訳'', such as ''' || p.example
           || ''', or have the feed read its row of totals without dimensions.'
  from (select pg_catalog.string_agg(distinct d.key, '、') as names,
               pg_catalog.min(d.key || '=' || d.value) as example
          from kpid.series s
         cross join lateral pg_catalog.jsonb_each_text(s.dims) d
         -- asked first, so that nothing is read for a target that has a value
         where j.rule = 'no_value'
           and s.org = g.org and s.indicator = g.indicator and s.dims <> g.dims
           and exists (select from kpid.observation o
                        where (o.org, o.series) = (s.org, s.series)
                          and o.since <= i_event and o.value is not null)) p
 where p.names is not null;
$$;
comment on function kpid.parts_known(kpid.judgement, kpid.target, int) is
    'what to do when only values with other dimensions are known';
