#!/usr/bin/python3
"""Two daemons, crashes in the middle and a long sleep: everything is told
once, and nothing is forgotten."""
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent
                       / "support"))
import flow  # noqa: E402
from programs import environment  # noqa: E402

CLOCK = "set kpid.clock = '2024-10-15 09:00+09';\n"
FORGET = ("delete from kpid.outbox_target; delete from kpid.outbox;"
          " delete from kpid.alert; insert into kpid.owed (at, reason)"
          " values (now(), 'test');")


class Daemon:
    """A connection that stays open, as a daemon's does."""

    def __init__(self, f):
        socket = (f.dir / "pg" / "socket").read_text().strip()
        self.psql = subprocess.Popen(
            ("psql", "-XAtq", f"host={socket} user=kpid dbname=kpid"),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, env=environment(), text=True)
        self.pid = self.ask(CLOCK + "select pg_backend_pid();")

    def say(self, text):
        """Sends a statement and does not wait."""
        self.psql.stdin.write(text + "\n")
        self.psql.stdin.flush()

    def ask(self, text):
        """Sends a statement; its last line."""
        self.say(text + "\n\\echo --")
        return self.hear()

    def hear(self):
        """What is answered up to the next mark."""
        last = ""
        for line in self.psql.stdout:
            if line.strip() == "--":
                break
            last = line.strip()
        return last

    def end(self):
        """Goes away."""
        self.psql.kill()
        self.psql.wait()


def waits(f, pid):
    """Whether a connection waits for a lock, soon."""
    other = Daemon(f)
    ask = f"select wait_event_type from pg_stat_activity where pid = {pid};"
    found = flow.wait_until(lambda: other.ask(ask) == "Lock", 10)
    other.end()
    return found


def kinds(f):
    """The mails in the outbox."""
    other = Daemon(f)
    got = other.ask("select string_agg(kind, ' ' order by outbox)"
                    " from kpid.outbox;")
    other.end()
    return got


def begin(f):
    """Three targets that slipped"""
    f.demo()
    f.kpid("collect", "--all")
    f.holder = f.hold()
    f.admin_line = Daemon(f)
    f.same("they were told", kinds(f), "opened")


def two_daemons(f):
    """Two daemons evaluate at once"""
    f.admin_line.ask(FORGET)
    a, b = Daemon(f), Daemon(f)
    f.same("one writes the mail",
           a.ask("begin; select mails from kpid.evaluate();"), "1")
    b.say("select mails from kpid.evaluate();\n\\echo --")
    f.ok("the other waits for it", waits(f, b.pid))
    a.ask("commit;")
    f.same("and finds nothing left to say", b.hear(), "0")
    f.same("there is one mail", kinds(f), "opened")
    a.end()
    b.end()


def crash(f):
    """One dies before its commit"""
    f.admin_line.ask(FORGET)
    a, b = Daemon(f), Daemon(f)
    a.ask("begin; select mails from kpid.evaluate();")
    f.admin_line.ask(f"select pg_terminate_backend({a.pid});")
    f.same("the other writes the mail, once",
           [b.ask("select mails from kpid.evaluate();") for _ in range(2)],
           ["1", "0"])
    f.same("and there is one", kinds(f), "opened")
    a.end()
    b.end()


def landing(f):
    """Knowledge changes while one evaluates"""
    f.admin_line.ask(FORGET)
    a, b = Daemon(f), Daemon(f)
    a.ask("begin; select mails from kpid.evaluate();")
    b.ask("insert into kpid.owed (at, reason) values (now(), 'landed');")
    a.ask("commit;")
    f.same("the mark of what landed meanwhile is still there",
           b.ask("select count(*) from kpid.owed;"), "1")
    a.end()
    b.end()


def watching(f):
    """Two daemons look at what is wrong"""
    f.admin_line.ask(
        "update kpid.feed_state set failures = 5, error = 'x'"
        " where feed_id = (select min(feed_id) from kpid.feed_state);")
    setting = "set kpid.operator = 'op@example.jp'; begin;"
    a, b = Daemon(f), Daemon(f)
    f.same("one tells", a.ask(setting + " select mails from kpid.watch();"),
           "1")
    b.say(setting + " select mails from kpid.watch();\n\\echo --")
    f.ok("the other waits", waits(f, b.pid))
    a.ask("commit;")
    f.same("and has nothing to tell", b.hear(), "0")
    b.ask("commit; update kpid.outbox set sent_at = kpid.now();")
    f.same("nor on another day", b.ask(
        "set kpid.clock = '2024-10-16 09:00+09';"
        " select mails from kpid.watch();"), "0")
    f.same("a clock that went back says nothing", b.ask(
        "set kpid.clock = '2023-01-01 09:00+09';"
        " select mails from kpid.watch();"), "0")
    a.end()
    b.end()


def year_of_silence(f):
    """A year without anybody looking"""
    a = Daemon(f)
    a.ask("delete from kpid.outbox_target where org = 0;"
          " set kpid.operator = 'op@example.jp';"
          " set kpid.clock = '2025-11-05 09:00+09';")
    a.ask("select mails from kpid.watch();")
    f.same("the open failure is reminded of once, the digest is one",
           a.ask("select string_agg(distinct kind || ' ' || n, ', ' order by"
                 " kind || ' ' || n) from (select kind, recipient, thread,"
                 " count(*) as n from kpid.outbox where created_at >="
                 " '2025-11-01' and kind in ('digest', 'trouble') group by"
                 " 1, 2, 3) x where kind = 'digest';"), "digest 1")
    f.same("and looking again adds nothing",
           a.ask("select mails from kpid.watch();"), "0")
    f.same("what was told in the year before is still open",
           a.ask("select count(*) from kpid.alert where told > 0"
                 " and org > 0;"), "3")
    a.end()


def end(f):
    """The end"""
    f.admin_line.end()
    f.holder.stop()


flow.main(begin, two_daemons, crash, landing, watching, year_of_silence, end)
