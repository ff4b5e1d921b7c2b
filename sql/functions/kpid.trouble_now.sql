create or replace function kpid.trouble_now()
returns table (target text, kind text, subject text, since timestamptz, ja text, en text)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.trouble_now()
--
--      What is wrong with kpid itself, as known now. Nothing of it is stored;
--      what was told stands in kpid.alert under organization 0.
--
-- Returns:
--      target  - name of the alert: kpid/KIND/SUBJECT
--      since   - when it began
--      ja, en  - what is the matter
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select format('kpid/%s/%s', t.kind, t.subject), t.*
  from (select * from kpid.trouble_feed()
         union all
        select * from kpid.trouble_mail()
         union all
        select * from kpid.trouble_fact()) t;
$$;
comment on function kpid.trouble_now() is 'what is wrong with kpid itself, as known now';
