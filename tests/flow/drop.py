#!/usr/bin/python3
"""Drop folders: files appear, are taken once and whole, and put away; nothing
is lost by a crash, nothing taken twice by two daemons."""
import json
import os
import pathlib
import shutil
import signal
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent
                       / "support"))
import flow  # noqa: E402
from programs import wait_until, woken  # noqa: E402

INDICATOR = {"indicator": "loans", "name_ja": "貸出点数", "unit": "点",
             "measure": "flow", "decimals": 0}
FEED = {"title": "貸出点数", "owner": "a@example.jp",
        "contract": {"format": "csv",
                     "period": {"column": "年月", "as": "month"},
                     "values": [{"column": "貸出点数",
                                 "indicator": "loans"}]}}
COUNT = "select count(*) from kpi.delivery where url like '%/{}'"


def table(*rows):
    """A body of months and numbers."""
    return "年月,貸出点数\n" + "".join(f"{m},{n}\n" for m, n in rows)


def put(f, name, *rows):
    """A file as a careful sender puts it: under another name first."""
    part = f.drop / (name + ".part")
    part.write_text(table(*rows), encoding="utf-8")
    part.rename(f.drop / name)


def lies(f, *where):
    """Whether a file lies there by and by."""
    return wait_until((f.drop.joinpath(*where)).exists, 20)


def left(f):
    """What has not been put away."""
    return sorted(p.name for p in f.drop.rglob("*") if p.is_file()
                  and p.parent.name not in ("done", "failed"))


def value(f, month):
    """The number that is served for a month."""
    rows = f.rows("select trim_scale(value) from kpi.observation"
                  f" where period = '{month}'")
    return rows[0][0] if rows else None


def place(f):
    """A city hall with a drop folder"""
    f.demo(clock=None, indicators="indicators.json", plans=None,
           file_roots=["drop"])
    for path in f.feeds_dir.glob("*.json"):
        path.unlink()
    (f.dir / "indicators.json").write_text(
        json.dumps({"indicators": [INDICATOR]}), encoding="utf-8")
    f.drop = f.dir / "drop"
    f.drop.mkdir()
    f.feed("loans", **FEED, url="file:../drop/*.csv", drop={"settle_s": 1})
    run = f.kpid("check")
    f.ok("its configuration has no problems", run.code == 0, run)
    f.keeper = f.hold()


def by_hand(f):
    """kpid collect"""
    run = f.kpid("collect", "loans", "--format", "json")
    f.same("an empty folder: nothing new", [
        (r["feed"], r["outcome"]) for r in run.json()["feeds"]],
        [("loans", "unchanged")])
    put(f, "b.csv", ("2023-01", 2))
    put(f, "a.csv", ("2023-01", 1))
    (f.drop / "note.txt").write_text("of no feed", encoding="utf-8")
    (f.drop / "c.csv.tmp").write_text("half", encoding="utf-8")
    f.feed("loans", drop={"settle_s": 600})
    run = f.kpid("collect", "loans")
    f.says("what came just now is left alone", run.err, "came just now")
    f.feed("loans", drop={"settle_s": 1})
    time.sleep(1.2)
    run = f.kpid("collect", "loans", "--dry-run", "--format", "json")
    f.same("a dry run reads them", [
        r["outcome"] for r in run.json()["feeds"]], ["loaded", "loaded"])
    f.same("and leaves them", left(f),
           ["a.csv", "b.csv", "c.csv.tmp", "note.txt"])
    run = f.kpid("collect", "loans", "--format", "json")
    f.same("in the order of their names", [
        (r["outcome"], r["inserted"], r["revised"])
        for r in run.json()["feeds"]], [("loaded", 1, 0), ("loaded", 0, 1)])
    f.same("the last one counts", value(f, "2023-01"), "2")
    f.same("they are put away, others are not", left(f),
           ["c.csv.tmp", "note.txt"])
    f.same("where an analyst sees it came from", f.rows(
        "select url from kpi.delivery order by delivery"),
        [[f"file://{f.drop}/a.csv"], [f"file://{f.drop}/b.csv"]])


