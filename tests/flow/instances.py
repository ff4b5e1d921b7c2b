#!/usr/bin/python3
"""Three daemons upon one database, killed (kill -9) and made to stand still
(SIGSTOP past the lease) at random: each turn of each feed is one delivery,
each transition one mail, whatever becomes of one of them.

    instances.py [ROUNDS [SEED]]      1 and a seed, which is printed

Every answer of the server is other bytes, so that a feed which is collected
twice is two deliveries. A round is a minute: schedules have no shorter one.
"""
import collections
import datetime
import http.server
import json
import os
import pathlib
import random
import signal
import subprocess
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent
                       / "support"))
import flow  # noqa: E402
from programs import PATIENCE, environment, wait_until  # noqa: E402
from seed import seed  # noqa: E402

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 1
SEED = seed(sys.argv, 2)
FEEDS = [f"f{n:02d}" for n in range(30)]
LEASE = 2           # seconds
TROUBLE = 12        # seconds of it in each round
TODAY = datetime.date.today()
DUE = TODAY.replace(day=1) - datetime.timedelta(days=1)
BEFORE = DUE.replace(day=1) - datetime.timedelta(days=1)


class Source(http.server.BaseHTTPRequestHandler):
    """/NAME: a figure that is good and bad by turns, and a number that no
    other answer has."""
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        """A while later."""
        server = self.server
        with server.lock:
            server.asked += 1
            stamp, pause = server.asked, server.chance.uniform(0, server.slow)
            served = server.round
        time.sleep(pause)
        body = (f"年月,値\n{BEFORE:%Y-%m},{stamp}\n"
                f"{DUE:%Y-%m},{50 if served % 2 == 0 else 150}\n").encode()
        try:
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            self.close_connection = True

    def log_message(self, *_args):
        """Nothing: the daemons say what they fetch."""


def source(chance):
    """The server, running."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Source)
    server.daemon_threads = True
    server.lock, server.chance = threading.Lock(), chance
    server.asked, server.round, server.slow = 0, 0, 8
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


class Instance:
    """One daemon, with its workers."""

    def __init__(self, f, name):
        self.f, self.name = f, name
        self.config = f.dir / f"{name}.json"
        self.config.write_text(json.dumps(
            {**f.config, "state": f"state-{name}"}), encoding="utf-8")
        self.texts = []
        self.start()

    def start(self):
        """It runs, perhaps again."""
        self.process = self.f.start("-c", str(self.config), "run")

    def family(self):
        """PIDs: the loop first."""
        try:
            children = pathlib.Path(
                f"/proc/{self.process.pid}/task/{self.process.pid}/children"
            ).read_text().split()
        except OSError:
            children = []
        return [self.process.pid] + [int(pid) for pid in children]

    def text(self):
        """All that it ever said."""
        return "\n".join(self.texts + [self.process.text()])


def send(pids, number):
    """A signal to those that are still there."""
    for pid in pids:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            pass


def place(f):
    """A city hall with three machines"""
    print(f"# {ROUNDS} rounds, seed {SEED}")
    f.chance = random.Random(SEED)
    f.server = f.smtp()
    f.source = source(f.chance)
    f.demo(clock=None, indicators="indicators.json", plans=[
        {"targets": "targets.csv"}], instances={"lease_s": LEASE}, database={
        "url": "postgresql://{PGUSER}@/{PGDATABASE}?host={host}".format(
            **os.environ, host=os.environ["PGHOST"].replace("/", "%2F"))})
    f.mail_by(f.server, tls="none")
    for path in f.feeds_dir.glob("*.json"):
        path.unlink()
    (f.dir / "indicators.json").write_text(json.dumps({"indicators": [
        {"indicator": name, "name_ja": name, "name_en": name, "unit": "人",
         "measure": "stock", "decimals": 0, "source": "試験"}
        for name in FEEDS]}), encoding="utf-8")
    year = DUE.year - (DUE.month < 4)
    lines = ["目標ID,年度,団体コード,目標,項目,名称,指標,条件,目標値,単位,集計,"
             "基準値,基準日,期限,経路,判定,担当部局,宛先"]
    for name in FEEDS:
        lines.append(f"{name},{year},202037,1,1-{name},{name},{name},"
                     f"at_least,100,人,latest,0,{year}-03-31,{DUE},linear,default,課,"
                     f"{name}@example.jp")
        (f.feeds_dir / f"{name}.json").write_text(json.dumps({
            "feed": name, "title": name, "owner": "a@example.jp",
            "source": "試験", "licence": "試験", "schedule": "* * * * *",
            "url": f"http://127.0.0.1:{f.source.server_port}/{name}",
            "contract": {
                "format": "csv", "period": {"column": "年月"},
                "organization": {"constant": "202037"},
                "values": [{"column": "値", "indicator": name}]}},
            ensure_ascii=False), encoding="utf-8")
    (f.dir / "targets.csv").write_text("\n".join(lines) + "\n",
                                       encoding="utf-8")
    run = f.kpid("check")
    f.ok("the configuration has no problems", run.code == 0, run)
    # A slow machine wants what is left of the minute.
    second = time.time() % 60
    if second > 10:
        time.sleep(61 - second)
    f.begun = int(time.time() // 60)
    f.daemons = [Instance(f, name) for name in ("one", "two", "three")]


def disturb(f):
    """Something happens to one of them; the others go on."""
    victim = f.chance.choice(f.daemons)
    what = f.chance.choice(("kill", "kill all", "kill one",
                            "stop", "stop all", "stop one"))
    pids = victim.family()
    hit = {"": pids[:1], "all": pids, "one": [f.chance.choice(pids[1:] or pids)]
           }[what.partition(" ")[2]]
    pause = f.chance.uniform(0, 1.5)
    f.happened[what] += 1
    f.history.append(f"{time.time() % 3600 // 60:.0f}:{time.time() % 60:.3f}"
                     f" {what} {victim.name} {pids.index(hit[0])}")
    if what.startswith("kill"):
        send(hit, signal.SIGKILL)
        if what != "kill one" or hit[0] == pids[0]:
            victim.process.wait()
            victim.texts.append(victim.process.text())
            time.sleep(pause)
            victim.start()
        return
    send(hit, signal.SIGSTOP)
    time.sleep(LEASE + pause)
    send(hit, signal.SIGCONT)


def trouble(f):
    """Kills and pauses, for a while"""
    end = time.monotonic() + TROUBLE
    while time.monotonic() < end:
        time.sleep(f.chance.uniform(0.2, 1.5))
        disturb(f)


DONE = """select count(*) from (select feed from kpi.delivery
 group by feed having count(*) >= {}) d"""


def left(f, n):
    """Seconds until the next round would begin."""
    return (f.begun + n + 1) * 60 - time.time() - 2


def rounds(f):
    """Rounds of trouble"""
    f.happened, f.history = collections.Counter(), []
    for n in range(ROUNDS + 1):
        if n > 0:
            time.sleep(max(0, (f.begun + n) * 60 - time.time() - 0.5))
            f.source.round = n
            time.sleep(max(0, (f.begun + n) * 60 - time.time()))
        trouble(f)
        began = time.monotonic()
        done = wait_until(lambda n=n: int(f.value(DONE.format(n + 1)))
                          == len(FEEDS), left(f, n) / PATIENCE, 0.3)
        f.ok(f"round {n}: whoever is left does it all, "
             f"{time.monotonic() - began:.1f} s after the trouble", done,
             f.rows("select feed, count(*) from kpi.delivery group by 1"
                    " order by 1"))
        if not done:
            break
    print("#", dict(f.happened))


BUSY = """select (select count(*) from kpid.delivery where outcome <> 'loaded')
 + (select count(*) from kpid.owed) + (select count(*) from kpid.outbox
    where sent_at is null and given_up_at is null)"""


def psql(sql):
    """One value, by the server's own administrator."""
    return subprocess.run(
        ("psql", "-XAtqc", sql, "host={PGHOST} user={PGUSER}"
         " dbname={PGDATABASE}".format(**os.environ)), env=environment(),
        check=True, capture_output=True, text=True).stdout.strip()


