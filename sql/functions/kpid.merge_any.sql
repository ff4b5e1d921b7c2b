create or replace function kpid.merge_any(i_delivery int)
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
set client_min_messages = warning
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.merge_any(1)
--
--      One delivery that may be older than what is stored, withdraws or
--      replaces: its keys, and those it leaves out, are derived again from
--      everything stated about them.
--
-- Parameters:
--      i_delivery - staged, opened
--
-- Tables directly manipulated:
--      create - pg_temp.touched: the keys it is about
--      update - pg_temp.counts
-- ----------------------------------------------------------------------
declare
    l_d kpid.delivery;
begin
    select d.* into l_d from kpid.delivery d where d.delivery = i_delivery;
    drop table if exists pg_temp.touched, pg_temp.own;
    create temp table own on commit drop as
    select r.org, r.series, t.period, t.line, t.col, t.status, t.value
      from pg_temp.staged t
      join pg_temp.resolved r
           on r.delivery = t.delivery and r.ordinal = t.series
     where t.delivery = i_delivery;
    create temp table touched on commit drop as
    select o.org, o.series, o.period from pg_temp.own o
     union
    select u.org, u.series, u.period from kpid.unstated_keys(i_delivery) u
     union                        -- a replay takes back all its original did
    select k.org, k.series, k.period
      from kpid.delivery x
     cross join lateral kpid.keys_of(x.delivery) k
     where l_d.replaces is not null
       and x.rank_no = l_d.rank_no
       and x.loaded < l_d.loaded;
    analyze pg_temp.touched;

    perform kpid.digests_touched();
    perform kpid.derive_stated();
    update pg_temp.counts c
       set inserted = s.inserted, revised = s.revised,
           withdrawn = s.withdrawn, digest = null
      from kpid.against_predecessor(i_delivery) s
     where c.delivery = i_delivery;

    insert into pg_temp.stated (org, series, period, delivery, line, col,
                                status, value, standing)
    select o.org, o.series, o.period, i_delivery, o.line, o.col, o.status,
           o.value, false
      from pg_temp.own o;
    perform kpid.rederive(l_d.loaded, i_delivery);
end $$;
comment on function kpid.merge_any(int) is
    'merges one delivery that is late, withdraws or replaces';