def first(f):
    """The daemon"""
    put(f, "c.csv", ("2023-02", 3))
    f.daemon = f.start("run")
    f.ok("what came while nobody ran is taken", lies(f, "done", "c.csv"),
         f.daemon.text())
    f.same("and loaded", value(f, "2023-02"), "3")
    mark = f.daemon.mark()
    put(f, "c.csv", ("2023-02", 33))
    f.ok("a new one of the same name", f.daemon.wait_line(
        "feed loans.*loaded.*revised 1", 20, mark), f.daemon.text())
    f.ok("lies beside the old", lies(f, "done", "c.csv~2"))
    put(f, "c.csv", ("2023-02", 33))
    f.ok("the same again: unchanged", f.daemon.wait_line(
        "feed loans.*unchanged", 20, mark), f.daemon.text())
    f.ok("and put away", lies(f, "done", "c.csv~3"))
    (f.drop / "bad.csv").write_text("<html><body>no</body></html>",
                                    encoding="utf-8")
    f.ok("one that cannot be read lies in failed",
         lies(f, "failed", "bad.csv"), f.daemon.text())
    f.says("and is told", f.daemon.text(), "feed loans.*failed.*HTML")


def write_slowly(path):
    """Months written before the file was gone, and the longest time between
    two of them."""
    longest, last = 0, time.monotonic()
    with open(path, "w", encoding="utf-8") as out:
        out.write("年月,貸出点数\n")
        for month in range(1, 9):
            out.write(f"2022-0{month},{month}\n")
            out.flush()
            time.sleep(0.3)
            now = time.monotonic()
            longest, last = max(longest, now - last), now
            if not path.exists():
                break
    return month, longest


def half(f):
    """A file that is still being written"""
    for n in range(5):
        name = f"d{n}.csv"
        months, pause = write_slowly(f.drop / name)
        # Else it was we who stood still for long enough.
        if pause < 0.9:
            break
    f.same("it is not taken in 2.4 s, though settle is 1", months, 8)
    f.ok("but then", lies(f, "done", name), f.daemon.text())
    f.same("once", f.value(COUNT.format(name)), "1")
    f.same("and whole", value(f, "2022-08"), "8")


def idle(f):
    """Nothing comes"""
    least = woken([f.daemon.pid])
    f.ok("an idle daemon sleeps: it does not look", least <= 1, least)


def loader(f):
    """The loader's pid."""
    return next(p for p, n in f.processes().items() if n == "kpid-loader")


def killed(f):
    """A crash between claim and load"""
    pid = loader(f)
    os.kill(pid, signal.SIGSTOP)
    put(f, "e.csv", ("2023-05", 5))
    f.ok("it is claimed and spooled", lies(f, ".claimed", "e.csv")
         and wait_until(lambda: list((f.dir / "state" / "spool")
                                     .glob("*.spool")), 10))
    f.daemon.signal(signal.SIGKILL)
    f.daemon.wait(10)
    os.kill(pid, signal.SIGKILL)
    f.same("it lies where it was claimed", left(f).count("e.csv"), 1)
    # One that was claimed and not yet spooled.
    (f.drop / ".claimed" / "g.csv").write_text(table(("2023-07", 7)),
                                               encoding="utf-8")
    f.daemon = f.start("run")
    f.ok("the next one takes both", lies(f, "done", "e.csv")
         and lies(f, "done", "g.csv"), f.daemon.text())
    f.same("nothing is lost", (value(f, "2023-05"), value(f, "2023-07")),
           ("5", "7"))
    f.same("nor loaded twice", (f.value(COUNT.format("e.csv")),
                                f.value(COUNT.format("g.csv"))), ("1", "1"))


def damaged(f):
    """A spooled body is damaged before it is loaded"""
    pid, spool = loader(f), f.dir / "state" / "spool"
    os.kill(pid, signal.SIGSTOP)
    put(f, "h.csv", ("2023-08", 8))
    f.ok("it is spooled", wait_until(lambda: list(spool.glob("*.spool")), 20))
    body = next(spool.glob("*.spool"))
    body.write_bytes(body.read_bytes().replace(b"8", b"9", 1))
    os.kill(pid, signal.SIGCONT)
    f.ok("the file is taken again", lies(f, "done", "h.csv"),
         f.daemon.text())
    f.same("and loaded as it was dropped", value(f, "2023-08"), "8")


