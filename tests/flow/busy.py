#!/usr/bin/python3
"""A load that takes long delays nothing but other loads: health pages answer,
other feeds are fetched and spooled, SIGTERM ends the daemon, and the next one
loads all of it. A feed that hangs, one that sends a byte a second and one that
sends 10 GB delay none of sixty others.

    busy.py [ROWS]     the load is a merge of so many rows, not one that waits
"""
import json
import os
import pathlib
import signal
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
# inspect.py, beside this file, is not the one that others import.
sys.path[:] = [str(HERE.parent / "support")] + [
    p for p in sys.path if pathlib.Path(p or ".").resolve() != HERE] + [
    str(HERE)]
import flow  # noqa: E402
import health  # noqa: E402
from feeds_town import ENDLESS, Delayed, feed, organizations  # noqa: E402

ROWS = int(sys.argv[1]) if len(sys.argv) > 1 else 0
MANY = 60
SOON_S = 5          # what waits for a load waits for longer


def put(f, name, path, org="202037", url=None):
    """A feed that comes every minute."""
    (f.feeds_dir / f"{name}.json").write_text(json.dumps(
        feed(name, url or f.slow.url(path), org, "kind0"),
        ensure_ascii=False), encoding="utf-8")


def place(f):
    """Sixty feeds that answer, and three that never end"""
    f.demo(clock=None, health="127.0.0.1:0", plans=[], mail=None,
           indicators="indicators.json", network={
               "allow": ["127.0.0.0/8"], "proxy": "", "timeout_s": 300})
    for path in f.feeds_dir.glob("*.json"):
        path.unlink()
    f.slow = Delayed()
    f.started.append(f.slow)
    (f.dir / "indicators.json").write_text(json.dumps({"indicators": [{
        "indicator": kind, "name_ja": kind, "name_en": kind,
        "unit": "件", "measure": "flow", "decimals": 0, "source": "試験"}
        for kind in ("kind0", "kind1")]}))
    for n, org in enumerate(organizations(MANY)):
        put(f, f"f{n}", f"table/{n}", org)
    for name, path in ENDLESS.items():
        put(f, name, path.replace("/0", "/5") if name == "floods" else path)
    run = f.kpid("migrate")
    f.ok("the database is ready", run.code == 0, run)


def ready(f):
    """Starts the daemon; it says where it listens, and works."""
    f.daemon = f.start("run")
    line = f.daemon.wait_line("listening, port ([0-9]+)", 30)
    f.port = int(line.rsplit(" ", 1)[1])
    flow.wait_until(lambda: health.ask(f, "/readyz")[0] == 200, 30)


def endless(f):
    """Three feeds that do not end"""
    ready(f)
    loaded = flow.wait_until(lambda: sum(
        "loaded, delivery" in line for line in f.daemon.lines) == MANY, 40)
    f.ok("all others are loaded", loaded, f.daemon.text())
    f.same("while the three still go on", [
        name for name in ENDLESS if f"feed {name}:" in f.daemon.text()], [])
    began = time.monotonic()
    f.same("and pages answer", health.ask(f, "/livez")[0], 200)
    f.ok("at once", time.monotonic() - began < SOON_S)
    mark = f.daemon.mark()
    put(f, "new", "table/9000", organizations(MANY + 1)[-1])
    f.daemon.signal(signal.SIGHUP)
    f.ok("a new configuration does not wait for them", f.daemon.wait_line(
        "feed new: loaded", 30, mark), f.daemon.text())
    f.ok("which is told", f.daemon.wait_line(
        "transfers.* take too long", 1, mark), f.daemon.text())
    f.daemon.signal(signal.SIGTERM)
    f.same("and it can be ended", f.daemon.wait(15), 0)
    for name in (*ENDLESS, "new"):
        (f.feeds_dir / f"{name}.json").unlink()


def database(f):
    """The words that reach the private database."""
    socket = (f.dir / "pg" / "socket").read_text().strip()
    return f"host={socket} user=kpid dbname=kpid"


def big(f):
    """A table of so many rows, and its feed."""
    codes = organizations(1700)
    (f.www / "big.csv").write_text("団体,年月,件数\n" + "".join(
        f"{codes[n % len(codes)]},{1950 + n // len(codes) // 12}-"
        f"{n // len(codes) % 12 + 1:02},{n}\n" for n in range(ROWS)))
    doc = feed("big", f.url("big.csv"), "202037", "kind1")
    doc["contract"]["organization"] = {"column": "団体"}
    (f.feeds_dir / "big.json").write_text(json.dumps(doc, ensure_ascii=False))


