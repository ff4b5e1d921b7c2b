-- ----------------------------------------------------------------------
-- Values typed by hand: a delivery says who typed it and why.
--
-- Reference table.
-- ----------------------------------------------------------------------
alter table kpid.delivery add column typed_by text;
alter table kpid.delivery add column typed_why text;
comment on column kpid.delivery.typed_by is
    'the person who typed it; null: it came from a file';
comment on column kpid.delivery.typed_why is 'in that person''s words';

-- Bodies are looked for by what they are, and deliveries by their body.
create index delivery_sha256_idx on kpid.delivery (sha256);
