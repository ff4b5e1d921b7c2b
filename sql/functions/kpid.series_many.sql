create or replace function kpid.series_many()
returns boolean
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.series_many(0)
--
--      Whether so many series are staged that their names are better hashed
--      against all there are than looked up one by one: a hash compares
--      each name once, the index of five columns walks down for each (three
--      times as dear when all are known). By size: cheap, and near enough.
--
-- Returns:
--      true: a fifth or more of those known
-- ----------------------------------------------------------------------
select pg_relation_size('pg_temp.staged_series') / 80
       > pg_relation_size('kpid.series') / 70 / 5;
$$;
comment on function kpid.series_many() is
    'whether staged series are many against those known';
