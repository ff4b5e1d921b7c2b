#!/usr/bin/python3
"""Raw bodies are given up by policy; what is cited or held stays."""
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent
                       / "support"))
import flow  # noqa: E402
from programs import wait_until  # noqa: E402

KEPT = ("select delivery, body_kept from kpi.delivery where feed = '{}'"
        " order by 1")


def add_feed(f, name, **more):
    """A feed of one indicator."""
    f.feed(name, title=name, owner="a@city.example", source="上田市",
           url=f"file:../files/{name}.csv",
           contract={"format": "csv", "period": {"column": "年月"},
                     "values": [{"column": "来館", "indicator": "v_" + name}]},
           indicators=[{"indicator": "v_" + name, "name_ja": name,
                        "unit": "人", "measure": "flow"}], **more)


def deliver(f, name, day, *rows):
    """A file fetched on a day; its result."""
    (f.files / f"{name}.csv").write_text(
        "年月,来館\n" + "".join(f"{m},{v}\n" for m, v in rows),
        encoding="utf-8")
    f.configure(clock=f"{day}T09:00:00+09:00")
    return f.kpid("collect", name, "--format", "json").feeds()[name]


def prune(f, *args):
    """kpid prune, as its document."""
    run = f.kpid("prune", *args, "--format", "json")
    f.same(f"prune {' '.join(args)}: code 0", run.code, 0)
    return json.loads(run.out)


def kept(f, name):
    """Which bodies of a feed are kept, in order."""
    return [row[1] == "t" for row in f.rows(KEPT.format(name))]


def by_policy(f):
    """Old bodies that nothing rests on"""
    f.demo()
    f.hold()
    add_feed(f, "a")
    add_feed(f, "b")
    for name, ten in (("a", 10), ("b", 20)):
        for day, one, two in (("2022-05-01", 1, 2), ("2022-06-01", 1, 3),
                              ("2022-07-01", 5, 3), ("2024-10-01", 5, 4)):
            deliver(f, name, day, ("2022-03", ten + one),
                    ("2022-04", ten + two))
    f.configure(clock="2024-10-15T09:00:00+09:00")
    run = f.kpid("prune")
    f.says("without a policy they stay for ever", run.err,
           "kept for ever. HINT")
    f.same("all of them", kept(f, "a"), [True] * 4)
    f.configure(bodies={"keep_days": 730})
    add_feed(f, "b", bodies={"keep_days": 3000})
    told = prune(f, "--dry-run")
    f.same("two would go", (told["dry_run"], told["bodies"]), (True, 2))
    f.ok("their size is told", told["bytes"] > 50, told)
    f.same("and stay", kept(f, "a"), [True] * 4)
    f.same("they go", prune(f)["bodies"], 2)
    f.same("the one that a latest value cites stays, and the new one",
           kept(f, "a"), [False, False, True, True])
    f.same("the other feed keeps its own for longer", kept(f, "b"),
           [True] * 4)
    f.same("again there is nothing to do", prune(f)["bodies"], 0)
    f.same("no value went", f.value(
        "select count(*) from kpi.observation_vintage where indicator ="
        " 'v_a'"), "5")
    run = f.kpid("replay", "1", "--commit")
    f.says("a body that is gone cannot be mapped again", run.out,
           "body of delivery 1 is not kept any more")


def shared(f):
    """One body of several deliveries, and a held one"""
    f.configure(bodies={"keep_days": 30})
    rows = [("2022-03", 7), ("2022-04", 8)]
    add_feed(f, "c")
    deliver(f, "c", "2023-01-01", *rows)
    deliver(f, "c", "2023-02-01", ("2022-03", 9), ("2022-04", 9))
    deliver(f, "c", "2024-10-01", *rows)
    deliver(f, "c", "2024-10-02", ("2022-03", 9), ("2022-04", 6))
    held = deliver(f, "c", "2024-10-03", ("2022-03", 9), ("2030-04", 9))
    f.same("a future month is held", held["outcome"], "held")
    f.configure(clock="2024-10-15T09:00:00+09:00")
    prune(f)
    f.same("the first one's body is the third one's",
           kept(f, "c"), [True, False, True, True, True])
    f.configure(clock="2025-10-15T09:00:00+09:00")
    prune(f)
    f.same("held and cited ones stay, however old",
           kept(f, "c"), [False, False, False, True, True])
    f.kpid("retract", str(held["delivery"]), "--why", "誤り")
    prune(f)
    f.same("until somebody decides", kept(f, "c"),
           [False, False, False, True, False])


def comes_back(f):
    """A body that comes back is kept again"""
    f.configure(clock="2025-10-15T09:00:00+09:00")
    deliver(f, "c", "2025-10-15", ("2022-03", 7), ("2022-04", 8))
    f.same("for all that brought it", kept(f, "c"),
           [True, False, True, True, False, True])


def daily(f):
    """The daemon does it by itself"""
    f.configure(clock=None)
    deliver_old = ("update kpid.delivery set fetched_at = fetched_at"
                   " - interval '1 year', vintage_at = vintage_at"
                   " - interval '1 year'")
    f.admin(deliver_old)
    daemon = f.start("run")
    f.ok("within its first turn", wait_until(
        lambda: kept(f, "c")[3] is False, 30), kept(f, "c"))
    daemon.stop()


if __name__ == "__main__":
    flow.main(by_policy, shared, comes_back, daily)
