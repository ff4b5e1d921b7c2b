#!/usr/bin/python3
"""SIGKILL at random instants under load, with the database, the disk and the
mail server failing in between: at the end the database equals that of an
undisturbed run, and every mail was sent at least once, the same each time.

    crashes.py [KILLS [SEED]]    50 and a seed, which is printed

The server gives other bodies in each round, and a round ends when all of them
are loaded, so that both runs have seen the same: what must be equal is known
to the last delivery. Each start of a daemon is a minute later by its clock, so
that every feed is due.
"""
import collections
import datetime
import hashlib
import os
import pathlib
import random
import signal
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent
                       / "support"))
# What is killed reports nothing to a sanitizer, and is twice as slow with one.
os.environ["KPID"] = os.environ.get("KPID_PLAIN", os.environ.get("KPID", ""))\
    or str(pathlib.Path(__file__).resolve().parents[2] / "build" / "kpid")
import check_mail  # noqa: E402
import city  # noqa: E402
import flow  # noqa: E402
from programs import environment, wait_until  # noqa: E402
from seed import seed  # noqa: E402

KILLS = int(sys.argv[1]) if len(sys.argv) > 1 else 50
SEED = seed(sys.argv, 2)
FEEDS = [f"f{i:02}" for i in range(12)]
ROUND = 10          # kills before a round is let end
CHANGED = 6         # feeds that change in a round
BEGIN = datetime.datetime.fromisoformat("2024-10-15T00:05:00+09:00")
SETTLE = 90         # seconds, at most, until a round has ended
OPERATOR = "kpid-admin@city.ueda.example"

QUESTIONS = {
    "values, lines and columns": """select indicator, dims, period, value,
        missing, status, line, col, feed from kpi.observation
        join kpi.delivery using (delivery) order by 1, 2, 3""",
    "every vintage, in order": """select indicator, dims, period, value,
        row_number() over (partition by indicator, dims, period
                           order by event), until_event is null
        from kpi.observation_vintage order by 1, 2, 3, 5""",
    "deliveries by feed, in order": """select feed, sha256, outcome, read,
        inserted, revised, unchanged, rejected from kpi.delivery
        order by feed, delivery""",
    "what people know": """select target, told, told_period, seq
        from kpid.alert where org <> 0 order by 1""",
    "what they were told, in order": f"""select recipient, thread, seq, kind,
        payload ->> 'subject_ja', sent_at is not null, given_up_at is not null
        from kpid.outbox where recipient <> '{OPERATOR}'
        order by thread, seq, recipient""",
}


