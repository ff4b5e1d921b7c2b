create or replace function kpid.key_lay()
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
set maintenance_work_mem = '256MB'
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.key_lay(0)
--
--      Puts back what kpid.key_lift took. Fails when a key was copied
--      twice, or two names of the file are one series.
--
-- Tables directly manipulated:
--      alter - kpid.observation, kpid.series, kpid.feed_series
-- ----------------------------------------------------------------------
begin
    alter table kpid.observation
        add constraint observation_pkey primary key (org, series, period);
    alter table kpid.series
        add constraint series_pkey primary key (org, series),
        add constraint series_key_uq
            unique (org, indicator, frequency, span, dims, derived);
    create index series_code_idx on kpid.series (org_code, indicator);
    create index series_indicator_idx on kpid.series (indicator);
    alter table kpid.feed_series
        add constraint feed_series_pkey primary key (org, series, feed_id);
    create index feed_series_feed_idx on kpid.feed_series (feed_id);
end $$;
comment on function kpid.key_lay() is
    'puts the keys of the store back';
