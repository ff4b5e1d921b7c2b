#!/usr/bin/python3
"""A daemon that waits for a release: from the expected day it looks every day
until the new month is there, gives up, begins anew, and lets no old file and
no change of the clock deceive it. Its clock is the configuration's, which
SIGHUP brings forward."""
import pathlib
import signal
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent
                       / "support"))
import flow  # noqa: E402

OWNER = "shimin@city.ueda.example"
CALENDAR = ("select newest_period, expected_period, expected_at at time zone"
            " 'Asia/Tokyo', late_since is not null from kpi.calendar"
            " where feed = 'visitors'")


def months(f, *values, note=""):
    """The file has these months from June 2026 on; a note changes its bytes
    and no value."""
    rows = "".join(f"2026-{6 + i:02d},202037,{v},{note}\n"
                   for i, v in enumerate(values))
    fresh = f.www / "visitors.fresh"
    fresh.write_text("年月,団体コード,人数,備考\n" + rows, encoding="utf-8")
    fresh.rename(f.www / "visitors.csv")


def table(url, schedule, indicator, **more):
    """A feed of such a table."""
    return {"title": "窓口来庁者（月次）", "owner": OWNER, "source": "上田市",
            "url": url, "schedule": schedule, "contract": {
                "format": "csv", "period": {"column": "年月"},
                "organization": {"column": "団体コード"},
                "ignore": ["備考"],
                "values": [{"column": "人数", "indicator": indicator}]},
            "indicators": [{"indicator": indicator, "name_ja": indicator,
                            "unit": "人", "measure": "flow"}], **more}


def looked(f):
    """How often the server was asked for the table."""
    return sum("/visitors.csv" in r for r in f.web.requests())


def go(f, instant, looks, always="feed zz-beat: unchanged"):
    """It is this time now, and the daemon has taken what is due: a feed that
    is always due was looked at, the table so often. A look too many that is
    slower than that is found by the next of these checks."""
    f.looks += looks
    mark = f.daemon.mark()
    f.configure(clock=instant)
    f.daemon.signal(signal.SIGHUP)
    if not f.daemon.wait_line(always, 30, mark):
        raise RuntimeError(f.daemon.text())
    flow.wait_until(lambda: looked(f) >= f.looks, 10)
    return f.same(f"{instant}: looked {looks}", looked(f), f.looks)


def said(f):
    """What kpid next says of the table."""
    text = f.kpid("next").out
    return [line.strip() for line in text.split("zz-beat")[0].splitlines()]


def begin(f):
    """The start"""
    f.demo(clock="2026-09-15T10:00:00+09:00", plans=[])
    for path in f.feeds_dir.glob("*.json"):
        path.unlink()
    months(f, 100, 100, 100)
    (f.www / "beat.csv").write_text(
        "年月,団体コード,人数,備考\n2026-06,202037,1,\n", encoding="utf-8")
    f.feed("visitors", **table(
        f.url("visitors.csv"), "0 9 10> * *", "visitors",
        release={"give_up_days": 20}))
    f.feed("zz-beat", **table(f.url("beat.csv"), "* * * * *", "beats",
                              grace_days=3660))
    run = f.kpid("check")
    f.ok("the configuration is right", run.code == 0, run)
    f.daemon = f.start("run")
    f.ok("what was never looked at is looked at now", f.daemon.wait_line(
        "feed visitors.*inserted 3", 60), f.daemon.text())
    f.ok("and the other, too", f.daemon.wait_line(
        "feed zz-beat.*inserted 1", 30), f.daemon.text())
    f.same("September is expected after a weekend and a holiday",
           f.rows(CALENDAR),
           [["2026-08", "2026-09", "2026-10-13 09:00:00", "f"]])
    f.same("kpid next says so", said(f), [
        "visitors  窓口来庁者（月次）",
        "10月10日(土)は休日のため 10月13日(火) 9:00 に収集します（令和8年9月分）",
        "最新のデータは令和8年8月分です"])


def awaits(f):
    """The expected day"""
    f.looks = looked(f)
    go(f, "2026-10-10T09:30:00+09:00", 0)   # a Saturday
    go(f, "2026-10-12T09:30:00+09:00", 0)   # a holiday
    go(f, "2026-10-13T08:59:00+09:00", 0)
    go(f, "2026-10-13T09:00:00+09:00", 1)
    go(f, "2026-10-13T23:00:00+09:00", 0)
    go(f, "2026-10-14T09:00:00+09:00", 1)


