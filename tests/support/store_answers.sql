-- What readers of the store are answered, a line each: what, then words.
-- Keys are org, sex and month; 2099-01 is month 900.
with e as (select * from kpi.event)
select 'event', e.kind, e.delivery from e order by e.event;

select 'reject', r.delivery, r.line from kpi.reject r;

select 'as of ' || e.event, o.org, o.dims ->> 'sex',
       case when o.period_start < '2099-01-01'
            then extract(month from o.period_start) else 900 end,
       o.value, coalesce(o.missing, o.status), o.delivery, o.line
  from kpi.event e
 cross join lateral kpi.as_of(e.known_at) o;

select 'latest', o.org, o.dims ->> 'sex',
       case when o.period_start < '2099-01-01'
            then extract(month from o.period_start) else 900 end,
       o.value, coalesce(o.missing, o.status), o.delivery, o.line
  from kpi.observation o;

select 'as published ' || d.delivery, o.org, o.dims ->> 'sex',
       case when o.period_start < '2099-01-01'
            then extract(month from o.period_start) else 900 end,
       o.value, coalesce(o.missing, o.status), o.delivery, o.line
  from kpi.delivery d
 cross join lateral kpi.as_published(d.vintage_at) o;

select 'first', o.org, o.dims ->> 'sex',
       case when o.period_start < '2099-01-01'
            then extract(month from o.period_start) else 900 end,
       o.value, coalesce(o.missing, o.status), o.delivery, o.line
  from kpi.first_release o;

select 'revision', o.org, o.dims ->> 'sex',
       case when o.period_start < '2099-01-01'
            then extract(month from o.period_start) else 900 end,
       o.value, coalesce(o.missing, o.status), o.delivery, o.line,
       o.previous_value
  from kpi.revision o
 order by o.revision;

-- What must never be: two answers at once, or none between two.
select 'overlap', h.org, h.series, h.period, h.since, h.until, h.next
  from (select x.*, lead(x.since, 1) over (
                   partition by x.org, x.series, x.period
                   order by x.since) as next
          from (select org, series, period, since, until
                  from kpid.superseded where since < until
                 union all
                select org, series, period, since, null
                  from kpid.observation) x) h
 where h.until is distinct from h.next;

select 'sums', d.delivery
  from kpi.delivery d
 where d.read <> d.inserted + d.revised + d.unchanged + d.rejected
    or (d.event is null and d.read <> 0);