def lock_store(f):
    """Makes every load wait; gives what ends that."""
    lock = subprocess.Popen(
        ("psql", "-XAtq", database(f)), stdin=subprocess.PIPE, text=True,
        stdout=subprocess.PIPE, env=flow.environment())
    lock.stdin.write("begin; select kpid.lock_store();\nselect 'held';\n")
    lock.stdin.flush()
    while lock.stdout.readline() != "held\n":
        pass
    return lambda: lock.communicate("rollback;\n")


def running(f):
    """Whether the loader's session is at work."""
    return int(subprocess.run(
        ("psql", "-XAtq", "-c", "select count(*) from pg_stat_activity"
         " where backend_type = 'client backend' and state = 'active'"
         " and pid <> pg_backend_pid()",
         database(f)), text=True, capture_output=True, check=True,
        env=flow.environment()).stdout)


def merge(f):
    """A load that takes long"""
    holder = f.hold()
    if ROWS:
        big(f)
    ready(f)
    done = (lambda: None) if ROWS else lock_store(f)
    f.slow.ask("turn")
    mark = f.daemon.mark()
    if ROWS:
        f.ok("the large table is fetched", f.daemon.wait_line(
            "feed big: fetched", 90), f.daemon.text())
    f.ok("a load is under way", flow.wait_until(lambda: running(f), 90),
         f.daemon.text())
    answers = []
    for page in ("/livez", "/readyz", "/metrics"):
        began = time.monotonic()
        answers.append((health.ask(f, page)[0],
                        time.monotonic() - began < SOON_S))
    f.same("each page answers at once", answers, [(200, True)] * 3)
    if not ROWS:
        others(f, mark)
    began = time.monotonic()
    f.daemon.signal(signal.SIGTERM)
    f.same("SIGTERM ends it", f.daemon.wait(20), 0)
    # 5 s for the load, and on a busy machine the ends of four processes.
    f.ok("within its bound", time.monotonic() - began < 15,
         time.monotonic() - began)
    f.ok("the server has given the load up", flow.wait_until(
        lambda: not running(f), 10))
    done()
    holder.stop()


def others(f, mark):
    """What goes on beside a load."""
    fetched = flow.wait_until(lambda: sum(
        ": fetched" in line for line in f.daemon.lines[mark:]) >= MANY, 80)
    f.ok("every feed is fetched meanwhile", fetched, f.daemon.text())
    f.ok("and waits on the spool", len(list(
        (f.dir / "state" / "spool").glob("*.spool"))) >= MANY)
    # It gives up and comes again when another holds the store for a minute.
    f.same("no load is over", [line for line in f.daemon.lines[mark:]
                               if "loaded, delivery" in line], [])
    put(f, "new", "table/9001", organizations(MANY + 1)[-1])
    f.daemon.signal(signal.SIGHUP)
    f.ok("nor does a new configuration wait for a load", f.daemon.wait_line(
        "feed new: fetched", 30, mark), f.daemon.text())
    f.ok("which begins again", flow.wait_until(lambda: running(f), 30),
         f.daemon.text())


def after(f):
    """The next daemon"""
    ready(f)
    loaded = flow.wait_until(lambda: len({
        line.split(": ")[0].split()[-1] for line in f.daemon.lines
        if "loaded, delivery" in line}) >= MANY, 90)
    f.ok("loads what was spooled", loaded, f.daemon.text())
    if ROWS:
        f.ok("and the large table", f.daemon.wait_line(
            "feed big: loaded", 120), f.daemon.text())
    f.daemon.stop()
    f.same("each feed has one delivery of either table", f.rows(
        "select count(*), count(distinct feed) from kpi.delivery"
        " where outcome = 'loaded' and feed not in ('big', 'new')"),
        [[str(2 * MANY), str(MANY)]])
    if ROWS:
        f.same("and the large one all its rows", f.value(
            "select count(*) from kpi.observation where indicator = 'kind1'"),
            str(ROWS))


if __name__ == "__main__":
    flow.main(place, endless, merge, after)
