create or replace function kpid.receive_all(
    i_feeds text[], i_sha256 bytea[], i_contracts bytea[], i_urls text[],
    i_bytes bigint[], i_fetched_at timestamptz[],
    i_published_at timestamptz[], i_quiet boolean[])
returns table (delivery int, last int, outcome text, error text)
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan  -- any batch is planned alike, once
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.receive_all(8)
--
--      Registers fetched bodies as deliveries, in their order. The same bytes
--      under the same contract as the feed's last delivery are none, when
--      that one was loaded, held or retracted; A B A is three. Where a feed's
--      bodies are told apart by their URLs the last one is that of the same
--      URL. A replay that was loaded counts as the delivery it replaced,
--      under its own contract. One that failed, or was received and never
--      finished because the loader died, is given out again: its failure is
--      told anew until the feed sends something else.
--      The feeds' rows are locked, so that two loaders cannot both register;
--      not their keys, which whoever holds the lock of the store may refer
--      to. Security definer: the collector may change these tables through
--      the loading functions alone.
--
-- Parameters, a column each:
--      i_feeds        - names
--      i_sha256       - of the bytes
--      i_contracts    - SHA-256 of the mapping they are read by
--      i_urls         - where from, secrets redacted
--      i_bytes        - how many
--      i_fetched_at   - when received
--      i_published_at - what the source says, a bare date as the end of its
--                       day; null when it says nothing. Never counts as
--                       later than the receipt
--      i_quiet        - an import: mails nobody
--
-- Returns:
--      a row for each, in their order: the delivery; null when it is no new
--      one, then the last one with what became of it (kpid.last_outcome)
--
-- Tables directly manipulated:
--      insert - kpid.delivery
-- ----------------------------------------------------------------------
#variable_conflict use_column
begin
    perform kpid.feeds_lock(i_feeds);
    return query
    with body as materialized (
        select b.*, coalesce(f.feed_id, kpid.feed_id(b.feed)) as feed_id,
               f.absent, case when f.by_url then b.url end as place
          from rows from (unnest(i_feeds), unnest(i_sha256),
                          unnest(i_contracts), unnest(i_urls),
                          unnest(i_bytes), unnest(i_fetched_at),
                          unnest(i_published_at), unnest(i_quiet))
               with ordinality b (feed, sha256, contract, url, bytes,
                                  fetched_at, published_at, quiet, n)
          left join kpid.feed f on f.feed = b.feed
    ), row_of as (        -- the bodies that are compared with each other
        select b.*, lag(b.n) over w as previous,
               (b.sha256, b.contract)
               = (lag(b.sha256) over w, lag(b.contract) over w) as as_previous
          from body b
        window w as (partition by b.feed_id, b.place order by b.n)
    ), stretch as (       -- of the same bytes: the first decides for all
        select r.*, max(r.n) filter (where r.as_previous is not true)
                    over (partition by r.feed_id, r.place order by r.n) as head
          from row_of r
    ), head as materialized (
        select s.*, d.delivery as last,
               case when d.retracted is null then d.outcome
                    else 'retracted' end as outcome, d.error,
               coalesce((s.sha256, s.contract) = (d.sha256, d.contract),
                        false) as known
          from stretch s
          left join lateral (
               select * from kpid.feed_last(s.feed_id) l
                where s.previous is null and s.place is null
                union all
               select * from kpid.feed_before(s.feed_id, s.place) l
                where s.previous is null and s.place is not null) d on true
         where s.n = s.head
    ), fresh as materialized (
        select x.*, nextval('kpid.delivery_delivery_seq')::int as delivery
          from (select h.* from head h where not h.known order by h.n) x
    ), made as (
        insert into kpid.delivery (delivery, rank_no, feed_id, sha256,
                                   contract, url, bytes, fetched_at,
                                   published_at, vintage_at, absent, quiet,
                                   outcome)
               overriding system value
        select x.delivery, x.delivery, x.feed_id, x.sha256, x.contract, x.url,
               x.bytes, x.fetched_at, x.published_at,
               least(x.published_at, x.fetched_at), x.absent, x.quiet,
               'received'
          from fresh x
    )
    select coalesce(x.delivery, case when h.outcome in ('received', 'failed')
                                     then h.last end), h.last, h.outcome,
           h.error
      from stretch s
      join head h on h.n = s.head
      left join fresh x on x.n = s.head
     order by s.n;
end $$;
comment on function kpid.receive_all(text[], bytea[], bytea[], text[],
                                     bigint[], timestamptz[], timestamptz[],
                                     boolean[]) is
    'registers bodies as deliveries; none where one is its feed''s last again';
