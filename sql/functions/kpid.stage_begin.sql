create or replace function kpid.stage_begin()
returns void
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
set client_min_messages = warning
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.stage_begin(0)
--
--      Makes the temporary tables that a batch is copied into, or empties
--      them; they go with the transaction.
--      Security definer: they belong to the owner, who alone may put rules
--      or triggers on them (kpid.stage_ready looks), and the collector may
--      fill and read them.
--
-- Tables directly manipulated:
--      create - pg_temp.staged: what deliveries state. series is the
--               ordinal of staged_series; reason is not null for a reject,
--               whose series and period are null when unreadable, too
--               pg_temp.staged_series: the series by ordinal
--               pg_temp.resolved: their numbers, see kpid.resolve_series;
--               class and what it follows from are of kpid.direct_offer
--               pg_temp.counts: what became of the rows, and of the whole
--               (kpid.content)
--               pg_temp.offered: keys by period, see kpid.direct_offer
-- ----------------------------------------------------------------------
begin
    drop table if exists pg_temp.staged, pg_temp.staged_series,
                         pg_temp.resolved, pg_temp.counts,
                         pg_temp.offered;
    create temp table staged (
        delivery int not null, series int, period date, line int not null,
        col int not null, status "char", value numeric, raw text, reason text
    ) on commit drop;
    create temp table staged_series (
        delivery int not null, ordinal int not null, org int not null,
        indicator text not null, frequency text not null, span text not null,
        dims jsonb not null, digest uuid
    ) on commit drop;
    create temp table resolved (
        delivery int not null, ordinal int not null, org int not null,
        series int not null, feed_id int not null, digest uuid, base int,
        stated boolean, class "char"
    ) on commit drop;
    create temp table counts (
        delivery int not null, read bigint not null, rejected bigint not null,
        inserted bigint not null default 0, revised bigint not null default 0,
        withdrawn bigint not null default 0, digest uuid, last int, base int
    ) on commit drop;
    create temp table offered (
        delivery int not null, period date not null, keys bigint not null
    ) on commit drop;
    grant insert, select on pg_temp.staged, pg_temp.staged_series
       to kpid_collector;
end $$;
comment on function kpid.stage_begin() is
    'makes the temporary tables that a batch is copied into';