def verdict(f):
    """What became of it"""
    last = time.time() // 60
    f.ok("all is loaded, judged and sent", wait_until(
        lambda: psql(BUSY) == "0", left(f, ROUNDS) / PATIENCE, 0.3),
        psql(BUSY))
    for daemon in f.daemons:
        daemon.process.signal(signal.SIGTERM)
    f.same("all end well", [d.process.wait(20) for d in f.daemons], [0, 0, 0])
    if last != f.begun + ROUNDS:
        f.ok("the test was in time", False, last)
    many = f.rows("select feed, count(*) from kpi.delivery group by feed"
                  f" having count(*) <> {ROUNDS + 1} order by feed")
    f.ok("each turn of each feed is one delivery", not many, "\n".join(
        [str(many), *f.history] + [
            f"{d.name}: {line}" for d in f.daemons for line in
            d.text().splitlines()
            if many and f" {many[0][0]}:" in line or "running" in line]))
    text = "\n".join(d.text() for d in f.daemons)
    print("#", f.source.asked, "answers,", text.count("dropped: "),
          "bodies refused,", text.count("without a lease"),
          "without a lease,", text.count("taken it meanwhile"), "lost")
    f.same("nothing waits on a spool", [
        str(p) for p in f.dir.glob("state-*/spool/*.*")], [])


def mails(f):
    """What people heard"""
    taken = [m for m in f.server.mails()
             if m["envelope"]["to"][0].split("@")[0] in FEEDS]
    by_id = collections.defaultdict(set)
    for mail in taken:
        by_id[mail["message_id"]].add(mail["raw"])
    twice = len(taken) - len(by_id)
    print(f"# {len(taken)} mails, {twice} of them twice")
    f.ok("what came twice was the same mail: who was cut off or stood still "
         "between sending and telling sends it again", all(
             len(raw) == 1 for raw in by_id.values())
         and twice <= sum(f.happened.values()), twice)
    heard = collections.Counter(
        to for to, _ in {(m["envelope"]["to"][0], m["message_id"])
                         for m in taken})
    if not taken:
        print("#", f.kpid("status").out[:3000])
    f.same("each reader heard of each transition once", heard, {
        f"{name}@example.jp": ROUNDS + 1 for name in FEEDS})


if __name__ == "__main__":
    flow.main(place, rounds, verdict, mails)
