create or replace function kpid.trouble_readers(i_target text, i_says text)
returns table (recipient text)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.trouble_readers('kpid/disk_low/spool', 'closed')
--
--      Who is told of an alert of kpid's own.
--
-- Parameters:
--      i_target  - its name
--      i_says    - kind of the mail
--
-- Returns:
--      of an opening the operator, else those who were told of the opening
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select nullif(current_setting('kpid.operator', true), '')
 where i_says in ('opened', 'reopened') and current_setting('kpid.operator', true) <> ''
 union
select x.recipient
  from kpid.outbox_target x
  join kpid.outbox o using (outbox)
 where i_says not in ('opened', 'reopened')
   and x.org = 0 and x.target = i_target and o.given_up_at is null
   and x.seq = (select max(y.seq)
                  from kpid.outbox_target y
                  join kpid.outbox p on p.outbox = y.outbox
                 where y.org = 0 and y.target = i_target and p.payload ->> 'change' = 'opened');
$$;
comment on function kpid.trouble_readers(text, text) is 'who is told of an alert of kpid''s own';
