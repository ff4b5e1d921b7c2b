"""Many small feeds of one slow server on this machine, and who collects them.

A Town has feeds of delayed.py, a database of its own (durable, as a server is
unless said otherwise) and a daemon or none.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import time
import urllib.request

from programs import PYTHON, SERVERS, Process, environment

TOP = pathlib.Path(__file__).resolve().parent.parent.parent
PG = ["sh", str(TOP / "tests" / "support" / "pg.sh")]
DURABLE = ("-c fsync=on -c synchronous_commit=on -c full_page_writes=on"
           " -c autovacuum=off -c track_commit_timestamp=on")
COUNTED = ("delivery", "event", "observation", "superseded", "body",
           "series", "outbox")
LONG_S = 300            # nothing here takes that long
ENDLESS = {"hangs": "hang", "drips": "drip", "floods": "flood/10000000000/0"}


class Delayed(Process):
    """delayed.py"""

    def __init__(self, delay=100):
        super().__init__((PYTHON, SERVERS / "delayed.py", "--delay",
                          str(delay)), environment())
        line = self.wait_line("listening on")
        if line is None:
            raise RuntimeError(f"no web server: {self.text()}")
        self.port = int(line.rsplit(":", 1)[1])

    def url(self, path):
        """Of a path."""
        return f"http://127.0.0.1:{self.port}/{path}"

    def ask(self, path):
        """Its text."""
        with urllib.request.build_opener(urllib.request.ProxyHandler(
                {})).open(self.url(path), timeout=10) as answer:
            return answer.read().decode()

    def seen(self):
        """What it was asked for."""
        return json.loads(self.ask("seen"))


def feed(name, url, organization, indicator):
    """One that is due every minute."""
    return {"feed": name, "title": name, "owner": "a@example.jp",
            "source": "試験", "licence": "試験", "url": url,
            "schedule": "* * * * *", "contract": {
                "format": "csv", "header": {"row": 1},
                "period": {"column": "年月"},
                "organization": {"constant": organization},
                "values": [{"column": "件数", "indicator": indicator}]}}


def organizations(n):
    """So many codes of Japan's."""
    path = TOP / "config" / "organizations.csv"
    found = re.findall(r"^(\d{6}),", path.read_text(encoding="utf-8"), re.M)
    return found[:n]


class Town:
    """A configuration with so many feeds in a directory."""

    def __init__(self, kpid, room, feeds, options=DURABLE):
        self.kpid, self.room, self.feeds = kpid, room, feeds
        self.daemon = None
        self.host = room / "pg"
        subprocess.run([*PG, "start", self.host], check=True,
                       stdout=subprocess.DEVNULL,
                       env={**os.environ, "KPID_PG_OPTIONS": options})
        self.web = Delayed()
        self.write()
        self.run("migrate")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()
        self.web.stop()
        subprocess.run([*PG, "stop", self.host], check=False)
        shutil.rmtree(self.room, ignore_errors=True)

    def write(self):
        """The configuration and its feeds."""
        codes = organizations(100)
        kinds = [f"kind{n}" for n in range(-(-self.feeds // len(codes)))]
        (self.room / "feeds").mkdir()
        (self.room / "indicators.json").write_text(json.dumps({"indicators": [
            {"indicator": kind, "name_ja": kind, "name_en": kind,
             "unit": "件", "measure": "flow", "decimals": 0, "source": "試験"}
            for kind in kinds]}), encoding="utf-8")
        (self.room / "kpid.json").write_text(json.dumps({
            "organization": "202037", "time_zone": "Asia/Tokyo",
            "state": "state", "indicators": "indicators.json",
            "feeds": "feeds", "database": {"url": (
                "postgresql://kpid@/postgres?host="
                + str(self.host).replace("/", "%2F"))},
            "mail": {"from": "kpid@example.jp",
                     "operator": "admin@example.jp", "maildir": "mail"},
            "network": {"allow": ["127.0.0.0/8"], "proxy": ""}}),
            encoding="utf-8")
        for n in range(self.feeds):
            self.put(f"f{n}", f"table/{n}", codes[n % len(codes)],
                     kinds[n // len(codes)])

    def put(self, name, path, *more):
        """One feed's file."""
        (self.room / "feeds" / f"{name}.json").write_text(json.dumps(
            feed(name, self.web.url(path), *more), ensure_ascii=False),
            encoding="utf-8")

    def add_endless(self):
        """Three feeds that do not end."""
        for name, path in ENDLESS.items():
            self.put(name, path, "202037", "kind0")

    def drop_endless(self):
        """The others alone again."""
        for name in ENDLESS:
            (self.room / "feeds" / f"{name}.json").unlink()

    def command(self, *args):
        """The words that run kpid here."""
        return (str(self.kpid), "-c", str(self.room / "kpid.json")) + args

    def run(self, *args):
        """kpid to its end; its standard output."""
        done = subprocess.run(self.command(*args), capture_output=True,
                              text=True, encoding="utf-8", check=False,
                              env=environment())
        if done.returncode != 0:
            raise RuntimeError(f"{args}: {done.stdout}{done.stderr}")
        return done.stdout

    def start(self):
        """The daemon."""
        self.daemon = Process(self.command("run"), environment())

    def stop(self):
        """Ends it."""
        if self.daemon is not None:
            self.daemon.stop()
        self.daemon = None

    def wait(self, word, n, since=0):
        """The Unix time at which n different tables were told of so."""
        end = time.monotonic() + LONG_S
        told, at = set(), since
        pattern = re.compile(rf"feed (f\d+): {word}\b")
        while time.monotonic() < end:
            with self.daemon.more:
                if len(self.daemon.lines) == at:
                    self.daemon.more.wait(0.5)
                fresh, at = self.daemon.lines[at:], len(self.daemon.lines)
            now = time.time()
            told.update(m[1] for m in map(pattern.search, fresh) if m)
            if len(told) >= n:
                return now
        raise RuntimeError(f"{len(told)} of {n} {word}:\n"
                           + "\n".join(self.daemon.lines[-20:]))

    def collect(self, outcome):
        """kpid collect --all; each feed must come to that."""
        run = json.loads(self.run("collect", "--all", "--format", "json"))
        got = [r["outcome"] for r in run["feeds"]].count(outcome)
        if got != self.feeds:
            raise RuntimeError(f"{got} of {self.feeds} {outcome}")

    def ask(self, sql):
        """The words that a query answers."""
        return subprocess.run(
            ["psql", "-XAtq", "-F", " ", "-h", self.host, "-U", "kpid", "-d",
             "postgres", "-c", sql],
            capture_output=True, text=True, check=True).stdout.split()

    def committed(self, table):
        """The Unix time of the last commit that wrote to a table."""
        return float(self.ask(
            "select extract(epoch from max(pg_xact_commit_timestamp(xmin)))"
            f" from kpid.{table}")[0])

    def counts(self):
        """Rows by table, and bytes of WAL so far."""
        text = ", ".join(f"(select count(*) from kpid.{table})"
                         for table in COUNTED)
        out = self.ask(f"select {text}, pg_current_wal_lsn() - '0/0'")
        return dict(zip((*COUNTED, "wal"), map(int, out)))
