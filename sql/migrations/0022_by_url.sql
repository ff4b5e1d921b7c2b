-- ----------------------------------------------------------------------
-- Feeds of many bodies: one address for each period or organization, or
-- files that come into a directory. What one address gave says nothing of
-- another, so that "the same bytes again" is judged for each.
-- ----------------------------------------------------------------------
alter table kpid.feed add column by_url boolean not null default false;
comment on column kpid.feed.by_url is
    'its bodies are told apart by their URLs';
-- A hash: URLs may be longer than an index takes.
create index delivery_url_idx
    on kpid.delivery (feed_id, hashtextextended(url, 0));
