"""Programs that the flow tests run: kpid to its end, and servers beside it.

Machine settings that kpid must not depend on (locale, time zone, proxies) are
set to something else on purpose.
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import threading
import time
from decimal import Decimal

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import check_mail  # noqa: E402

SERVERS = pathlib.Path(__file__).resolve().parent / "servers"
PYTHON = "/usr/bin/python3"
# What is waited for comes in seconds. A machine that is slow and busy, and a
# program under sanitizers, may take so many times as long; one that fails is
# waited for in vain for so long.
PATIENCE = 3
OURS = re.compile("^(PG|KPID|LC_|LANG|.*_proxy$|.*_PROXY$)")


def environment():
    """The caller's without what could hide a fault of ours."""
    env = {k: v for k, v in os.environ.items() if not OURS.match(k)}
    # Debian's PostgreSQL server is not in PATH, whatever stands in ours.
    env.update(PATH="/usr/sbin:/usr/bin:/sbin:/bin",
               TZ="America/St_Johns", LC_ALL="C", NO_COLOR="1",
               http_proxy="http://127.0.0.1:9", smtp_proxy="127.0.0.1:9")
    return env


def wait_until(condition, seconds, pause=0.02):
    """condition()'s value once it is true, or its last one at the end."""
    end = time.monotonic() + seconds * PATIENCE
    while True:
        value = condition()
        if value or time.monotonic() > end:
            return value
        time.sleep(pause)


def woken(pids, seconds=3):
    """How often the processes went to sleep in the quietest of some stretches
    of so many seconds: one that wakes up by itself has none that is quiet."""
    def slept():
        texts = [pathlib.Path(f"/proc/{pid}/status").read_text()
                 for pid in pids]
        return [int(text.split("\nvoluntary_ctxt_switches:")[1].split()[0])
                for text in texts]

    least = None
    for _ in range(8):
        before = slept()
        time.sleep(seconds)
        found = max(b - a for a, b in zip(before, slept()))
        least = found if least is None else min(least, found)
        if least <= 1:
            break
    return least


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
        end = time.monotonic() + seconds * PATIENCE
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
            return self.popen.wait(seconds * PATIENCE)
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
