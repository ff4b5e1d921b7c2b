create or replace function kpid.receive(
    i_feed text, i_sha256 bytea, i_contract bytea, i_url text,
    i_bytes bigint, i_fetched_at timestamptz, i_published_at timestamptz,
    i_quiet boolean)
returns int
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.receive(8)
--
--      Registers a fetched body as a delivery. The same bytes under the
--      same contract as the feed's last delivery are none, when that one
--      was loaded, held or retracted (kpid.last_outcome tells); A B A is
--      three. Where a feed's bodies are told apart by their URLs the last
--      one is that of the same URL. A replay that was loaded counts as the delivery it replaced,
--      under its own contract. One that failed, or was received and never finished because
--      the loader died, is given out again: its failure is told anew
--      until the feed sends something else.
--      The feed's row is locked, so that two loaders cannot both register;
--      not its key, which whoever holds the lock of the store may refer to.
--      Security definer: the collector may change these tables through
--      the loading functions alone.
--
-- Parameters:
--      i_feed         - its name
--      i_sha256       - of the bytes
--      i_contract     - SHA-256 of the mapping they are read by
--      i_url          - where from, secrets redacted
--      i_bytes        - how many
--      i_fetched_at   - when received
--      i_published_at - what the source says, a bare date as the end of its
--                       day; null when it says nothing. Never counts as
--                       later than the receipt
--      i_quiet        - an import: mails nobody
--
-- Returns:
--      the delivery; null when it is no new one
--
-- Tables directly manipulated:
--      insert - kpid.delivery
-- ----------------------------------------------------------------------
declare
    l_feed kpid.feed;
    l_last kpid.delivery;
    l_id   int;
begin
    select f.* into strict l_feed from kpid.feed f
     where f.feed_id = kpid.feed_id(i_feed) for no key update;
    select d.* into l_last from kpid.feed_before(l_feed.feed_id, i_url) d;
    if l_last.sha256 = i_sha256 and l_last.contract = i_contract then
        return case when l_last.outcome in ('received', 'failed')
                     and l_last.retracted is null then l_last.delivery end;
    end if;
    l_id := nextval('kpid.delivery_delivery_seq');
    insert into kpid.delivery (delivery, rank_no, feed_id, sha256, contract,
                               url, bytes, fetched_at, published_at,
                               vintage_at, absent, quiet, outcome)
           overriding system value
    values (l_id, l_id, l_feed.feed_id, i_sha256, i_contract, i_url, i_bytes,
            i_fetched_at, i_published_at,
            least(i_published_at, i_fetched_at),
            l_feed.absent, i_quiet, 'received');
    return l_id;
end $$;
comment on function kpid.receive(text, bytea, bytea, text, bigint,
                                 timestamptz, timestamptz, boolean) is
    'registers a body; null when it is the feed''s last one again';
