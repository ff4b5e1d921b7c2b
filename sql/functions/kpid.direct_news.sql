create or replace function kpid.direct_news(i_delivery int, i_periods date[])
returns boolean
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.direct_news(2)
--
--      Whether a delivery states periods alone that its feed never stated,
--      such as the newest month: then no key of the feed's own series can be
--      there already, whatever their number, and nothing is to be compared.
--      A delivery whose shape was not counted may have stated them. What is
--      overlooked all the same fails by the key, and is staged.
--
-- Parameters:
--      i_delivery - received
--      i_periods  - first days of the periods it states
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
select not exists (
       select from kpid.delivery d
         join kpid.delivery l using (feed_id)
        where d.delivery = i_delivery
          and l.loaded is not null
          and l.read > l.rejected
          and (exists (select from kpid.delivery_shape h
                        where h.delivery = l.delivery
                          and h.period = any (i_periods))
               or not exists (select from kpid.delivery_shape h
                               where h.delivery = l.delivery)));
$$;
comment on function kpid.direct_news(int, date[]) is
    'whether a delivery states new periods alone';
