#!/usr/bin/python3
"""Migrations: from each earlier state of the schema, with data in it, to the
present one; and what kpid says of a database that it must not touch.

Up to migration N the schema is made of the files themselves; rows that such
a database can have are those of tests/cases/upgrade/data.sql up to the mark
of N. A database that an earlier kpid left, with the functions and views of
its time, is a dump: tests/cases/upgrade/NNNN.dump.sql.gz, the last state of
that migration, filled with the same rows and written by pg_dump -n kpid -n kpi
-n kpid_meta.
"""
import gzip
import hashlib
import os
import pathlib
import re
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent
                       / "support"))
import flow  # noqa: E402
from programs import environment  # noqa: E402

SQL = flow.TOP / "sql"
CASES = flow.TOP / "tests" / "cases" / "upgrade"
MIGRATIONS = sorted((SQL / "migrations").glob("*.sql"))
LAST = int(MIGRATIONS[-1].name[:4])    # numbers may have gaps
# What every database with a value in it answers once it is migrated.
QUESTION = """
select org, indicator, period, period_ja, value, status, feed, line, d.event
  from kpi.observation o join kpi.delivery d using (delivery)
 order by org, period"""
ANSWER = """
202037	births	2024-04	令和6年4月	78	A	vital	2	2
202037	births	2024-05	令和6年5月	72.50	P	vital	3	1"""
BEFORE = """
select period, value from kpi.as_of('2024-06-20 00:00Z')
 order by period_start"""
REVISED = """
select period, previous_value, value, change_percent from kpi.revision"""
TARGETS = """
select target, name, target_value, actual from kpi.assess('2024-06-15')"""
ALERTS = "select target, told, told_event, seq from kpi.alert"
MAILS = """
select message_id, sent_at is null, lease, leased_until is null
  from kpid.outbox order by outbox"""


def psql(database, *args):
    """psql as the server's owner; its rows."""
    server = {k: v for k, v in os.environ.items() if k.startswith("PG")}
    run = subprocess.run(
        ("psql", "-XAtq", "-F", "\t", "-v", "ON_ERROR_STOP=1",
         "-d", database, *args),
        env={**environment(), **server, "PGCLIENTENCODING": "UTF8",
             "PGTZ": "UTC"},
        capture_output=True, text=True, encoding="utf-8", timeout=60,
        check=False)
    if run.returncode != 0:
        raise RuntimeError(run.stderr)
    return run.stdout.strip()


class Database:
    """A database of its own, dropped at the end."""

    def __init__(self, f, name):
        self.f, self.name = f, f"{os.environ['PGDATABASE']}_{name}"

    def __enter__(self):
        psql("postgres", "-c", f"drop database if exists {self.name}",
             "-c", f"create database {self.name}")
        host = os.environ["PGHOST"].replace("/", "%2F")
        user = os.environ.get("PGUSER", "kpid")
        self.f.configure(database={
            "url": f"postgresql://{user}@/{self.name}?host={host}"})
        return self

    def __exit__(self, *_):
        psql("postgres", "-c", f"drop database {self.name} with (force)")

    def up_to(self, number):
        """The schema as of a migration, without functions."""
        psql(self.name, "-f", str(SQL / "bootstrap.sql"))
        for path in MIGRATIONS[:number]:
            text = path.read_bytes()
            psql(self.name, "-1", "-c", "set role kpid_owner", "-f",
                 str(path), "-c",
                 "insert into kpid_meta.applied (name, number, sha256) values"
                 f" ('migrations/{path.name}', {int(path.name[:4])},"
                 f" '{hashlib.sha256(text).hexdigest()}')")

    def fill(self, number):
        """Rows that a database of that migration can have."""
        parts = re.split(r"^-- from (\d+)\n",
                         (CASES / "data.sql").read_text(encoding="utf-8"),
                         flags=re.M)
        for least, part in zip(parts[1::2], parts[2::2]):
            if number >= int(least):
                psql(self.name, "-1", "-c", part)

    def asked(self, question):
        """Rows that an analyst is answered."""
        return psql(self.name, "-c", "set role kpi_analyst", "-c", question)


