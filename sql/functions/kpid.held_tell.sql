create or replace function kpid.held_tell(i_delivery int)
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.held_tell(1)
--
--      Writes the mail that tells a feed's owner of a held delivery: one for
--      each delivery, ever. An import mails nobody.
--
-- Parameters:
--      i_delivery - held, its findings kept
--
-- Tables directly manipulated:
--      insert - kpid.outbox
-- ----------------------------------------------------------------------
declare
    l_host text := coalesce(nullif(current_setting('kpid.mail_host', true),
                                   ''), 'kpid.invalid');
begin
    insert into kpid.outbox (thread, seq, recipient, kind, message_id,
                             created_at, payload, next_attempt_at)
    select 'held/' || d.delivery, 1, f.owner, 'held',
           format('<kpid.held.%s.%s@%s>', d.delivery,
                  left(encode(d.sha256, 'hex'), 16), l_host),
           kpid.now(),
           jsonb_build_object(
               'kind', 'held', 'event', kpid.event_at(null),
               'feed', f.feed, 'title', f.title, 'url', d.url,
               'delivery', d.delivery, 'sha256', encode(d.sha256, 'hex'),
               'fetched_at', d.fetched_at, 'error', d.error,
               'last_delivery', l.delivery, 'last_fetched_at', l.fetched_at,
               'n_findings', (select count(*) from kpid.finding x
                               where x.delivery = d.delivery),
               'findings', (
                   select coalesce(jsonb_agg(to_jsonb(x) order by x.n), '[]')
                     from (select x.* from kpid.finding x
                            where x.delivery = d.delivery
                            order by x.text_ja is null, x.n
                            limit 20) x)),
           clock_timestamp()
      from kpid.delivery d
      join kpid.feed f using (feed_id)
      left join lateral (
           select p.delivery, p.fetched_at
             from kpid.delivery p
            where p.feed_id = d.feed_id
              and p.loaded is not null
              and p.retracted is null
            order by p.feed_id desc, p.delivery desc
            limit 1) l on true
     where d.delivery = i_delivery
       and not d.quiet
       and f.owner <> ''
        on conflict on constraint outbox_thread_uq do nothing;
    if found then
        perform pg_notify('kpid_outbox', '');
    end if;
end $$;
comment on function kpid.held_tell(int) is
    'writes the mail that tells of a held delivery';
