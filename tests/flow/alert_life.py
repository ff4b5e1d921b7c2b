#!/usr/bin/python3
"""The life of an alert in the real database against a small model: every
transition that a few events can reach, and long random lives.

    alert_life.py [DEPTH [LIVES [SEED]]]

What periods are judged is given (kpid.period_status is replaced inside the
transaction, which is rolled back); everything after it is kpid's own.
"""
import pathlib
import random
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent
                       / "support"))
import alert_model as model  # noqa: E402
import flow  # noqa: E402
from programs import environment  # noqa: E402
from seed import seed  # noqa: E402

DEPTH = int(sys.argv[1]) if len(sys.argv) > 1 else 3
LIVES = int(sys.argv[2]) if len(sys.argv) > 2 else 300
SEED = seed(sys.argv, 3)
STATUS = {"g": "on_track", "w": "watch", "b": "off_track", "m": "missed"}
ORG = 202037

SETUP = f"""
begin;
set local client_min_messages = warning;
select set_config('kpid.clock', '2024-10-15 09:00+09', true) as clock \\gset
create schema t;
create table t.period (target text, n int, status text, primary key (target, n));
create table t.life (target text, round int, what text, n int, status text);
create table t.said (round int, target text, kinds text, told int, period int,
                     version int);
grant usage on schema t to public;
grant select on t.period to public;
-- the statuses stand in t.period, whatever else judging hands on
do $$
declare
    l_result text := pg_get_function_result('kpid.period_status(int,date,int)'::regprocedure);
begin
    execute 'create or replace function kpid.period_status(i_event int, i_as_of date,'
            ' i_org int default null)'
         || ' returns ' || l_result || ' language sql stable as '
         || quote_literal('select ' || (
        select string_agg(case split_part(trim(c), ' ', 1)
            when 'org' then 'g.org' when 'target' then 'g.target'
            when 'fiscal_year' then 'g.fiscal_year' when 'version' then 'g.version'
            when 't' then 'make_date(2024, 4 + p.n, 28)' when 'need' then '2'
            when 'status' then 'p.status' when 'said' then 'p.status'
            else 'null::' || substr(trim(c), strpos(trim(c), ' ') + 1) end, ', ' order by o)
          from string_to_table(substring(l_result, '^TABLE\\((.*)\\)$'), ',')
               with ordinality u (c, o))
        || ' from kpid.target_held(i_event, i_as_of, false) g'
        || ' join t.period p using (target)');
end $$;
"""

LOAD = f"""
insert into kpid.event values (1, '2024-04-01', 'target', null, null, null);
create function t.version(i_target text, i_version int) returns void language sql as $$
    insert into kpid.target (org, target, fiscal_year, version, event, valid_from, source, goal,
        name, comparator, aggregate, due, preset, year_kind, department, owner)
    values ({ORG}, i_target, 2024, i_version, 1, '2024-04-01', 't', 1, i_target, 'milestone',
            'latest', '2025-03-31', 'default', 'fiscal', '課', 'a@example.jp');
$$;
select count(t.version(target, 1)) from (select distinct target from t.life) l \\g /dev/null
"""

ROUND = """
insert into t.period select target, n, status from t.life
 where round = {r} and what = 'period' and status is not null
    on conflict (target, n) do update set status = excluded.status;
delete from t.period p using t.life l
 where l.round = {r} and l.what = 'period' and l.status is null
   and p.target = l.target and p.n = l.n;
select count(t.version(target, n)) from t.life
 where round = {r} and what = 'version' \\g /dev/null
select count(kpid.silence(target, 'x', 'y', '2024-12-31')) from t.life
 where round = {r} and what = 'sil' \\g /dev/null
update kpid.alert a set silenced_until = '2024-10-14' from t.life l
 where l.round = {r} and l.what = 'silexp' and l.target = a.target;
update kpid.alert a set (acked_until, acked_by, ack_note, acked_at)
     = ('2024-12-31', 'x', 'y', kpid.now()) from t.life l
 where l.round = {r} and l.what = 'ack' and l.target = a.target and a.told > 0;
update kpid.alert a set acked_until = '2024-10-14' from t.life l
 where l.round = {r} and l.what = 'ackexp' and l.target = a.target;
insert into kpid.owed (at, reason) values (kpid.now(), 'test');
select coalesce(max(outbox), 0) as last from kpid.outbox \\gset
select mails from kpid.evaluate() \\g /dev/null
insert into t.said
select {r}, l.target,
       (select string_agg(e ->> 'change', ' ' order by o.outbox) from kpid.outbox_target x
          join kpid.outbox o using (outbox)
         cross join jsonb_array_elements(o.payload -> 'targets') e
         where x.target = l.target and o.outbox > :last and e ->> 'target' = l.target),
       coalesce(a.told, 0), extract(month from a.told_period) - 4, a.told_version
  from (select distinct target from t.life) l
  left join kpid.alert a using (target);
-- the same again, by another daemon or after a restart, says nothing
insert into kpid.owed (at, reason) values (kpid.now(), 'test');
select 1 / (mails = 0)::int from kpid.evaluate() \\g /dev/null
"""


