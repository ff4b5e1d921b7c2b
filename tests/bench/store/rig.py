"""The database that store.py measures: PostgreSQL as a server has it (durable,
1 GB of shared buffers), a store filled once, and a copy of it for each run."""

import json
import os
import pathlib
import subprocess
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
TOP = HERE.parent.parent.parent
PG = ["sh", str(TOP / "tests" / "support" / "pg.sh")]
OPTIONS = ("-c fsync=on -c synchronous_commit=on -c full_page_writes=on"
           " -c shared_buffers=1GB -c max_wal_size=8GB"
           " -c checkpoint_timeout=30min"
           " -c timezone=UTC")
END = "-- answered"
LONGEST_S = 120     # a question that takes longer has no figure


class Session:
    """A psql that stays connected, as an analyst's program does."""

    def __init__(self, rig, role):
        self.psql = subprocess.Popen(
            ["psql", "-XAtq", *rig.variables()], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            encoding="utf-8", env=rig.env)
        self.text("set timezone = 'Asia/Tokyo';"
                  "set kpid.clock = '2025-06-01 09:00+09';"
                  f"set statement_timeout = '{LONGEST_S}s';"
                  + (f"set role {role};" if role else ""))

    def text(self, sql):
        """The lines that a question prints."""
        self.psql.stdin.write(f"{sql}\n;\n\\echo {END}\n")
        self.psql.stdin.flush()
        lines = []
        for line in self.psql.stdout:
            if line.rstrip("\n") == END:
                break
            lines.append(line)
        said = "".join(lines)
        if "statement timeout" in said:
            raise TimeoutError
        if "ERROR:" in said:
            raise RuntimeError(f"{sql}: {said}")
        return said

    def time(self, sql):
        """Milliseconds until the last row has arrived."""
        said = self.text("\\o /dev/null\n\\timing on\n" + sql
                         + "\\timing off\n\\o\n")
        return float(said.split("Time: ")[1].split(" ms")[0])

    def close(self):
        self.psql.stdin.close()
        self.psql.wait(30)


class Rig:
    """A PostgreSQL below /tmp, short enough for its socket."""

    def __init__(self, build, share):
        self.every, self.share = round(1 / share), share
        self.kpid_program = build / "kpid"
        self.work = build / "bench" / f"store-{share:g}"
        self.plans = self.work / "plans"
        self.keep = bool(os.environ.get("KEEP"))
        self.sessions = []
        place = pathlib.Path(tempfile.gettempdir()) / "kpid-bench"
        self.place = place if self.keep else pathlib.Path(
            tempfile.mkdtemp(prefix="kpid-bench-"))
        self.filled = f"filled_{self.every}"
        self.env = {**os.environ, "PGHOST": str(self.place),
                    "PGUSER": "kpid", "PGDATABASE": "postgres",
                    "PGCLIENTENCODING": "UTF8",
                    "KPID_PG_OPTIONS": OPTIONS}

    def __enter__(self):
        self.plans.mkdir(parents=True, exist_ok=True)
        if not (self.place / "data" / "postmaster.pid").exists():
            self.run([*PG, "start", self.place])
        return self

    def __exit__(self, *_error):
        for session in self.sessions:
            session.close()
        if self.keep:
            self.run(["dropdb", "--if-exists", "--force", "bench"])
        else:
            self.run([*PG, "stop", self.place])

    def run(self, command):
        """A program that must end well; what it printed."""
        done = subprocess.run(command, env=self.env, capture_output=True,
                              text=True, encoding="utf-8", check=False)
        if done.returncode != 0:
            raise RuntimeError(f"{command}: {done.stdout}{done.stderr}")
        return done.stdout

    def kpid(self, *args):
        return self.run([self.kpid_program, "-c", self.work / "kpid.json",
                         *args])

    def variables(self):
        """What the questions are about."""
        return ("-v", f"org={self.org}", "-v", f"name={self.name}",
                "-v", f"delivery={self.delivery}")

    def rows(self, sql):
        out = self.run(["psql", "-XAtq", "-F", "\t", "-c", sql])
        return [line.split("\t") for line in out.splitlines()]

    def run_sql(self, file):
        self.run(["psql", "-Xq", "-v", "ON_ERROR_STOP=1", "-v",
                  f"every={self.every}", "-f", HERE / file])

    def session(self, role):
        self.sessions.append(Session(self, role))
        return self.sessions[-1]

    def configure(self, database):
        """kpid's configuration: one feed of the nation, one of a town."""
        feeds = self.work / "feeds"
        feeds.mkdir(exist_ok=True)
        names = [(f"kpi_{n:02}", f"指標{n}") for n in range(1, 61)]
        host = str(self.place).replace("/", "%2F")
        contract = {
            "format": "csv", "missing": {"-": "not_available"},
            "period": {"column": "時点", "as": "auto", "frequency": "M"},
            "organization": {"column": "団体コード"},
            "indicator": {"column": "指標",
                          "map": {label: code for code, label in names}},
            "values": [{"column": "値"}]}
        for feed in ("national", "office"):
            put(feeds / f"{feed}.json", {
                "feed": feed, "title": feed, "owner": "stat@example.jp",
                "url": f"https://example.jp/{feed}.csv",
                "schedule": "0 9 25 * *", "contract": contract})
        put(self.work / "indicators.json", {"indicators": [
            {"indicator": code, "name_ja": label,
             "unit": "%" if 50 < n <= 55 else "人",
             "measure": ("flow" if n <= 30 else "stock" if n <= 50
                         else "ratio" if n <= 55 else "flow_ytd"),
             "decimals": 1 if 50 < n <= 55 else 0}
            for n, (code, label) in enumerate(names, 1)]})
        put(self.work / "kpid.json", {
            "database": {"url": f"postgresql://kpid@/{database}?host={host}"},
            "state": "state", "organization": "202037", "feeds": "feeds",
            "indicators": "indicators.json"})
        self.env["PGDATABASE"] = database

    def fill(self):
        """The filled store, made when it is not there, and a copy of it."""
        if not self.rows("select 1 from pg_database"
                         f" where datname = '{self.filled}'"):
            print(f"filling {self.share:g} of the nation", flush=True)
            self.run(["createdb", self.filled])
            self.configure(self.filled)
            self.kpid("migrate")
            self.run_sql("fill.sql")
            self.env["PGDATABASE"] = "postgres"
        self.run(["dropdb", "--if-exists", "--force", "bench"])
        self.run(["createdb", "-T", self.filled, "bench"])
        self.configure("bench")
        self.kpid("migrate")
        self.org, self.name, self.delivery = self.rows("""
            select lpad(g.org::text, 6, '0'), g.name, d.delivery
              from kpid.organization g
              join kpid.feed f on f.feed = 'town-' || g.org
              join kpid.delivery d using (feed_id)
             where g.prefecture = '長野県'
             order by g.org, d.delivery desc limit 1""")[0]


def put(path, document):
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1),
                    encoding="utf-8")
    path.chmod(0o644)
