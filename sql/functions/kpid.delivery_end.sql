create or replace function kpid.delivery_end(
    i_delivery int, i_outcome text, i_error text)
returns void
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.delivery_end(3)
--
--      Ends a delivery that is not loaded: held for a person to decide, or
--      failed. A loaded one is not touched by it. Of a held one its feed's
--      owner is told, in the same transaction (kpid.held_tell).
--      Security definer: the collector may change these tables through
--      the loading functions alone.
--
-- Parameters:
--      i_delivery - which
--      i_outcome  - held or failed
--      i_error    - why, in words for its owner
--
-- Tables directly manipulated:
--      update - kpid.delivery
-- ----------------------------------------------------------------------
begin
    update kpid.delivery d
       set outcome = i_outcome, error = i_error
     where d.delivery = i_delivery
       and d.loaded is null
       and i_outcome in ('held', 'failed');
    if not found then
        raise exception 'delivery % cannot become %L: it is loaded, or unknown',
            i_delivery, i_outcome;
    end if;
    if i_outcome = 'held' then
        perform kpid.held_tell(i_delivery);
    end if;
end $$;
comment on function kpid.delivery_end(int, text, text) is
    'ends a delivery that is not loaded: held or failed';
