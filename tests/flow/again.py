#!/usr/bin/python3
"""A feed that comes once a month fails at its turn, for the server is away for
an hour: it is tried again by the pauses, whatever is reloaded or started anew
meanwhile, and once it was had not before the next turn."""
import pathlib
import signal
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent
                       / "support"))
import flow  # noqa: E402


def table(url, schedule):
    """A feed of one figure."""
    return {"title": "窓口来庁者（月次）", "owner": "a@example.jp",
            "source": "上田市", "url": url, "schedule": schedule,
            "contract": {
                "format": "csv", "period": {"column": "年月"},
                "organization": {"constant": "202037"},
                "values": [{"column": "人数", "indicator": "visitors"}]},
            "indicators": [{"indicator": "visitors", "name_ja": "来庁者",
                            "unit": "人", "measure": "flow"}]}


def looked(f):
    """How often the server was asked for the monthly table."""
    return sum("/visitors.csv" in r for r in f.web.requests())


def begin(f):
    """The start"""
    f.demo(clock="2026-09-10T09:00:00+09:00", plans=[])
    for path in f.feeds_dir.glob("*.json"):
        path.unlink()
    f.feed("visitors", **table(f.url("status/503/visitors.csv"),
                               "0 9 10 * *"))
    f.feed("zz-beat", **{**table(f.url("beat.csv"), "* * * * *"),
                         "grace_days": 3660, "indicators": None})
    (f.www / "beat.csv").write_text("年月,人数\n2026-06,1\n",
                                    encoding="utf-8")
    run = f.kpid("check")
    f.ok("the configuration is right", run.code == 0, run)
    f.daemon = f.start("run")
    f.ok("its turn fails, and comes again", f.daemon.wait_line(
        "feed visitors.*again in [56] minutes", 60), f.daemon.text())
    f.daemon.wait_line("feed zz-beat.*inserted 1", 30)


def go(f, instant, looks):
    """It is this time now: so many looks until the other feed, which is always
    due, was looked at."""
    want = looked(f) + looks
    mark = f.daemon.mark()
    f.configure(clock=instant)
    f.daemon.signal(signal.SIGHUP)
    if not f.daemon.wait_line("feed zz-beat: unchanged", 30, mark):
        raise RuntimeError(f.daemon.text())
    flow.wait_until(lambda: looked(f) >= want, 10)
    f.same(f"{instant}: looked {looks}", looked(f), want)


def reloads(f):
    """Over reloads"""
    go(f, "2026-09-10T09:04:00+09:00", 0)
    go(f, "2026-09-10T09:10:00+09:00", 1)
    f.daemon.signal(signal.SIGHUP)
    go(f, "2026-09-10T09:11:00+09:00", 0)


def starts(f):
    """Over a start"""
    f.daemon.signal(signal.SIGTERM)
    f.same("it ends", f.daemon.wait(15), 0)
    (f.www / "visitors.csv").write_text("年月,人数\n2026-08,7\n",
                                        encoding="utf-8")
    f.feed("visitors", url=f.url("visitors.csv"))
    f.configure(clock="2026-09-10T10:00:00+09:00")
    f.daemon = f.start("run")
    f.ok("the server is there again, and is asked", f.daemon.wait_line(
        "feed visitors.*inserted 1", 30), f.daemon.text())
    go(f, "2026-09-11T10:00:00+09:00", 0)
    go(f, "2026-10-09T10:00:00+09:00", 0)
    go(f, "2026-10-10T09:00:00+09:00", 1)
    f.daemon.signal(signal.SIGTERM)
    f.same("it ends again", f.daemon.wait(15), 0)


if __name__ == "__main__":
    flow.main(begin, reloads, starts)
