create or replace function kpid.stream_begin(i_delivery int, i_rows bigint)
returns table (event int, series int)
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
set client_min_messages = warning
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.stream_begin(2)
--
--      Opens the straight way for a large delivery that is not read yet:
--      the first of its feed, so that there is nothing to hold it against
--      and no digest to compare. Its rows may be copied as they are read,
--      as role kpid_loader, after the names of their series
--      (kpid.stream_names); kpid.stream_end says what all of it was, and
--      kpid.direct_end ends it. Should one of its series be known already,
--      or anything else be amiss, that fails, and the client begins again
--      without.
--      Security definer: the collector may change these tables through
--      the loading functions alone.
--
-- Parameters:
--      i_delivery - received
--      i_rows     - about how many rows it may have
--
-- Returns:
--      its event and the number of its first series, to which their
--      ordinals are added; no row: read all of it first
--
-- Tables directly manipulated:
--      create - pg_temp.streamed: the delivery, where its numbers begin
--               pg_temp.made: its series
--               pg_temp.made_span: their lengths, one series of each
--               pg_temp.said: what each of them says, by the client
--      insert - kpid.direct_load
-- ----------------------------------------------------------------------
#variable_conflict use_column
declare
    l_d     kpid.delivery;
    l_first int;
begin
    perform kpid.lock_store();
    perform kpid.stage_check();
    select d.* into strict l_d from kpid.delivery d
     where d.delivery = i_delivery;
    if l_d.loaded is not null or l_d.retracted is not null
       or l_d.replaces is not null or l_d.absent <> 'keep'
       or exists (select from kpid.delivery o
                   where o.feed_id = l_d.feed_id and o.loaded is not null)
       or exists (select from kpid.feed_series f
                   where f.feed_id = l_d.feed_id)
       or exists (select from kpid.gate_settings(array[i_delivery]) s
                   where jsonb_array_length(s.totals) > 0)
       or kpid.must_derive(i_delivery) then
        return;
    end if;
    drop table if exists pg_temp.streamed, pg_temp.made, pg_temp.made_span,
                         pg_temp.said;
    create temp table made (
        ordinal int not null, org int not null, series int not null
    ) on commit drop;
    create temp table made_span (like pg_temp.staged_series) on commit drop;
    create temp table said (
        ordinal int not null, digest uuid not null
    ) on commit drop;
    grant insert on pg_temp.said to kpid_collector;
    l_first := nextval('kpid.series_series_seq');
    create temp table streamed on commit drop as
    select i_delivery as delivery, l_first as first;
    insert into kpid.direct_load (xid, delivery, event, keyless, block,
                                  before)
    select pg_current_xact_id(), i_delivery, 0, kpid.key_lift(i_rows),
           pg_relation_size('kpid.observation')
           / current_setting('block_size')::int,
           pg_stat_get_xact_tuples_inserted('kpid.observation'::regclass);
    perform kpid.open_load(array[i_delivery]);
    update kpid.direct_load l
       set event = d.loaded
      from kpid.delivery d
     where l.xid = pg_current_xact_id()
       and d.delivery = i_delivery;
    return query
    select l.event, l_first from kpid.direct_load l
     where l.xid = pg_current_xact_id();
end $$;
comment on function kpid.stream_begin(int, bigint) is
    'opens the straight way for a delivery that is not read yet';
