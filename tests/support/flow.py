"""What the flow tests share: a city hall in a temporary directory.

A Flow is a directory with a configuration, the demonstration's feeds and
files, and a private database; it runs kpid ($KPID, else build/kpid) and the
servers it talks to, counts checks, and leaves nothing behind however it ends.
"""
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import traceback

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import check_mail  # noqa: E402
from programs import (  # noqa: E402
    PATIENCE, Process, Run, Smtp, Web, environment, wait_until)

TOP = pathlib.Path(__file__).resolve().parent.parent.parent
KPID = str(pathlib.Path(os.environ.get("KPID", TOP / "build" / "kpid"))
           .resolve())
CLOCK = "2024-10-15T09:00:00+09:00"


class Flow:
    """A city hall in a directory of its own."""

    def __init__(self, name):
        self.name = name
        self.passed = self.failed = 0
        # A short path that the database's user can reach.
        self.dir = pathlib.Path(tempfile.mkdtemp(prefix="kpid-flow-",
                                                 dir="/tmp"))
        self.dir.chmod(0o755)
        self.started = []
        self.config_path = self.dir / "kpid.json"
        self.feeds_dir = self.dir / "feeds"
        self.files = self.dir / "files"
        self.www = self.dir / "www"
        self.maildir = self.dir / "mail"
        self.config = {}
        self.web = None

    # Checks.

    def ok(self, what, good, got=None):
        """One check; what was seen is printed when it fails."""
        good = bool(good)
        self.passed += good
        self.failed += not good
        print(f"{'ok' if good else 'not ok'} - {what}", flush=True)
        if not good and got is not None:
            for line in str(got).splitlines()[:80]:
                print(f"#   {line}", flush=True)
        return good

    def same(self, what, got, want):
        """A check that two things are equal."""
        return self.ok(what, got == want, f"got  {got!r}\nwant {want!r}")

    def says(self, what, text, *patterns):
        """A check that a text has each of the patterns."""
        missing = [p for p in patterns if not re.search(p, text)]
        return self.ok(what, not missing, f"without {missing}:\n{text}")

    # The city hall's files.

    def demo(self, **changes):
        """The demonstration's configuration, feeds, files and web server."""
        shutil.copytree(TOP / "config" / "feeds", self.feeds_dir)
        shutil.copytree(TOP / "config" / "demo" / "files", self.files)
        shutil.copytree(TOP / "config" / "demo" / "www", self.www)
        self.web = self.serve(self.www)
        for path in self.feeds_dir.glob("*.json"):
            text = path.read_text(encoding="utf-8")
            text = text.replace("127.0.0.1:8765",
                                f"127.0.0.1:{self.web.port}")
            path.write_text(text.replace("file:../demo/", "file:../"),
                            encoding="utf-8")
        goals = TOP / "config" / "goals"
        self.configure(**{
            "organization": "202037", "time_zone": "Asia/Tokyo",
            "clock": CLOCK, "state": "state",
            "database": {"private": "pg"}, "file_roots": ["files"],
            "feeds": "feeds",
            "indicators": str(TOP / "config" / "indicators.json"),
            "plans": [{"goals": str(goals / "ueda-r6-goals.csv"),
                       "targets": str(goals / "ueda-r6-targets.csv")}],
            "mail": {"from": "上田市 <kpid@city.ueda.example>",
                     "operator": "kpid-admin@city.ueda.example",
                     "language": "ja", "maildir": "mail",
                     "report_url": "https://kpi.city.ueda.example/"},
            "network": {"allow": ["127.0.0.0/8"], "proxy": "",
                        "timeout_s": 20},
            **changes})

    def configure(self, **changes):
        """Changes keys of the configuration; None takes one out."""
        self.config.update(changes)
        self.config = {k: v for k, v in self.config.items() if v is not None}
        self.config_path.write_text(json.dumps(
            self.config, ensure_ascii=False, indent=2) + "\n",
            encoding="utf-8")

    def feed(self, feed, **changes):
        """Changes keys of a feed, None takes one out; contract={..} is merged
        into the old."""
        path = self.feeds_dir / f"{feed}.json"
        doc = (json.loads(path.read_text(encoding="utf-8"))
               if path.exists() else {"feed": feed})
        contract = {**doc.get("contract", {}), **changes.pop("contract", {})}
        doc.update(changes, contract=contract)
        doc = {k: v for k, v in doc.items() if v is not None}
        path.write_text(json.dumps(doc, ensure_ascii=False, indent=2),
                        encoding="utf-8")

    def url(self, path):
        """A URL of the web server."""
        return f"http://127.0.0.1:{self.web.port}/{path}"

    def edit(self, path, old, new, encoding="utf-8"):
        """Replaces text that stands in a file once."""
        text = path.read_bytes().decode(encoding)
        if text.count(old) != 1:
            raise RuntimeError(f"{path} has {text.count(old)} of {old!r}")
        path.write_bytes(text.replace(old, new).encode(encoding))

    # Running things.

    def serve(self, root):
        """A web server of a directory."""
        web = Web(root, self.dir / "web.log")
        self.started.append(web)
        return web

    def smtp(self, *options):
        """A mail server with an inbox of its own; STARTTLS by ca.pem."""
        inbox = tempfile.mkdtemp(prefix="inbox-", dir=self.dir)
        pem, key = self.dir / "ca.pem", self.dir / "ca.key"
        if not pem.exists():
            subprocess.run(
                ("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                 "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                 "-subj", "/CN=kpid test", "-addext",
                 "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", pem),
                check=True, capture_output=True)
        server = Smtp(inbox, "--tls-cert", pem, "--tls-key", key, *options)
        self.started.append(server)
        return server

    def mail_by(self, server, **smtp):
        """The configuration's mail goes to this server."""
        mail = {k: v for k, v in self.config["mail"].items()
                if k not in ("maildir", "smtp")}
        self.configure(mail={**mail, "ca_file": "ca.pem", "smtp": {
            "host": "127.0.0.1", "port": server.port, **smtp}})

    def command(self, *args):
        """The words that run kpid here."""
        return (KPID, "-c", str(self.config_path)) + args

    def kpid(self, *args, stdin="", timeout=60, env=None):
        """Runs kpid to its end."""
        return Run(args, subprocess.run(
            self.command(*args), input=stdin, capture_output=True,
            env={**environment(), **(env or {})}, cwd=self.dir, text=True,
            encoding="utf-8", errors="replace",
            timeout=timeout * PATIENCE, check=False))

    def start(self, *args, stdin=subprocess.DEVNULL, env=None):
        """Starts kpid and leaves it running."""
        process = Process(self.command(*args),
                          {**environment(), **(env or {})}, stdin)
        self.started.append(process)
        return process

    def rows(self, sql):
        """Rows that an analyst sees, as lists of texts."""
        run = self.kpid("psql", "--", "-XAtq", "-F", "\t", "-v",
                        "ON_ERROR_STOP=1", "-c", sql)
        if run.code != 0:
            raise RuntimeError(f"{sql}: {run.err}")
        return [line.split("\t") for line in run.out.splitlines()]

    def hold(self):
        """A command that keeps the private database running until stop()."""
        holder = self.start("psql", "--", "-XAtq", stdin=subprocess.PIPE)
        holder.write("select 41 + 1;\n")
        if holder.wait_line("^42$") is None:
            raise RuntimeError(f"no database: {holder.text()}")
        return holder

    def admin(self, sql):
        """Rows of a query by the private database's own administrator."""
        holder = self.hold()
        private = self.dir / self.config["database"]["private"]
        socket = (private / "socket").read_text().strip()
        done = subprocess.run(
            ("psql", "-XAtq", "-F", "\t", "-v", "ON_ERROR_STOP=1", "-c", sql,
             f"host={socket} user=kpid dbname=kpid"), env=environment(),
            capture_output=True, text=True, encoding="utf-8", timeout=60,
            check=False)
        holder.stop()
        if done.returncode != 0:
            raise RuntimeError(f"{sql}: {done.stderr}")
        return [line.split("\t") for line in done.stdout.splitlines()]

    def value(self, sql):
        """The one value of a query, as text."""
        return self.rows(sql)[0][0]

    def mails(self):
        """The maildir's mails by file name, read strictly."""
        return {p.name: dict(check_mail.read(p), raw=p.read_bytes())
                for p in sorted((self.maildir / "new").glob("*"))}

    def processes(self):
        """kpid and PostgreSQL processes of this directory: {pid: name}."""
        found = {}
        mine = str(self.dir).encode()
        for entry in pathlib.Path("/proc").iterdir():
            if not entry.name.isdigit():
                continue
            try:
                words = (entry / "cmdline").read_bytes()
                here = mine in words or os.readlink(
                    entry / "cwd").startswith(str(self.dir) + "/")
                name = (entry / "comm").read_text().strip()
                state = (entry / "stat").read_text().rsplit(")", 1)[1]
            except OSError:
                continue
            known = name.startswith("kpid") or name in (
                "postgres", "initdb", "exe")
            if here and known and state.split()[0] != "Z":
                found[int(entry.name)] = name
        return found

    def postmasters(self):
        """PIDs of the database servers' first processes."""
        found = []
        for pid, name in self.processes().items():
            try:
                words = pathlib.Path(f"/proc/{pid}/cmdline").read_bytes()
            except OSError:
                continue
            if name == "postgres" and b"-D\0" in words:
                found.append(pid)
        return found

    def quiet(self, seconds=20):
        """Whether nothing of this directory runs any more, in time."""
        return wait_until(lambda: not self.processes(), seconds)

    def close(self):
        """Stops what still runs and removes the directory."""
        for process in reversed(self.started):
            process.stop()
        if not self.quiet():
            for pid in self.processes():
                try:
                    os.kill(pid, signal.SIGKILL)
                except ProcessLookupError:
                    pass
        shutil.rmtree(self.dir, ignore_errors=True)


def ended(number, _frame):
    """A signal ends a test as an exception, so that it cleans up."""
    raise SystemExit(128 + number)


def main(*steps):
    """Runs the steps, each called with the Flow, in one directory."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, ended)
    flow = Flow(pathlib.Path(sys.argv[0]).stem)
    try:
        for step in steps:
            try:
                step(flow)
            except Exception:
                flow.ok(f"{step.__doc__} ran to its end", False,
                        traceback.format_exc())
        for process in reversed(flow.started):
            process.stop()
        flow.ok("nothing is left running", flow.quiet(), flow.processes())
    finally:
        flow.close()
    print(f"{flow.passed} passed, {flow.failed} failed")
    sys.exit(1 if flow.failed else 0)
