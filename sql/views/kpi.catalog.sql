-- ----------------------------------------------------------------------
-- View: kpi.catalog
--
--      Grain: one indicator from one feed; an indicator that nobody delivered
--      yet, or that is computed, has one row without a feed. For analysts who look for data.
-- ----------------------------------------------------------------------
create or replace view kpi.catalog as
select i.indicator, i.name_ja, i.name_en, i.unit, i.measure, i.decimals,
       i.numerator, i.denominator, f.feed, f.title, f.owner,
       coalesce(f.source, i.source) as source, f.licence, f.schedule,
       c.organizations, c.series, l.last_release, l.last_delivery,
       coalesce((select min(e.asked_at) from kpid.expected e
                  where e.feed_id = c.feed_id and e.arrived_at is null
                    and e.asked_at > kpid.now()), s.next_at) as next_release, g.indicator is not null as derived,
       kpid.derivation_text(g.kind, g.inputs, g.factor) as formula,
       (select min(e.late_since) from kpid.expected e
         where e.feed_id = c.feed_id and e.arrived_at is null) as late_since,
       (select kpid.period_text(e.span, e.newest) from kpid.expected e
         where e.feed_id = c.feed_id and e.arrived_at is null
         order by kpid.period_last(e.span, e.newest) desc nulls last limit 1) as newest_period
  from kpid.indicator i
  left join (select x.indicator, k.feed_id,
                    count(distinct x.org) as organizations,
                    count(*) as series
               from kpid.series x
               left join kpid.feed_series k
                    on k.org = x.org and k.series = x.series
              where x.derived or k.feed_id is not null
              group by x.indicator, k.feed_id) c using (indicator)
  left join kpid.derivation g
       on g.indicator = i.indicator and g.until is null
  left join kpid.feed f on f.feed_id = c.feed_id
  left join kpid.feed_state s on s.feed_id = c.feed_id
  left join lateral (
       select d.vintage_at as last_release, d.delivery as last_delivery
         from kpid.delivery d
        where d.feed_id = c.feed_id
          and d.loaded is not null and d.retracted is null
          and d.inserted + d.revised > 0
        order by d.vintage_at desc, d.fetched_at desc, d.rank_no desc
        limit 1) l on true;
comment on view kpi.catalog is 'indicators, where they come from and when';
comment on column kpi.catalog.indicator is 'code';
comment on column kpi.catalog.name_ja is 'name';
comment on column kpi.catalog.name_en is 'name in English';
comment on column kpi.catalog.unit is 'of the values';
comment on column kpi.catalog.measure is
    'stock, flow, flow_ytd (running total of the fiscal year) or ratio';
comment on column kpi.catalog.decimals is 'usual decimals';
comment on column kpi.catalog.numerator is 'of a ratio';
comment on column kpi.catalog.denominator is 'of a ratio';
comment on column kpi.catalog.feed is 'who delivers it';
comment on column kpi.catalog.title is 'of the feed';
comment on column kpi.catalog.owner is 'of the feed: who is told when it fails';
comment on column kpi.catalog.source is 'who publishes';
comment on column kpi.catalog.licence is 'under which terms';
comment on column kpi.catalog.schedule is 'when the feed is asked';
comment on column kpi.catalog.organizations is 'how many have it';
comment on column kpi.catalog.series is 'how many series';
comment on column kpi.catalog.last_release is
    'publishing instant of the newest delivery that said something new';
comment on column kpi.catalog.last_delivery is 'that delivery';
comment on column kpi.catalog.next_release is
    'when its next period is expected; awaited or unknown: when the feed is asked next';
comment on column kpi.catalog.derived is
    'computed by kpid from other indicators, see kpi.derivation';
comment on column kpi.catalog.formula is
    'how it is computed; null when it is not';
comment on column kpi.catalog.late_since is
    'since when the feed''s next period is late; null: it is not';
comment on column kpi.catalog.newest_period is
    'the newest period the feed has brought; null: none, or a feed asked by hand';
