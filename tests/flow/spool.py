#!/usr/bin/python3
"""The spool of a running daemon: files that are damaged while the database is
away, its bound, and a disk that is full."""
import json
import os
import pathlib
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent
                       / "support"))
import flow  # noqa: E402

TRANSFERS = 64      # that kpid runs at once
MANY = 100
BODY = 400          # bytes, about
ROOM = 10 * BODY
TOLD = "select count(*) from kpi.alert where target like 'kpid/{}/%'" \
    " and level > 0"


def feed(f, name, path):
    """A feed of one figure, never collected: it is due at once."""
    (f.feeds_dir / f"{name}.json").write_text(json.dumps({
        "feed": name, "title": name, "owner": "a@example.jp",
        "source": "試験", "licence": "試験", "url": f.url(path),
        "schedule": "0 0 1 1 *", "contract": {
            "format": "csv", "header": {"row": 1}, "ignore": ["備考"],
            "period": {"column": "年月"},
            "organization": {"constant": "202037"},
            "dimensions": {"point": {"constant": name}},
            "values": [{"column": "値", "indicator": "n"}]}},
        ensure_ascii=False), encoding="utf-8")


def body(f, name, value, size=BODY):
    """The file that the server gives."""
    text = f"年月,値,備考\n2024-09,{value},"
    (f.www / f"{name}.csv").write_text(
        text + "x" * (size - len(text.encode()) - 1) + "\n", encoding="utf-8")


def psql(f, sql):
    """By the server's own administrator, by the way that is never cut."""
    return subprocess.run(
        ("psql", "-XAtqc", sql, f"host={f.server_dir} user=kpid"
         f" dbname={os.environ['PGDATABASE']}"),
        check=True, capture_output=True, text=True).stdout.strip()


def cut(f):
    """No new connection to the database, and the end of those there are."""
    f.way.unlink()
    psql(f, "select pg_terminate_backend(pid) from pg_stat_activity"
         " where datname = current_database() and pid <> pg_backend_pid()")


def restore(f):
    """The database is there again."""
    f.way.symlink_to(f.server_dir)


def place(f):
    """A city hall whose database can be cut off"""
    f.server_dir = os.environ["PGHOST"]
    f.way = f.dir / "way"
    restore(f)
    f.demo(clock=None, indicators="indicators.json", plans=[],
           health="127.0.0.1:0", network={
               "allow": ["127.0.0.0/8"], "proxy": "", "timeout_s": 300,
               "stall_s": 300}, database={
               "url": "postgresql://{}@/{}?host={}".format(
                   os.environ["PGUSER"], os.environ["PGDATABASE"],
                   str(f.way).replace("/", "%2F"))})
    for path in f.feeds_dir.glob("*.json"):
        path.unlink()
    (f.dir / "indicators.json").write_text(json.dumps({"indicators": [
        {"indicator": "n", "name_ja": "数", "name_en": "n", "unit": "人",
         "measure": "stock", "decimals": 0, "source": "試験"}]}),
        encoding="utf-8")
    f.spool = f.dir / "state" / "spool"
    for name in ("first", "rain", "snow", "wind"):
        body(f, name, 1)
        feed(f, name, f"{name}.csv" if name == "first"
             else f"gate/weather/{name}.csv")
    run = f.kpid("check")
    f.ok("its configuration has no problems", run.code == 0, run)


def start(f, what):
    """A daemon that has loaded feed `what`; where it may be asked."""
    daemon = f.start("run")
    line = daemon.wait_line("listening, port ([0-9]+)", 30)
    f.port = int(line.rsplit(" ", 1)[1]) if line else 0
    f.ok(f"feed {what} is loaded",
         daemon.wait_line(f"feed {what}.*inserted 1", 30), daemon.text())
    return daemon


