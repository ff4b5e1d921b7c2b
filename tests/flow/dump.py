#!/usr/bin/python3
"""A private database moved to a server with pg_dump and pg_restore, as
docs/scaling.md says: everything answers as before, nobody gained a right."""
import os
import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent
                       / "support"))
import flow  # noqa: E402
from programs import environment  # noqa: E402

VIEWS = """select c.relname from pg_class c
 where c.relnamespace = 'kpi'::regnamespace and c.relkind = 'v' order by 1"""
OWNERS = """select c.relname, c.relkind, r.rolname from pg_class c
 join pg_roles r on r.oid = c.relowner
 where c.relnamespace in ('kpid'::regnamespace, 'kpi'::regnamespace)
 union all
select p.oid::regprocedure::text, 'f', r.rolname from pg_proc p
 join pg_roles r on r.oid = p.proowner
 where p.pronamespace in ('kpid'::regnamespace, 'kpi'::regnamespace)
 order by 1, 2"""
RIGHTS = """select c.oid::regclass::text, a.grantee::regrole, a.privilege_type
  from pg_class c cross join aclexplode(c.relacl) a
 where c.relnamespace in ('kpid'::regnamespace, 'kpi'::regnamespace)
 union all
select p.oid::regprocedure::text, a.grantee::regrole, a.privilege_type
  from pg_proc p cross join aclexplode(p.proacl) a
 where p.pronamespace in ('kpid'::regnamespace, 'kpi'::regnamespace)
    or p.proname ~ '^lo_|advisory'
 union all
select n.nspname, a.grantee::regrole, a.privilege_type
  from pg_namespace n cross join aclexplode(n.nspacl) a
 where n.nspname in ('kpid', 'kpi', 'kpid_meta')
 union all
select 'temporary', r.rolname::text::regrole, has_database_privilege(
       r.rolname, current_database(), 'temporary')::text
  from pg_roles r where r.rolname in ('kpid_collector', 'kpi_analyst')
 order by 1, 2, 3"""
COMMENTS = """select count(*), md5(string_agg(d.description, '' order by
       d.description collate "C")) from pg_description d
 where d.classoid in ('pg_class'::regclass, 'pg_proc'::regclass)
   and d.description !~ '^I/O|^internal'"""


def programs():
    """The directory of the newest server's programs."""
    found = pathlib.Path("/usr/lib/postgresql").glob("*/bin/pg_restore")
    return max(found, key=lambda p: int(p.parts[-3])).parent


class Server:
    """A PostgreSQL that knows nothing of kpid."""

    def __init__(self, f):
        self.dir = f.dir / "server"
        self.pg("start")
        self.name = "kpid"

    def pg(self, what):
        """Starts or stops it."""
        subprocess.run(
            ("sh", str(flow.TOP / "tests" / "support" / "pg.sh"), what,
             str(self.dir)), check=True, capture_output=True, timeout=120)

    def run(self, *words, **more):
        """A program beside it, with its environment."""
        done = subprocess.run(
            words, env={**environment(), "PGHOST": str(self.dir),
                        "PGUSER": "kpid", "PGCLIENTENCODING": "UTF8"},
            capture_output=True, timeout=120, check=False, **more)
        if done.returncode != 0:
            raise RuntimeError(f"{words}: {done.stderr}")
        return done.stdout

    def psql(self, sql, database="kpid"):
        """Rows as lists of texts."""
        out = self.run("psql", "-XAtq", "-F", "\t", "-v", "ON_ERROR_STOP=1",
                       "-d", database, "-c", sql).decode()
        return [line.split("\t") for line in out.splitlines()]


def answers(f):
    """What every view answers, and what the commands say."""
    said = {}
    for (view,) in f.rows(VIEWS):
        said[view] = sorted(f.rows(f"select v::text from kpi.{view} v"))
    for args in (("status", "--format", "json"),
                 ("status", "--as-of", "2024-09-30"), ("alerts", "--all"),
                 ("explain", "ueda-r6-7-2-4-helmet-subsidy", "--as-of",
                  "2024-09-30")):
        run = f.kpid(*args)
        said[" ".join(args)] = (run.code, run.out)
    return said


def dumped(f):
    """The private database is dumped while it runs"""
    f.demo()
    run = f.kpid("collect", "--all")
    f.ok("the demonstration's figures are collected", run.code == 0, run)
    f.before = answers(f)
    f.catalog = {q: f.admin(q) for q in (OWNERS, RIGHTS, COMMENTS)}
    holder = f.hold()
    socket = (f.dir / "pg" / "socket").read_text().strip()
    done = subprocess.run(
        (programs() / "pg_dump", "--create", "-Fc", "-f",
         str(f.dir / "kpid.dump"),
         f"host={socket} user=kpid dbname=kpid"), env=environment(),
        capture_output=True, text=True, timeout=120, check=False)
    holder.stop()
    f.same("pg_dump says nothing", (done.returncode, done.stderr), (0, ""))


def restored(f):
    """And restored on a server that has the roles, but nothing else"""
    f.server = Server(f)
    for role in ("kpid_owner", "kpid_collector", "kpid_loader", "kpi_analyst",
                 "kpi_steward"):
        f.server.psql(f"create role {role} nologin", "postgres")
    f.server.psql("alter role kpid_collector noinherit", "postgres")
    f.server.psql("grant kpid_loader to kpid_collector", "postgres")
    out = f.server.run(programs() / "pg_restore", "--create",
                       "--exit-on-error", "-d", "postgres",
                       str(f.dir / "kpid.dump"))
    f.same("pg_restore says nothing", out, b"")
    host = str(f.server.dir).replace("/", "%2F")
    f.configure(database={"url": f"postgresql://kpid@/kpid?host={host}"})
    run = f.kpid("check", "--online")
    f.ok("kpid check --online is content", run.code == 0, run)
    run = f.kpid("migrate", "--check")
    f.ok("there is nothing to migrate", run.code == 0, run)


def same(f):
    """Everything answers as before"""
    after = answers(f)
    for what, want in f.before.items():
        f.same(f"'{what}' answers the same", after[what], want)
    f.ok("and it was something", len(f.before["observation"]) > 100
         and len(f.before["alert"]) > 0, len(f.before["observation"]))
    for query, what in ((OWNERS, "owners"), (RIGHTS, "rights"),
                        (COMMENTS, "comments")):
        f.same(f"{what} are the same", f.server.psql(query),
               f.catalog[query])


def goes_on(f):
    """And kpid goes on where it was"""
    run = f.kpid("collect", "--all")
    words = re.findall(r"^[a-z-]+ +(\w+)", run.out, re.M)
    f.ok("nothing is loaded twice", run.code == 0
         and set(words) == {"unchanged"}, run)
    path = f.files / "ueda-midterm.csv"
    text = path.read_bytes()
    path.write_bytes(text + b"\n")
    run = f.kpid("collect", "--all")
    f.ok("a new body is loaded as before", run.code == 0, run)
    f.same("its event is the next", f.value(
        "select max(event) - count(*) from kpi.event"), "0")
    f.server.pg("stop")


if __name__ == "__main__":
    flow.main(dumped, restored, same, goes_on)
