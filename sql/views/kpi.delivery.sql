-- ----------------------------------------------------------------------
-- View: kpi.delivery
--
--      Grain: one fetched body and what became of it. read is the sum of
--      inserted, revised, unchanged and rejected; withdrawn stands beside.
-- ----------------------------------------------------------------------
create or replace view kpi.delivery as
select d.delivery, f.feed, encode(d.sha256, 'hex') as sha256, d.url,
       d.fetched_at, d.published_at, d.outcome, d.read, d.inserted,
       d.revised, d.unchanged, d.rejected, d.withdrawn, d.loaded as event,
       d.retracted as retracted_event, d.replaces,
       encode(d.contract, 'hex') as contract, d.bytes, d.vintage_at, d.error,
       d.typed_by, d.typed_why,
       exists (select from kpid.body b
                where b.sha256 = d.sha256 and b.n = 0) as body_kept
  from kpid.delivery d
  join kpid.feed f using (feed_id);
comment on view kpi.delivery is 'fetched bodies and what became of them';
comment on column kpi.delivery.delivery is 'number, cited by every value';
comment on column kpi.delivery.feed is 'where from';
comment on column kpi.delivery.sha256 is 'of the bytes';
comment on column kpi.delivery.url is 'where from, secrets redacted';
comment on column kpi.delivery.fetched_at is 'when received';
comment on column kpi.delivery.published_at is 'what the source says';
comment on column kpi.delivery.outcome is 'received, loaded, held or failed';
comment on column kpi.delivery.read is 'rows and cells read';
comment on column kpi.delivery.inserted is 'new, or back after a withdrawal';
comment on column kpi.delivery.revised is
    'other than its predecessor in publishing order';
comment on column kpi.delivery.unchanged is 'the same as its predecessor';
comment on column kpi.delivery.rejected is 'could not be read, see kpi.reject';
comment on column kpi.delivery.withdrawn is
    'no longer stated by a feed that withdraws; beside the sum';
comment on column kpi.delivery.event is
    'event that loaded it; null while held or failed';
comment on column kpi.delivery.retracted_event is
    'event that retracted it; null: it stands';
comment on column kpi.delivery.replaces is
    'the delivery whose bytes were mapped again';
comment on column kpi.delivery.contract is
    'SHA-256 of the mapping it was read by';
comment on column kpi.delivery.bytes is 'size of the body';
comment on column kpi.delivery.vintage_at is 'its place in publishing order';
comment on column kpi.delivery.error is 'why it is held or failed';
comment on column kpi.delivery.typed_by is
    'the person who typed it (kpid put); null: it came from a file';
comment on column kpi.delivery.typed_why is 'in that person''s words';
comment on column kpi.delivery.body_kept is
    'whether its bytes are still kept, see kpid prune';