def checked(f, base, what, number):
    """Migrates, and asks for what a database of migration number had."""
    run = f.kpid("migrate", "--check")
    f.same(f"{what}: --check ends with 1", run.code, 1)
    f.says(f"{what}: and says how far it is", run.out,
           rf"migration \d+ of {LAST}")
    run = f.kpid("migrate")
    f.ok(f"{what}: is migrated", run.code == 0, run)
    run = f.kpid("migrate", "--check")
    f.same(f"{what}: nothing is left to do", (run.code, run.out),
           (0, f"migration {LAST} of {LAST}\n"))
    run = f.kpid("ping")
    f.ok(f"{what}: kpid works with it", run.code == 0, run)
    f.same(f"{what}: organizations have their names of today", base.asked(
        "select name from kpi.organization where org = '202037'"), "上田市")
    if number >= 3:
        f.same(f"{what}: its values are there", base.asked(QUESTION),
               ANSWER.strip())
        f.same(f"{what}: what was known then", base.asked(BEFORE),
               "2024-04\t74\n2024-05\t72.50")
        f.same(f"{what}: what was revised", base.asked(REVISED),
               "2024-04\t74\t78\t5.4054")
    if number >= 4:
        f.same(f"{what}: its target is judged", base.asked(TARGETS),
               "births-r6\t出生数\t1200\t150.50")
    if number >= 6:
        f.same(f"{what}: what was told is known", base.asked(ALERTS),
               "births-r6\t1\t2\t2")
        f.same(f"{what}: a mail waits, one was sent", psql(
            base.name, "-c", MAILS),
            "<1@example.jp>\tf\t0\tt\n<2@example.jp>\tt\t0\tt")


def each_migration(f):
    """From each earlier migration"""
    f.demo()
    for number in range(len(MIGRATIONS)):
        with Database(f, f"at{number}") as base:
            base.up_to(number)
            base.fill(number)
            checked(f, base, f"migration {number}", number)


def each_dump(f):
    """From each dump of an earlier kpid, its functions and views with it"""
    for path in sorted(CASES.glob("*.dump.sql.gz")):
        with Database(f, "dump") as base:
            psql(base.name, "-f", str(SQL / "bootstrap.sql"))
            psql(base.name, "-c", "drop schema kpid_meta cascade")
            plain = f.dir / "dump.sql"
            plain.write_bytes(gzip.decompress(path.read_bytes()))
            psql(base.name, "-1", "-f", str(plain))
            number = int(path.name[:4])
            # Older dumps are from before data.sql had targets and mails.
            checked(f, base, path.name, number if number > 7 else 3)
            run = f.kpid("collect", "--all")
            f.ok(f"{path.name}: new figures are loaded", run.code == 0, run)
            f.same(f"{path.name}: and what was known then is not touched",
                   base.asked(BEFORE), "2024-04\t74\n2024-05\t72.50")


def refused(f, base, what, change, *says):
    """A database that no command may touch, and what is said of it."""
    psql(base.name, "-c", change)
    applied = psql(base.name, "-c",
                   "select * from kpid_meta.applied order by name")
    for args, code in ((("migrate",), 1), (("migrate", "--check"), 1),
                       (("ping",), 75), (("status",), 1),
                       (("collect", "--all"), 1), (("run",), 78)):
        command = " ".join(args)
        run = f.kpid(*args)
        f.same(f"{what}: '{command}' ends with {code}", run.code, code)
        f.says(f"{what}: '{command}' says why", run.out + run.err, *says)
    f.same(f"{what}: nothing was applied",
           psql(base.name, "-c",
                "select * from kpid_meta.applied order by name"), applied)


def not_ours(f):
    """Databases of a newer kpid, and of changed migrations"""
    with Database(f, "refused") as base:
        f.kpid("migrate")
        refused(f, base, "a newer schema",
                "insert into kpid_meta.applied (name, number, sha256)"
                " values ('migrations/9999_later.sql', 9999, 'x')",
                "made by a newer kpid")
        psql(base.name, "-c",
             "delete from kpid_meta.applied where number = 9999")
        name = f"migrations/{MIGRATIONS[1].name}"
        refused(f, base, "a migration that was changed",
                "update kpid_meta.applied set sha256 = 'x'"
                f" where name = '{name}'",
                f"{name} was changed after it was applied", "HINT: ")


def locked(f):
    """A migration waits for others, but not for ever"""
    with Database(f, "locked") as base:
        base.up_to(len(MIGRATIONS) - 1)
        server = {k: v for k, v in os.environ.items() if k.startswith("PG")}
        with subprocess.Popen(
                ("psql", "-XAtq", "-d", base.name, "-c",
                 "select pg_advisory_lock(2020370)", "-c",
                 "select pg_sleep(120)"), env={**environment(), **server},
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL) as holder:
            time.sleep(1)
            run = f.kpid("migrate", timeout=60)
            f.same("another migration holds the lock: try later",
                   run.code, 75)
            f.says("and it says for what it waited", run.err,
                   "could not migrate the database",
                   "waiting for another migration")
            psql(base.name, "-c", "select pg_terminate_backend(pid)"
                 f" from pg_stat_activity where datname = '{base.name}'"
                 " and pid <> pg_backend_pid()")
            holder.wait()
        run = f.kpid("migrate")
        f.ok("when it is gone, the migration is done", run.code == 0, run)


if __name__ == "__main__":
    flow.main(each_migration, each_dump, not_ours, locked)
