-- What kpid measures of itself, on a clock that runs: a first bad measurement is
-- told at once, not with the second.
begin;
select plan(6);
select set_config('kpid.operator', 'op@example.jp', true);

create function pg_temp.tells(i_facts jsonb) returns bigint language sql as $$
    select mails from kpid.watch(i_facts) $$;

select is(pg_temp.tells('[{"kind":"spool_full","subject":"h/state","value":1}]'), 1::bigint,
          'a full spool is told the first time it is seen');
select is(since, at, 'it is bad since it was measured') from kpid.fact where kind = 'spool_full';
select is(pg_temp.tells('[{"kind":"spool_full","subject":"h/state","value":1}]'), 0::bigint, '.. once');
select is(pg_temp.tells('[{"kind":"spool_full","subject":"h/state","value":0}]'), 1::bigint,
          'and that there is room again');
select is(pg_temp.tells('[{"kind":"spool_aside","subject":"h/state","value":2,"detail":"/v/aside"}]'),
          1::bigint, 'files that were set aside are told');
select is((select ja from kpid.trouble_fact()), '2件（/v/aside）', '.. how many, and where');
select * from finish();
rollback;
