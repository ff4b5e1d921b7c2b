#!/usr/bin/python3
"""Two daemons upon one database: what both fetch is loaded once, in the order
of publishing, and the history is that of one."""
import json
import os
import pathlib
import re
import sys

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
            **os.environ, host=os.environ["PGHOST"].replace("/", "%2F"))})
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


def settled(text):
    """Whether a daemon was told what became of all that it fetched. A feed
    that the other one loaded before it began is not due."""
    return set(re.findall("feed ([a-z]+): fetched", text)) <= set(
        re.findall("feed ([a-z]+): (?:loaded|unchanged)", text))


def both(f):
    """Both start, and both fetch everything"""
    two = [f.start("run"), f.start("-c", str(f.other), "run")]
    f.ok("what each fetched is loaded by one of them", wait_until(
        lambda: all(settled(daemon.text()) for daemon in two)
        and all(any(f"feed {name}: loaded" in daemon.text()
                    for daemon in two) for name in FEEDS), 60),
        "\n".join(d.text() for d in two))
    for daemon in two:
        daemon.stop()
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


if __name__ == "__main__":
    flow.main(place, both, history)