def two(f):
    """Two daemons"""
    other = f.dir / "other.json"
    other.write_text(json.dumps({**f.config, "state": "state2"}),
                     encoding="utf-8")
    keep = f.config_path
    f.config_path = other
    second = f.start("run")
    f.config_path = keep
    f.ok("another one runs", second.wait_line("daemon.*running", 20),
         second.text())
    for n in range(1, 31):
        put(f, f"m{n:02}.csv", ("2021-01", n))
    f.ok("all are taken", wait_until(
        lambda: len(list((f.drop / "done").glob("m*.csv"))) == 30, 40),
        left(f))
    f.same("each once", f.rows(
        "select count(*), count(distinct url) from kpi.delivery"
        " where url ~ '/m[0-9]+[.]csv$'"), [["30", "30"]])
    f.same("nothing lies about", left(f), ["c.csv.tmp", "note.txt"])
    second.stop()


def then(f):
    """What becomes of them"""
    f.daemon.stop()
    f.feed("loans", drop={"settle_s": 1, "then": "delete"})
    put(f, "x.csv", ("2020-01", 1))
    time.sleep(1.2)
    run = f.kpid("collect", "loans")
    f.ok("delete", run.code == 0 and not list(f.drop.rglob("x.csv")), run)
    f.feed("loans", drop={"settle_s": 1, "then": "keep", "order": "time"})
    put(f, "z.csv", ("2020-02", 1))
    put(f, "y.csv", ("2020-02", 2))
    time.sleep(1.2)
    for outcome in ("loaded", "unchanged"):
        run = f.kpid("collect", "loans", "--format", "json")
        f.same(f"keep: {outcome}, by its own place each", [
            r["outcome"] for r in run.json()["feeds"]], [outcome] * 2)
    f.same("by time: the later one counts", value(f, "2020-02"), "2")
    f.same("they stay", left(f), ["c.csv.tmp", "note.txt", "y.csv", "z.csv"])
    f.daemon = f.start("run")
    mark = f.daemon.mark()
    f.daemon.wait_line("unchanged.*\n.*unchanged", 10)
    put(f, "w.csv", ("2020-03", 3))
    f.ok("the daemon takes the new one", f.daemon.wait_line(
        "inserted 1", 20, mark), f.daemon.text())
    time.sleep(1.5)
    f.same("and the old ones once, at its start", len(
        [line for line in f.daemon.text().splitlines()
         if "unchanged (the same" in line]), 2)
    f.daemon.stop()


def gone(f):
    """A folder that is away over a restart, and back without a file"""
    asked = ("select coalesce(error, '') from kpid.feed_state"
             " join kpid.feed using (feed_id) where feed = 'loans'")
    shutil.rmtree(f.drop)
    f.daemon = f.start("run")
    f.ok("that it is away is told", wait_until(
        lambda: f.admin(asked)[0][0].startswith("its folder: "), 30),
        (f.admin(asked), f.daemon.text()))
    f.daemon.stop()
    f.drop.mkdir()
    f.drop.chmod(0o777)
    f.daemon = f.start("run")
    f.ok("that it is back, too, before any file comes", wait_until(
        lambda: f.admin(asked)[0][0] == "", 30),
        (f.admin(asked), f.daemon.text()))
    f.daemon.stop()


def refused(f):
    """What cannot be a drop folder"""
    for changes, pattern in (
            ({"url": "file:../*/a.csv"}, "only the last part"),
            ({"url": "http://example.jp/"}, "'drop' is for URLs of file:"),
            ({"url": "file:../drop/{yyyy}.csv"}, "cannot ask for a period"),
            ({"url": "file:../elsewhere/*.csv"}, "outside the directories")):
        f.feed("loans", **changes)
        run = f.kpid("check")
        f.says(f"{changes['url']}: told", run.out + run.err, pattern)
    f.feed("loans", url="file:../drop/none/*.csv")
    run = f.kpid("collect", "loans")
    f.ok("a folder that is not there fails its feed", run.code == 1, run)
    f.says(".. in words", run.out, "failed +there is no file '.*/none'")
    f.keeper.stop()


if __name__ == "__main__":
    flow.main(place, by_hand, first, half, idle, killed, damaged, two, then,
              gone, refused)