def plan(chance):
    """What the server gives in each round: [{feed: text}]."""
    rounds = []
    for number in range(max(2, KILLS // ROUND)):
        names = FEEDS if number == 0 else chance.sample(FEEDS, CHANGED)
        rounds.append({name: city.table(chance) for name in names})
    return rounds


class Place:
    """One run: a database, a state directory and mailboxes of its own."""

    def __init__(self, f, name):
        self.f, self.name = f, name
        self.state, self.pg = f.dir / f"state-{name}", f.dir / f"pg-{name}"
        self.inboxes, self.minute = [], 0
        self.server, self.port = None, 0
        self.files = {}
        self.state.mkdir()
        self.mail_server()
        f.configure(state=self.state.name, database={"private": self.pg.name})
        f.mail_by(self.server)
        # A first start takes as long as the disk is slow.
        run = f.kpid("migrate", timeout=120)
        f.ok(f"a database for the {name} run", run.code == 0, run)

    def mail_server(self, *options):
        """Another mail server at the same port."""
        if self.server:
            self.server.stop()
        self.server = self.f.smtp("--port", str(self.port), *options)
        self.port = self.server.port
        self.inboxes.append(self.server.inbox)

    def start(self, *args):
        """A daemon, a minute later than the one before."""
        self.minute += 1
        self.f.configure(clock=(BEGIN + datetime.timedelta(
            minutes=self.minute)).isoformat())
        return self.f.start(*args)

    def ask(self, sql, user="kpid"):
        """Rows by the database's administrator; [] when it is away."""
        try:
            socket = (self.pg / "socket").read_text().strip()
        except OSError:
            return []
        done = subprocess.run(
            ("psql", "-XAtq", "-F", "\t", "-c", sql,
             f"host={socket} user={user} dbname=kpid"), env=environment(),
            capture_output=True, text=True, timeout=60, check=False)
        return [line.split("\t") for line in done.stdout.splitlines()]

    def publish(self, files):
        """The server gives these from now on."""
        for name, text in files.items():
            (self.f.www / f"{name}.csv").write_text(text, encoding="utf-8")
            self.files[name] = hashlib.sha256(text.encode()).hexdigest()

    def unsettled(self):
        """What is not yet loaded, judged or sent."""
        last = self.ask("select distinct on (feed) feed, sha256, outcome"
                        " from kpi.delivery order by feed, delivery desc")
        found = {r[0]: r[1].removeprefix("\\x") for r in last
                 if r[2] == "loaded"}
        wrong = [name for name, sha in self.files.items()
                 if found.get(name) != sha]
        wrong += [p.name for p in (self.state / "spool").iterdir()
                  if p.suffix in (".spool", ".json")]
        return wrong + [row for row in self.ask(
            "select 'owed', at::text from kpid.owed union all select"
            " recipient, coalesce(error, '-') from kpid.outbox"
            " where sent_at is null and given_up_at is null")]

    def settle(self):
        """A daemon that is left alone until a round has ended."""
        left = None
        for _ in range(3):
            daemon = self.start("run")
            daemon.wait_line("running", 30)
            wait_until(lambda: not self.unsettled(), SETTLE / 3, 0.15)
            left = self.unsettled()
            self.pass_pauses()
            # What was put off for an hour is not waited for.
            self.ask("select kpid.outbox_hurry()")
            daemon.stop()
            if not left:
                return True
        return self.f.ok(f"a round of the {self.name} run ends", False,
                         f"{left}\n{daemon.text()}")

    def pass_pauses(self):
        """The next start is after the pauses of feeds that have failed."""
        rows = self.ask("select ceil(extract(epoch from max(again) - "
                        f"'{BEGIN.isoformat()}') / 60)::int from kpid.lease")
        if rows and rows[0][0]:
            self.minute = max(self.minute, int(rows[0][0]))

    def answers(self):
        """What is asked of both runs."""
        holder = self.f.hold()
        found = {what: self.ask(sql) for what, sql in QUESTIONS.items()}
        holder.stop()
        return found

    def mails(self):
        """{Message-ID: [bytes]} of all mailboxes."""
        found = collections.defaultdict(list)
        for inbox in self.inboxes:
            for path in sorted(inbox.glob("*.eml")):
                if path.with_suffix(".json").exists():
                    found[check_mail.read(path)["message_id"]].append(
                        path.read_bytes())
        return found


class Trouble:
    """What happens to a running daemon, at random."""

    def __init__(self, place, chance, disk):
        self.place, self.chance, self.disk = place, chance, disk
        self.counts = collections.Counter()
        kinds = [(self.nothing, 12), (self.worker, 6), (self.connections, 6),
                 (self.mail, 4), (self.server_stops, 2),
                 (self.server_killed, 1)]
        if disk:
            kinds.append((self.full_disk, 5))
        self.kinds, self.weights = zip(*kinds)

    def strike(self):
        """One of them."""
        kind = self.chance.choices(self.kinds, self.weights)[0]
        self.counts[kind.__doc__] += 1
        kind()

    def nothing(self):
        """nothing more"""

    def worker(self):
        """a worker killed alone"""
        pids = [pid for pid, name in self.place.f.processes().items()
                if name.startswith("kpid-")]
        if pids:
            kill(self.chance.choice(sorted(pids)))
            self.pause()

    def connections(self):
        """connections to the database cut"""
        self.place.ask(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where datname = 'kpid' and pid <> pg_backend_pid()")
        self.pause()

    def server_stops(self):
        """PostgreSQL restarted"""
        for pid in self.place.f.postmasters():
            kill(pid, signal.SIGINT)
        self.pause()

    def server_killed(self):
        """PostgreSQL killed"""
        for pid in self.place.f.postmasters():
            kill(pid)
        self.pause()

    def mail(self):
        """the mail server down, refusing, or back"""
        way = self.chance.choice(("down", "defer", "up"))
        if way == "down":
            self.place.server.stop()
        elif way == "up":
            self.place.mail_server()
        else:
            self.place.mail_server(*(
                word for name in FEEDS
                for word in ("--defer", city.owner(name), "999")))

    def full_disk(self):
        """the spool's disk full"""
        room = self.chance.choice((0, 4096, 16384))
        ballast = self.place.state / "ballast"
        try:
            with ballast.open("wb") as file:
                while True:
                    file.write(b"x" * 4096)
                    file.flush()
        except OSError:
            pass
        os.truncate(ballast, max(0, ballast.stat().st_size - room))

    def pause(self):
        """Time for it to be noticed, or not."""
        time.sleep(self.chance.uniform(0, 0.3))

    def over(self):
        """Disk and mail server as they should be."""
        (self.place.state / "ballast").unlink(missing_ok=True)
        self.place.mail_server()
        self.place.ask("select kpid.outbox_hurry()")


def kill(pid, number=signal.SIGKILL):
    """A signal to a process that may be gone."""
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        pass


def life(place, chance, trouble):
    """A daemon, or a command, until it is killed; with its workers or not."""
    command = chance.random() < 0.2
    run = place.start(*(("collect", "--all") if command else ("run",)))
    if not command:
        run.wait_line("daemon: running", 20)
    time.sleep(chance.uniform(0.02, 0.4))
    trouble.strike()
    time.sleep(chance.uniform(0, 0.2))
    if chance.random() < 0.3:
        for pid, name in place.f.processes().items():
            if name.startswith("kpid-"):
                kill(pid)
    run.signal(signal.SIGKILL)
    run.wait()


def undisturbed(f):
    """A run that nobody disturbs"""
    print(f"# {KILLS} kills, seed {SEED}", flush=True)
    f.plan = plan(random.Random(SEED))
    city.make(f, FEEDS)
    run = f.kpid("check")
    f.ok("its configuration has no problems", run.code == 0, run)
    place = Place(f, "calm")
    for files in f.plan:
        place.publish(files)
        place.settle()
    f.wanted, mails = place.answers(), place.mails()
    f.ok("people are told of something",
         len(f.wanted["what they were told, in order"]) > 5,
         f.wanted["what they were told, in order"])
    f.same("each mail once", {len(m) for m in mails.values()}, {1})


def small_disk(f, path):
    """A file system of 1 MB there, if that is permitted."""
    if os.geteuid() == 0 and subprocess.run(
            ("mount", "-t", "tmpfs", "-o", "size=1m", "kpid", path),
            capture_output=True, check=False).returncode == 0:
        return True
    print("# no full disk: mounting a small one is not permitted here")
    return False


def disturbed(f):
    """The same, killed again and again"""
    place = Place(f, "storm")
    disk = small_disk(f, place.state)
    try:
        storm(f, place, disk)
    finally:
        # At once, whoever still uses it: a test that is out of time is killed.
        if disk:
            subprocess.run(("umount", "-l", place.state), check=False)


def storm(f, place, disk):
    """All rounds, then the comparison."""
    chance = random.Random(SEED)
    trouble = Trouble(place, chance, disk)
    kills = 0
    for number, files in enumerate(f.plan):
        place.publish(files)
        holder = f.hold() if chance.random() < 0.7 else None
        until = KILLS * (number + 1) // len(f.plan)
        while kills < until:
            life(place, chance, trouble)
            kills += 1
        trouble.over()
        if holder:
            holder.stop()
        if not place.settle():
            break
    print(f"# {dict(trouble.counts)}")
    compare(f, place, kills)


def compare(f, place, kills):
    """Both runs."""
    got = place.answers()
    for what, rows in got.items():
        f.same(f"as undisturbed after {kills} kills: {what}", rows,
               f.wanted[what])
    mails = place.mails()
    holder = f.hold()
    sent = place.ask("select message_id, encode(sha256(message), 'hex')"
                     " from kpid.outbox where sent_at is not null")
    holder.stop()
    f.same("every mail was sent", [m for m, _ in sent
                                   if m.strip("<>") not in mails
                                   and m not in mails], [])
    f.same("no other was", len(mails), len(sent))
    f.same("the same bytes each time", [
        m for m, copies in mails.items() if len(set(copies)) > 1], [])
    print(f"# {sum(map(len, mails.values()))} copies of {len(mails)} mails")
    f.same("nothing is left on the spool", [
        p.name for p in (place.state / "spool").iterdir()
        if p.name != "aside"], [])
    f.ok("nothing was set aside",
         not (place.state / "spool" / "aside").exists())


if __name__ == "__main__":
    flow.main(undisturbed, disturbed)