def explore(depth):
    """Lives that together take every transition that depth events reach."""
    seen, front, lives = {model.START}, [(model.START, ())], []
    for _ in range(depth):
        after = []
        for state, life in front:
            for event in model.EVENTS:
                new = model.step(state, event)
                if new is None:
                    continue
                new, _ = model.evaluate(new)
                key = new._replace(seq=0)
                lives.append(life + ((event,),))
                if key not in seen:
                    seen.add(key)
                    after.append((new, life + ((event,),)))
        front = after
    taken = {life[:n] for life in lives for n in range(1, len(life))}
    return [life for life in lives if life not in taken]


def wander(rng, rounds):
    """A random life: one to three events before each evaluation."""
    state, life = model.START, []
    for _ in range(rounds):
        events = []
        for _ in range(rng.randint(1, 3)):
            event = rng.choice(model.EVENTS)
            new = model.step(state, event)
            both = [e for e in events if e[:3] == event[:3] and e[:3] in
                    ("sil", "ack")]      # one gate moves once in a round
            if new is not None and not both and event not in events:
                state, events = new, events + [event]
        state, _ = model.evaluate(state)
        life.append(tuple(events) or ("nothing",))
    return tuple(life)


def written(state):
    """The statuses that judging gives, by period."""
    return {i: "missed" if val == "b" and state.due and i == model.YEAR - 1
            else STATUS[val] for i, val in enumerate(state.vals) if val != "?"}


def rows(name, life):
    """What happens to the target, as rows for t.life; and what it must say."""
    state, given, must = model.START, {}, []
    for number, events in enumerate(life):
        for event in events:
            old, state = state, model.step(state, event)
            if state.ver != old.ver:
                yield name, number, "version", state.ver, None
            if event in ("sil", "silexp", "ack", "ackexp"):
                yield name, number, event, None, None
        now = written(state)
        for i in sorted(set(given) | set(now)):
            if given.get(i) != now.get(i):
                yield name, number, "period", i, now.get(i)
        given = now
        state, said = model.evaluate(state)
        must.append((said or "", str(state.ann),
                     str(state.annp) if state.annp >= 0 else "",
                     str(state.annv) if state.annv else ""))
    yield must


def script(lives):
    """The whole run as psql input, and what is expected of each round."""
    lines, must = [], {}
    for number, life in enumerate(lives):
        for row in rows(f"x{number}", life):
            if isinstance(row, list):
                must[f"x{number}"] = row
            else:
                lines.append("\t".join("\\N" if c is None else str(c)
                                       for c in row))
        lines.append(f"x{number}\t-1\tbegin\t\\N\t\\N")
    rounds = max(len(life) for life in lives)
    return (SETUP + "copy t.life from stdin;\n" + "\n".join(lines) + "\n\\.\n"
            + LOAD + "".join(ROUND.format(r=r) for r in range(rounds))
            + "select round, target, coalesce(kinds, ''), told,"
              " coalesce(period::text, ''), coalesce(version::text, '')"
              " from t.said order by 1;\nrollback;\n"), must


def compare(f, what, lives):
    """Runs the lives and tells the first that went otherwise."""
    text, must = script(lives)
    holder = f.hold()
    socket = (f.dir / "pg" / "socket").read_text().strip()
    began = time.monotonic()
    done = subprocess.run(
        ("psql", "-XAtq", "-F", "\t", "-v", "ON_ERROR_STOP=1",
         f"host={socket} user=kpid dbname=kpid"), input=text,
        env=environment(), capture_output=True, text=True, encoding="utf-8",
        check=False)
    holder.stop()
    f.ok(f"{what}: the database took it, and said nothing twice",
         done.returncode == 0, done.stderr[-2000:])
    other = []
    for line in done.stdout.splitlines():
        number, target, *got = line.split("\t")
        want = must[target][int(number)] if int(number) < len(must[target]) \
            else None
        if want is not None and tuple(got) != want:
            other.append((lives[int(target[1:])][:int(number) + 1],
                          f"got {got}, want {list(want)}"))
    other.sort(key=lambda o: len(o[0]))
    n = sum(len(life) for life in lives)
    f.ok(f"{what}: {len(lives)} lives, {n} evaluations as the model says",
         not other and done.returncode == 0,
         f"{len(other)} differ; first: {other[:3]}")
    print(f"# {time.monotonic() - began:.1f} s")


def begin(f):
    """A database"""
    f.demo()
    f.same("it is there", f.kpid("status").code, 0)


def exhaustive(f):
    """Every transition"""
    compare(f, f"depth {DEPTH}", explore(DEPTH))


def at_random(f):
    """Random lives"""
    rng = random.Random(SEED)
    compare(f, f"seed {SEED}", [wander(rng, 12) for _ in range(LIVES)])


if __name__ == "__main__":
    flow.main(begin, exhaustive, at_random)
