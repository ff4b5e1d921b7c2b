create or replace function kpid.lease_refused(i_bodies jsonb)
returns table (n int, why text)
language sql
security definer
stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.lease_refused('[["f", 3, "2024-10-15T00:00:00Z", "aa..", "bb.."]]')
--
--      Bodies that are not to be received. One that was fetched by a lease
--      that others have taken since: they collect that turn. One that was
--      fetched without a lease, the database being away, and is late: when
--      the deliveries that were fetched next before or after it are the same
--      bytes, another instance brought them.
--      Security definer: the collector may ask for leases through functions
--      alone.
--
-- Parameters:
--      i_bodies - feed, token or 0, when fetched, and in hexadecimal the
--                 SHA-256 of bytes and contract
--
-- Returns:
--      the refused ones by their place (from 0), and why
-- ----------------------------------------------------------------------
with body as materialized (
    select (b.i - 1)::int as n, f.feed_id, (b.doc ->> 1)::bigint as token,
           (b.doc ->> 2)::timestamptz as fetched_at,
           decode(b.doc ->> 3, 'hex') as sha256, decode(b.doc ->> 4, 'hex') as contract
      from jsonb_array_elements(i_bodies) with ordinality b (doc, i)
      join kpid.feed f on f.feed = b.doc ->> 0
)
select b.n, format('another instance has taken the feed since (lease %s, now %s)',
                   b.token, l.token)
  from body b
  join kpid.lease l using (feed_id)
 where b.token > 0 and l.token <> b.token
union all
select b.n, 'another instance has brought the same bytes'
  from body b
 where b.token = 0
   and exists (
        select from kpid.delivery d
         where d.feed_id = b.feed_id and d.fetched_at > b.fetched_at)
   and exists (
        select from (
            (select d.sha256, d.contract from kpid.delivery d
              where d.feed_id = b.feed_id and d.replaces is null and d.fetched_at <= b.fetched_at
              order by d.fetched_at desc, d.delivery desc limit 1)
            union all
            (select d.sha256, d.contract from kpid.delivery d
              where d.feed_id = b.feed_id and d.replaces is null and d.fetched_at > b.fetched_at
              order by d.fetched_at, d.delivery limit 1)) d
         where d.sha256 = b.sha256 and d.contract = b.contract);
$$;
comment on function kpid.lease_refused(jsonb) is 'bodies that are not to be received, and why';
