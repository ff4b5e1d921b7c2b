create or replace function kpid.outbox_rendered(i_outbox bigint, i_message bytea)
returns void
language sql
security definer
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.outbox_rendered(1, 'From: ..')
--
--      Keeps the bytes of a mail, so that every attempt sends the same. Bytes
--      that are kept already stay. Security definer: the collector may write
--      the outbox through functions alone.
--
-- Parameters:
--      i_outbox   - the mail
--      i_message  - its bytes
--
-- Tables directly manipulated:
--      update - kpid.outbox
-- ----------------------------------------------------------------------
update kpid.outbox o
   set message = i_message
 where o.outbox = i_outbox and o.message is null;
$$;
comment on function kpid.outbox_rendered(bigint, bytea) is
    'keeps the bytes of a mail, so that every attempt sends the same';
