"""What the flow tests share: a city hall in a temporary directory.

A Flow is a directory with a configuration, the demonstration's feeds and
files, and a private database; it runs kpid ($KPID, else build/kpid) and the
servers it talks to, counts checks, and leaves nothing behind however it ends.
Machine settings that kpid must not depend on (locale, time zone, proxies) are
set to something else on purpose.
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
import threading
import time
import traceback
from decimal import Decimal

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import check_mail  # noqa: E402

TOP = pathlib.Path(__file__).resolve().parent.parent.parent
SERVERS = TOP / "tests" / "support" / "servers"
KPID = str(pathlib.Path(os.environ.get("KPID", TOP / "build" / "kpid"))
           .resolve())
PYTHON = "/usr/bin/python3"
CLOCK = "2024-10-15T09:00:00+09:00"
OURS = re.compile("^(PG|KPID|LC_|LANG|.*_proxy$|.*_PROXY$)")


def environment():
    """The caller's without what could hide a fault of ours."""
    env = {k: v for k, v in os.environ.items() if not OURS.match(k)}
    env.update(TZ="America/St_Johns", LC_ALL="C", NO_COLOR="1",
               http_proxy="http://127.0.0.1:9", smtp_proxy="127.0.0.1:9")
    return env


def wait_until(condition, seconds, pause=0.02):
    """condition()'s value once it is true, or its last one at the end."""
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value or time.monotonic() > end:
            return value
        time.sleep(pause)


class Run:
    """A kpid that has ended."""

    def __init__(self, args, done):
        self.args, self.code = args, done.returncode
        self.out, self.err = done.stdout, done.stderr

    def json(self):
        """Standard output as one document, its numbers with their decimals."""
        return json.loads(self.out, parse_float=Decimal)

    def feeds(self):
        """The results of collect or import by feed."""
        return {r["feed"]: r for r in self.json()["feeds"]}

    def __repr__(self):
        return f"{self.args} ended with {self.code}\n{self.out}{self.err}"


class Process:
    """A running program whose lines can be waited for."""

    def __init__(self, argv, env, stdin=subprocess.DEVNULL):
        self.lines, self.more = [], threading.Condition()
        self.ended = False
        self.popen = subprocess.Popen(
            argv, env=env, stdin=stdin, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, encoding="utf-8",
            errors="replace", bufsize=1)
        self.pid = self.popen.pid
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self):
        for line in self.popen.stdout:
            with self.more:
                self.lines.append(line.rstrip("\n"))
                self.more.notify_all()
        with self.more:
            self.ended = True
            self.more.notify_all()

    def mark(self):
        """A place in the output: wait_line(.., since=mark) looks after it."""
        with self.more:
            return len(self.lines)

    def wait_line(self, pattern, seconds=30, since=0):
        """The first line that has the pattern, or None in time."""
        end = time.monotonic() + seconds
        with self.more:
            while True:
                for line in self.lines[since:]:
                    if re.search(pattern, line):
                        return line
                left = end - time.monotonic()
                if self.ended or left <= 0:
                    return None
                self.more.wait(left)

    def write(self, text):
        """Onto its standard input."""
        self.popen.stdin.write(text)
        self.popen.stdin.flush()

    def signal(self, number):
        """Sends a signal."""
        self.popen.send_signal(number)

    def wait(self, seconds=30):
        """Its exit code, None when it still runs then."""
        try:
            return self.popen.wait(seconds)
        except subprocess.TimeoutExpired:
            return None

    def text(self):
        """All it said."""
        with self.more:
            return "\n".join(self.lines)

    def stop(self):
        """Ends it, with force when it does not end."""
        if self.popen.stdin:
            self.popen.stdin.close()
        if self.popen.poll() is None:
            self.popen.terminate()
            if self.wait(20) is None:
                self.popen.kill()
                self.popen.wait()
        self.reader.join(5)


class Web(Process):
    """web.py: the demonstration's server, and every misbehaviour."""

    def __init__(self, root, log):
        super().__init__((PYTHON, SERVERS / "web.py", "--root", root,
                          "--log", log), environment())
        line = self.wait_line("listening on")
        if line is None:
            raise RuntimeError(f"no web server: {self.text()}")
        self.port = int(line.rsplit(":", 1)[1])
        self.log = pathlib.Path(log)

    def requests(self):
        """Lines "GET /PATH STATUS" so far."""
        return (self.log.read_text(encoding="utf-8").splitlines()
                if self.log.exists() else [])


class Smtp(Process):
    """smtp.py: keeps what it is sent."""

    def __init__(self, inbox, *options):
        super().__init__((PYTHON, SERVERS / "smtp.py", "--dir", inbox)
                         + options, environment(), stdin=subprocess.PIPE)
        line = self.wait_line("^[0-9]+$")
        if line is None:
            raise RuntimeError(f"no mail server: {self.text()}")
        self.port, self.inbox = int(line), pathlib.Path(inbox)

    def paths(self):
        """Files of the mails taken, in order."""
        return sorted(self.inbox.glob("*.eml"))

    def mails(self):
        """The mails taken, read strictly, each with its "envelope"."""
        return [dict(check_mail.read(p), raw=p.read_bytes(), envelope=(
            json.loads(p.with_suffix(".json").read_text())))
            for p in self.paths()
            if p.with_suffix(".json").exists()]


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
            for line in str(got).splitlines()[:40]:
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
            encoding="utf-8", errors="replace", timeout=timeout,
            check=False))

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
        socket = (self.dir / "pg" / "socket").read_text().strip()
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
            if here and name in ("kpid", "postgres", "initdb") \
                    and state.split()[0] != "Z":
                found[int(entry.name)] = name
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