def ask(f, path):
    """The text of a page of the daemon."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{f.port}{path}",
                                    timeout=60) as answer:
            return answer.read().decode()
    except urllib.error.HTTPError as e:
        return e.read().decode()


def flip(path, at):
    """Changes one bit of a file."""
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)


def feed_of(path):
    """Whose a spooled body is, by the description behind it."""
    return re.search(rb'{"feed":"([^"]*)"', path.read_bytes())[1].decode()


def body_of(f, name):
    """The spooled body of a feed."""
    return next(path for path in f.spool.glob("*.spool")
                if feed_of(path) == name)


def damaged(f):
    """Files damaged while the database is away"""
    daemon = start(f, "first")
    cut(f)
    (f.www / "weather").touch()
    for name in ("rain", "snow", "wind"):
        f.ok(f"feed {name} is spooled without the database",
             daemon.wait_line(f"feed {name}: fetched", 20), daemon.text())
    f.ok("all three wait", flow.wait_until(
        lambda: len(list(f.spool.glob("*.spool"))) == 3, 10))
    rain, snow = body_of(f, "rain"), body_of(f, "snow")
    flip(rain, 20)
    flip(snow, BODY + 40)
    mark = daemon.mark()
    restore(f)
    f.ok("what is whole is loaded when the database returns",
         daemon.wait_line("feed wind: loaded.*inserted 1", 30, mark),
         daemon.text())
    for name in ("rain", "snow"):
        f.ok(f"feed {name} is fetched again and loaded",
             daemon.wait_line(f"feed {name}: loaded.*inserted 1", 30, mark),
             daemon.text())
    f.says("both are told", daemon.text(),
           r"\.spool' is damaged: its SHA-256 .*rain is fetched again",
           r"\.spool' is damaged: it was cut, or its description .*"
           r"every feed is fetched again")
    for path, why in ((rain, "SHA-256"), (snow, "description")):
        aside = f.spool / "aside" / path.name
        f.ok("the damaged files are kept aside",
             aside.exists() and aside.with_suffix(".txt").exists())
        f.says("with the reason", aside.with_suffix(".txt").read_text(), why)
    # Every feed is fetched again: the others, too, for nothing.
    f.ok("nothing else waits", flow.wait_until(
        lambda: not list(f.spool.glob("*.spool")), 10),
        list(f.spool.glob("*.spool")))
    f.same("the values are those of the server", f.rows(
        "select dims ->> 'point', trim_scale(value) from kpi.observation"
        " order by 1"), [[n, "1"] for n in ("first", "rain", "snow", "wind")])
    f.ok("an alert of kpid's own is open", flow.wait_until(
        lambda: f.value(TOLD.format("spool_aside")) == "1", 10),
        f.rows("select target, level from kpi.alert"))
    f.ok("and its mail written", flow.wait_until(lambda: [
        m for m in f.mails().values() if "取り置いた" in m["subject"]], 10),
        [m["subject"] for m in f.mails().values()])
    daemon.stop()
    for path in (f.spool / "aside").iterdir():
        path.unlink()
    f.kpid("collect", "first")
    f.same("which closes when somebody has seen to them",
           f.value(TOLD.format("spool_aside")), "0")


def bound(f):
    """The bound, with the database away"""
    for path in f.feeds_dir.glob("*.json"):
        path.unlink()
    body(f, "a", 1)
    feed(f, "a", "a.csv")
    names = [f"m{i:02}" for i in range(MANY)]
    for name in names:
        body(f, name, 7)
        feed(f, name, f"gate/many/slow/2/{name}.csv")
    # Less than those that run at once will bring.
    f.configure(spool={"max_bytes": ROOM})
    before = len(f.web.requests())
    daemon = start(f, "a")
    cut(f)
    (f.www / "many").touch()
    f.ok("it says that the spool is full",
         daemon.wait_line("the spool is full: nothing is fetched", 30),
         daemon.text())
    # Those that ran end, and no other would take so long.
    asked, more = None, len(f.web.requests()) - before
    while asked != more:
        time.sleep(4)
        asked, more = more, len(f.web.requests()) - before
    flow.wait_until(lambda: f"kpid_spool_bytes {(asked - 1) * BODY}\n"
                    in ask(f, "/metrics"), 10)
    time.sleep(3)
    f.same("no other begins", len(f.web.requests()) - before, asked)
    f.ok("so many as ran at once, and not all",
         TRANSFERS < asked < MANY, asked)
    f.says("readiness says so", ask(f, "/readyz"), "spool: it is full")
    f.says("so do the metrics", ask(f, "/metrics"),
           r'kpid_ready\{part="spool"\} 0',
           f"kpid_spool_max_bytes {ROOM}\n",
           f"kpid_spool_bytes {(asked - 1) * BODY}\n")
    mark = daemon.mark()
    waiting = [feed_of(path) for path in sorted(f.spool.glob("*.spool"))]
    restore(f)
    f.ok("when the database returns fetching goes on",
         daemon.wait_line("there is room again", 40, mark), daemon.text())
    for name in names:
        if not daemon.wait_line(f"feed {name}: loaded.*inserted 1", 40):
            f.ok(f"feed {name} is loaded", False, daemon.text())
    f.same("and nothing was dropped", f.rows(
        "select count(*) from kpi.observation where dims ->> 'point' like"
        " 'm%' and value = 7"), [[str(MANY)]])
    f.same("what waited is loaded in the order of receipt",
           re.findall("feed (m[0-9]+): loaded", daemon.text())[:len(waiting)],
           waiting)
    f.same("each was fetched once", sorted(
        re.findall("feed (m[0-9]+): fetched [0-9]+ bytes", daemon.text())),
        names)
    f.ok("the operator was told", flow.wait_until(lambda: [
        m for m in f.mails().values()
        if "運用】データの収集を一時停止" in m["subject"]], 10),
         [m["subject"] for m in f.mails().values()])
    f.ok("and that it is over", flow.wait_until(
        lambda: f.value(TOLD.format("spool_full")) == "0" and [
            m for m in f.mails().values()
            if "解消】データの収集を一時停止" in m["subject"]], 20),
         [m["subject"] for m in f.mails().values()])
    f.ok("that the database is away is told three times at most", len(
        re.findall("error loader: could not connect", daemon.text())) <= 3,
        daemon.text())
    f.ok("ready again", flow.wait_until(
        lambda: "spool: ok" in ask(f, "/readyz"), 10), ask(f, "/readyz"))
    daemon.stop()
    f.configure(spool=None)


def full_disk(f):
    """A disk that is full"""
    small = f.dir / "small"
    small.mkdir()
    if os.geteuid() != 0 or subprocess.run(
            ("mount", "-t", "tmpfs", "-o", "size=256k", "kpid", small),
            capture_output=True, check=False).returncode != 0:
        print("# no full disk: mounting a small one is not permitted here")
        return
    try:
        on_small_disk(f, small)
    finally:
        subprocess.run(("umount", "-l", small), check=False)


def on_small_disk(f, small):
    """One body that does not fit, and others that do."""
    for path in f.feeds_dir.glob("*.json"):
        path.unlink()
    for name, size in (("big", 600000), ("tiny", BODY), ("late", BODY)):
        body(f, name, 9, size)
        # Each after the one before: what does not fit has the disk for a
        # while.
        feed(f, name, f"{name}.csv" if name == "tiny"
             else f"gate/{name}/{name}.csv")
    f.configure(state="small")
    daemon = start(f, "tiny")
    (f.www / "big").touch()
    f.ok("the feed fails with the reason and what to do",
         daemon.wait_line("feed big: could not fetch .*No space left on "
                          "device.*free some space", 20), daemon.text())
    (f.www / "late").touch()
    f.ok("another is loaded", daemon.wait_line(
        "feed late: loaded.*inserted 1", 20), daemon.text())
    f.ok("nothing is left of it", flow.wait_until(
        lambda: not list((small / "spool").iterdir()), 10),
        list((small / "spool").iterdir()))
    f.ok("the feed's state says so", flow.wait_until(lambda: psql(
        f, "select count(*) from kpid.feed_states() where feed = 'big' and"
        " error like '%No space left%'") == "1", 10), daemon.text())
    subprocess.run(("mount", "-o", "remount,size=8m", small), check=True)
    daemon.stop()
    run = f.kpid("collect", "big")
    f.says("with more room it is loaded", run.out, "big +loaded")


if __name__ == "__main__":
    flow.main(place, damaged, bound, full_disk)
