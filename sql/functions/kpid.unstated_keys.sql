create or replace function kpid.unstated_keys(i_delivery int)
returns table (org int, series int, period date)
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.unstated_keys(1)
--
--      The stored keys of its feed's series, inside its own span, that a
--      withdrawing delivery does not name. A delivery with a row whose key
--      could not be read withdraws nothing.
--
-- Parameters:
--      i_delivery - staged, resolved, its span known
-- ----------------------------------------------------------------------
#variable_conflict use_column
begin
    if not exists (select from kpid.delivery d
                    where d.delivery = i_delivery
                      and d.absent = 'withdraw'
                      and not d.tainted) then
        return;                  -- most feeds: nothing is planned or scanned
    end if;
    return query
    with unnamed as (            -- as sets: few rows are expected of it
        select o.org, o.series, o.period
          from kpid.delivery d
          join kpid.feed_series f using (feed_id)
          join kpid.observation o
               on o.org = f.org and o.series = f.series
              and o.period <@ d.span
         where d.delivery = i_delivery
        except
        select r.org, r.series, t.period
          from pg_temp.staged t
          join pg_temp.resolved r
               on r.delivery = t.delivery and r.ordinal = t.series
         where t.delivery = i_delivery
    )
    select k.org, k.series, k.period
      from unnamed k
     where not exists (
           select from kpid.unreadable u
            where (u.org, u.series, u.period, u.delivery)
                  = (k.org, k.series, k.period, i_delivery));
end $$;
comment on function kpid.unstated_keys(int) is
    'what a withdrawing delivery leaves out';
