#!/usr/bin/python3
"""Two daemons upon one database: each feed is fetched by one of them, loaded in
the order of publishing, and the history is that of one. While the database is
away each fetches, and the same bytes are loaded once."""
import json
import os
import pathlib
import re
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent
                       / "support"))
import flow  # noqa: E402
from programs import wait_until  # noqa: E402

FEEDS = ("north", "south", "early", "later")


def feed(f, name, path, indicator, **more):
    """A feed of one figure, never collected: a daemon fetches it at once."""
    return {"feed": name, "title": name, "owner": "a@example.jp",
            "source": "試験", "licence": "試験", "url": f.url(path),
            "schedule": "0 0 1 1 *", **more, "contract": {
                "format": "csv", "header": {"row": 1},
                "period": {"column": "年月"},
                "organization": {"constant": "202037"},
                "values": [{"column": "値", "indicator": indicator}]}}


def place(f):
    """Two city halls, one database"""
    f.demo(clock=None, indicators="indicators.json", plans=[], database={
        "url": "postgresql://{PGUSER}@/{PGDATABASE}?host={host}".format(
            **os.environ, host=str(f.dir / "db").replace("/", "%2F"))})
    (f.dir / "db").symlink_to(os.environ["PGHOST"])
    for path in f.feeds_dir.glob("*.json"):
        path.unlink()
    (f.dir / "indicators.json").write_text(json.dumps({"indicators": [
        {"indicator": name, "name_ja": name, "name_en": name, "unit": "人",
         "measure": "flow", "decimals": 0, "source": "試験"}
        for name in ("north", "south", "both")]}), encoding="utf-8")
    for name, value, day, indicator in (
            ("north", 10, None, "north"), ("south", 20, None, "south"),
            ("early", 31, 1, "both"), ("later", 32, 2, "both")):
        rule = {}
        path = f"{name}.csv"
        if day:
            path = f"{name}-2024100{day}.csv"
            rule = {"published": {"from": "url", "pattern": "-([0-9]{8})"}}
        (f.www / path).write_text(f"年月,値\n2024-09,{value}\n",
                                  encoding="utf-8")
        (f.feeds_dir / f"{name}.json").write_text(json.dumps(
            feed(f, name, path, indicator, **rule), ensure_ascii=False),
            encoding="utf-8")
    run = f.kpid("check")
    f.ok("the configuration has no problems", run.code == 0, run)
    f.other = f.dir / "other.json"
    f.other.write_text(json.dumps({**f.config, "state": "other-state"}),
                       encoding="utf-8")


def both(f):
    """Both start, and share the work"""
    two = [f.start("run"), f.start("-c", str(f.other), "run")]
    f.ok("every feed is loaded", wait_until(lambda: all(
        any(f"feed {name}: loaded" in daemon.text() for daemon in two)
        for name in FEEDS), 60), "\n".join(d.text() for d in two))
    for daemon in two:
        daemon.stop()
    f.same("each was asked for once", sorted(
        line.split("/")[-1].split(".")[0] for line in f.web.requests()), [
            "early-20241001", "later-20241002", "north", "south"])
    f.same("each body was loaded once", f.rows(
        "select feed, outcome, read, inserted + revised from kpi.delivery"
        " order by feed"), [
            ["early", "loaded", "1", "1"], ["later", "loaded", "1", "1"],
            ["north", "loaded", "1", "1"], ["south", "loaded", "1", "1"]])


def history(f):
    """The expected history"""
    f.same("the latest are those published last", f.rows(
        "select indicator, trim_scale(value) from kpi.observation"
        " order by 1"), [["both", "32"], ["north", "10"], ["south", "20"]])
    f.same("published one after the other", f.rows(
        "select previous_value, value from kpi.revision"), [["31", "32"]])
    f.same("every event has an instant of its own, in order", f.rows(
        "select count(*), count(distinct known_at), bool_and(rising) from ("
        "select known_at, known_at > coalesce(lag(known_at) over"
        " (order by event), '-infinity') as rising from kpi.event"
        " where kind = 'load') e"), [["4", "4", "t"]])
    f.same("what was never the latest says so, what was ends once", f.rows(
        "select count(*) filter (where until_event is null), count(*)"
        " from kpi.observation_vintage"), [["3", "4"]])


def cut_off(f):
    """The database goes away"""
    (f.dir / "db").rename(f.dir / "away")
    subprocess.run(("psql", "-XAtqc", "select pg_terminate_backend(pid) from"
                    " pg_stat_activity where datname = current_database()"
                    " and pid <> pg_backend_pid()"), check=True,
                   capture_output=True)


def away(f):
    """Without the database"""
    for name in ("north", "south"):
        f.feed(name, schedule="* * * * *")
    before = f.rows("select feed, count(*) from kpi.delivery group by 1"
                    " order by 1")
    second = time.time() % 60
    if second > 40:
        time.sleep(61 - second)
    two = [f.start("run"), f.start("-c", str(f.other), "run")]
    for daemon in two:
        daemon.wait_line("running, 4 feeds", 20)
    time.sleep(3)
    cut_off(f)
    path = f.www / "north.csv"
    path.write_text("年月,値\n2024-09,11\n", encoding="utf-8")
    f.ok("each fetches without a lease, and says so", wait_until(lambda: all(
        re.search(f"feed {name}: fetched without a lease(?s:.*)"
                  f"feed {name}: (fetched [0-9]|unchanged)", daemon.text())
        for name in ("north", "south") for daemon in two), 75, 0.2),
        "\n".join(d.text() for d in two))
    (f.dir / "away").rename(f.dir / "db")
    f.ok("when it is back, what is on the spools is loaded", wait_until(
        lambda: not list(f.dir.glob("*state*/spool/*.spool")), 60, 0.2),
        "\n".join(d.text() for d in two))
    for daemon in two:
        daemon.stop()
    after = {**dict(before), "north": str(int(dict(before)["north"]) + 1)}
    got = dict(f.rows("select feed, count(*) from kpi.delivery group by 1"))
    f.ok("the new bytes once, the old ones not at all", got == after,
         "\n".join([str(got)] + [d.text() for d in two]))


if __name__ == "__main__":
    flow.main(place, both, history, away)