def old_file(f):
    """An old file, published again"""
    months(f, 100, 100, 100, note="再掲")
    mark = f.daemon.mark()
    go(f, "2026-10-15T09:00:00+09:00", 1)
    f.ok("is a delivery that says nothing new", f.daemon.wait_line(
        "feed visitors.*inserted 0, revised 0, unchanged 3", 10, mark),
        f.daemon.text())
    f.same("is not fresh: September is still awaited", f.rows(CALENDAR),
           [["2026-08", "2026-09", "2026-10-13 09:00:00", "f"]])
    f.same("and no release of its source", f.rows(
        "select last_release::date, newest_period from kpi.catalog"
        " where feed = 'visitors'"), [["2026-09-15", "2026-08"]])
    f.same("the calendar has the next look", f.rows(
        "select next_check at time zone 'Asia/Tokyo' from kpi.calendar"
        " where feed = 'visitors'"), [["2026-10-16 09:00:00"]])
    f.same("kpid next says what is waited for", said(f)[1:], [
        "10月16日(金) 9:00 に収集します（令和8年9月分）",
        "令和8年9月分を待っています（3日目／最長20日）", "最新のデータは令和8年8月分です"])
    doc = f.kpid("next", "--format", "json").json()["feeds"][0]
    f.same("and programs read it", doc, {
        "feed": "visitors", "title": "窓口来庁者（月次）",
        "next": "2026-10-16 09:00", "time_zone": "Asia/Tokyo",
        "instead_of": None, "newest_period": "2026-08",
        "expected_period": "2026-09", "expected_at": "2026-10-13T00:00:00Z",
        "waiting": {"day": 3, "of": 20}, "late_since": None})
    f.configure(mail={**f.config["mail"], "language": "en"})
    f.same("and those who read English", said(f)[1:], [
        "looks on Fri 16 October 9:00, for 2026-09",
        "waiting for 2026-09: day 3 of 20", "newest: 2026-08"])
    f.configure(mail={**f.config["mail"], "language": "ja"})
    go(f, "2026-10-16T09:00:00+09:00", 1)


def clock_back(f):
    """The clock, set back"""
    f.feed("zz-new", **table(f.url("beat.csv"), "0 0 1 1 *", "others",
                             grace_days=3660))
    go(f, "2026-10-16T08:00:00+09:00", 0, "feed zz-new.*inserted 1")
    go(f, "2026-10-16T09:01:00+09:00", 0)   # the hour has come again
    go(f, "2026-10-17T09:00:00+09:00", 1)


def given_up(f):
    """Twenty days"""
    go(f, "2026-11-01T09:00:00+09:00", 1)   # many days are one look
    f.same("the owner hears nothing before the end", f.mails(), {})
    months(f, 100, 100, 100, note="また再掲")
    go(f, "2026-11-02T09:00:00+09:00", 0)
    late = flow.wait_until(f.mails, 20)
    f.same("then its owner is told", [
        (m["to"], m["subject"]) for m in late.values()],
        [(OWNER, "【データ未着】窓口来庁者（月次）：令和8年9月分が届いていません")])
    go(f, "2026-11-03T09:00:00+09:00", 0)
    f.same("kpid next says when it is looked for again", said(f)[1:], [
        "11月10日(火) 9:00 に収集します（令和8年9月分）",
        "令和8年9月分が届いていません（11月2日(月)に未着をお知らせ済み）",
        "最新のデータは令和8年8月分です"])


def anew(f):
    """The next release"""
    mark = f.daemon.mark()
    go(f, "2026-11-10T09:00:00+09:00", 1)
    f.ok("brings the old file", f.daemon.wait_line(
        "feed visitors.*inserted 0", 10, mark), f.daemon.text())
    f.same("which ends no lateness", f.rows(CALENDAR),
           [["2026-08", "2026-09", "2026-10-13 09:00:00", "t"]])
    go(f, "2026-11-11T09:00:00+09:00", 1)
    months(f, 100, 100, 100, 120, 130)
    mark = f.daemon.mark()
    go(f, "2026-11-12T09:00:00+09:00", 1)
    f.ok("new months come", f.daemon.wait_line(
        "feed visitors.*inserted 2", 10, mark), f.daemon.text())
    f.same("and are what counts; nothing is late", f.rows(CALENDAR),
           [["2026-10", "2026-11", "2026-12-10 09:00:00", "f"]])
    go(f, "2026-11-13T09:00:00+09:00", 0)
    f.same("nobody was told twice", len(f.mails()), 1)


def away(f):
    """Four months without a daemon"""
    f.daemon.signal(signal.SIGTERM)
    f.same("it ends", f.daemon.wait(15), 0)
    f.configure(clock="2027-03-31T12:00:00+09:00")
    f.daemon = f.start("run")
    f.ok("are made good for", f.daemon.wait_line("feed visitors: unchanged",
                                                 30), f.daemon.text())
    f.looks += 1
    go(f, "2027-03-31T12:01:00+09:00", 0)
    f.same("kpid next says what lies in the next fiscal year", said(f)[1],
           "4月10日(土)は休日のため 4月12日(月) 9:00（令和9年度）に収集します（令和8年11月分）")
    f.daemon.signal(signal.SIGTERM)
    f.same("it ends again", f.daemon.wait(15), 0)
    f.feed("zz-far", **table(f.url("beat.csv"), "30 7 1 4 *", "beats",
                             time_zone="America/New_York"))
    f.feed("zz-late", **table(f.url("beat.csv"), "30 7 1 4 *", "beats",
                              jitter_s=600))
    f.says("and whose time it is, where it is another's", f.kpid("next").out,
           "4月1日\\(木\\) 7:30 \\(America/New_York\\)（令和9年度）に収集します")
    times = set()
    for org in ("202037", "202011", "202029"):
        f.configure(organization=org)
        times.update(feed["next"] for feed in f.kpid(
            "next", "--format", "json").json()["feeds"]
            if feed["feed"] == "zz-late")
    f.ok("jitter: another time for each town, within its bound",
         len(times) > 1 and "2027-04-01 07:30" <= min(times)
         and max(times) <= "2027-04-01 07:40", times)


if __name__ == "__main__":
    flow.main(begin, awaits, old_file, clock_back, given_up, anew, away)
