#!/usr/bin/python3
"""The daemon on a running clock, with real servers: it collects on schedule,
sees a revision, judges it, mails, survives what may happen, and sleeps."""
import datetime
import json
import os
import pathlib
import re
import signal
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent
                       / "support"))
import flow  # noqa: E402
from programs import woken  # noqa: E402

# Today in Japan, and its fiscal year: a count that must not pass 10 has failed
# once it does, on whatever day of the year the test runs.
DAY = (datetime.datetime.now(datetime.timezone.utc)
       + datetime.timedelta(hours=9)).date()
YEAR = DAY.year if DAY.month >= 4 else DAY.year - 1
HEADER = ("目標ID,年度,団体コード,目標,項目,名称,指標,条件,目標値,単位,集計,期限,"
          "経路,判定,担当部局,宛先\n")
TARGET = (f"accidents,{YEAR}年度,202037,7,7-2-(4),交通事故の件数,accidents,"
          f"at_most,10,件,ytd,{YEAR + 1}-03-31,linear,default,生活環境課,"
          "seikatsu@city.ueda.example\n")
INDICATOR = {"indicator": "accidents", "name_ja": "交通事故の件数",
             "name_en": "Accidents", "unit": "件", "measure": "flow_ytd",
             "decimals": 0, "monotone": True, "source": "試験"}
VALUE = "select trim_scale(value) from kpi.observation"
SESSIONS = ("select count(*) from pg_stat_activity where application_name ="
            " 'kpid' and datname = current_database()")


def feed(name, url):
    """A feed that is due every minute."""
    return {"feed": name, "title": f"試験 {name}", "owner": "a@example.jp",
            "source": "試験", "licence": "試験", "url": url,
            "schedule": "* * * * *", "contract": {
                "format": "csv", "encoding": "utf-8", "header": {"row": 1},
                "period": {"column": "基準時点", "as": "auto",
                           "frequency": "S"},
                "organization": {"constant": "202037"},
                "values": [{"column": "件数", "indicator": "accidents"}]}}


def write(path, data):
    """Replaces a file at once, so that no reader sees half of it."""
    text = data if isinstance(data, str) else json.dumps(
        data, ensure_ascii=False, indent=1)
    fresh = path.with_suffix(".fresh")
    fresh.write_text(text, encoding="utf-8")
    fresh.rename(path)


def figure(f, number):
    """The table that the server gives."""
    write(f.www / "live.csv", f"基準時点,件数\n{DAY},{number}\n")


def place(f):
    """A city hall with one target and one feed, on a running clock"""
    f.demo(clock=None, indicators="indicators.json",
           plans=[{"targets": "targets.csv"}])
    for path in f.feeds_dir.glob("*.json"):
        path.unlink()
    write(f.dir / "indicators.json", {"indicators": [INDICATOR]})
    write(f.dir / "targets.csv", HEADER + TARGET)
    write(f.feeds_dir / "live.json", feed("live", f.url("live.csv")))
    figure(f, 4)
    f.server = f.smtp()
    f.mail_by(f.server)
    run = f.kpid("check")
    f.ok("its configuration has no problems", run.code == 0, run)


def first(f):
    """The start"""
    f.daemon = f.start("run")
    line = f.daemon.wait_line("feed live.*inserted 1", 30)
    f.ok("what was never collected is collected at once", line,
         f.daemon.text())
    f.same("the value is there", f.value(VALUE), "4")
    f.same("nothing slips, nothing is mailed", f.server.paths(), [])


def workers(f):
    """The daemon's workers: {kind: pid}."""
    found = {}
    for pid, name in f.processes().items():
        if name.startswith("kpid-"):
            found[name[5:]] = pid
    return found


def idle(f):
    """Between two minutes"""
    f.same("three workers run", sorted(workers(f)),
           ["claimer", "loader", "mailer"])
    least = woken([f.daemon.pid, *workers(f).values()])
    f.ok("an idle daemon sleeps: no wake-ups in 3 seconds", least <= 1, least)


def bad_reload(f):
    """A bad configuration"""
    good = f.config_path.read_text(encoding="utf-8")
    mark = f.daemon.mark()
    write(f.config_path, good.replace('"organization"', '"organisation"'))
    f.daemon.signal(signal.SIGHUP)
    line = f.daemon.wait_line("going on with the old one", 10, mark)
    f.ok("SIGHUP with a bad configuration: the old one goes on", line,
         f.daemon.text())
    f.says("file, line and the likely word are logged", f.daemon.text(),
           r"kpid.json:[0-9]+: unknown key 'organisation'")
    write(f.config_path, good)
    f.ok("the daemon still runs", f.daemon.popen.poll() is None)


def worker_killed(f):
    """A worker is killed"""
    for kind in ("loader", "mailer"):
        old, mark = workers(f)[kind], f.daemon.mark()
        os.kill(old, signal.SIGKILL)
        f.ok(f"kill -9 of the {kind} is logged", f.daemon.wait_line(
            f"{kind}.*signal 9", 10, mark), f.daemon.text())
        f.ok(f"another {kind} is started", flow.wait_until(
            lambda: workers(f).get(kind, old) != old, 10), workers(f))
    f.ok("and all have their session again", flow.wait_until(
        lambda: int(f.value(SESSIONS)) >= 3, 20), f.daemon.text())


def database_killed(f):
    """The database's server is killed"""
    old, mark = f.postmasters(), f.daemon.mark()
    os.kill(old[0], signal.SIGKILL)
    f.ok("kill -9 of the database's server is noticed",
         f.daemon.wait_line("(loader|mailer): ", 10, mark),
         f.daemon.text())
    fresh = flow.wait_until(lambda: [p for p in f.postmasters()
                                     if p not in old], 20)
    f.ok("and it is started again", fresh, f.daemon.text())
    f.ok("that it is back is told", f.daemon.wait_line(
        "database: it is back after [0-9]+ s", 30, mark), f.daemon.text())
    f.ok("the daemon still runs", f.daemon.popen.poll() is None)


def revision(f):
    """The figure changes on the server"""
    mark = f.daemon.mark()
    figure(f, 50)
    line = f.daemon.wait_line("feed live.*revised 1", 75, mark)
    f.ok("within the next minute the revision is loaded", line,
         f.daemon.text())
    f.same("the new value is served", f.value(VALUE), "50")
    f.same("and the old one kept", f.rows(
        "select trim_scale(value) from kpi.observation_vintage"
        " order by event"), [["4"], ["50"]])
    doc = f.kpid("status", "--format", "json").json()
    f.same("the new status is there", [
        (t["target"], t["status"], t["actual"]) for t in doc["targets"]],
        [("accidents", "missed", 50)])
    f.ok("no clock is told where none is fixed", "clock" not in doc, doc)
    mails = flow.wait_until(f.server.mails, 15)
    f.same("one mail arrives", len(mails), 1)
    f.same("at whom it concerns", [m["to"] for m in mails],
           ["seikatsu@city.ueda.example"])
    f.says("and says what happened", mails[0]["subject"] + mails[0]["text"],
           "未達成", "交通事故の件数", "50", "10件以下")
    f.ok("the mail is logged", f.daemon.wait_line("mail.*1 sent", 10, mark),
         f.daemon.text())


def good_reload(f):
    """A good configuration"""
    (f.www / "second.csv").write_text("基準時点,件数\n", encoding="utf-8")
    doc = feed("second", f.url("second.csv"))
    doc["contract"]["values"][0]["indicator"] = "injuries"
    write(f.feeds_dir / "second.json", doc)
    write(f.dir / "indicators.json", {"indicators": [INDICATOR, {
        **INDICATOR, "indicator": "injuries", "name_ja": "負傷者数"}]})
    write(f.www / "second.csv", f"基準時点,件数\n{DAY},7\n")
    mark = f.daemon.mark()
    f.daemon.signal(signal.SIGHUP)
    f.ok("SIGHUP with a good configuration: it is read again",
         f.daemon.wait_line("read again", 10, mark), f.daemon.text())
    f.ok("its new feed is collected at once",
         f.daemon.wait_line("feed second.*inserted 1", 20, mark),
         f.daemon.text())
    f.same("and its value is there", f.value(
        VALUE + " where indicator = 'injuries'"), "7")


def termination(f):
    """SIGTERM"""
    f.same("the database was away once, and is told to be back once",
           len(re.findall("database: it is back", f.daemon.text())), 1)
    f.daemon.signal(signal.SIGTERM)
    f.same("SIGTERM: it ends with code 0 within seconds", f.daemon.wait(15),
           0)
    f.ok("and leaves no process", f.quiet(5), f.processes())
    f.same("a mail was sent once in all", len(f.server.paths()), 1)
    spool = [p for p in (f.dir / "state" / "spool").rglob("*") if p.is_file()]
    f.same("nothing is left on the spool", [
        str(p) for p in spool if p.stat().st_size > 0
        and "lock" not in p.name], [])


def after(f):
    """The next start"""
    daemon = f.start("run")
    f.ok("the next one starts where it ended",
         daemon.wait_line("daemon: running|running, 2 feeds", 20),
         daemon.text())
    daemon.signal(signal.SIGINT)
    f.same("SIGINT ends it, too", daemon.wait(15), 0)
    f.same("no second mail", len(f.server.paths()), 1)


if __name__ == "__main__":
    flow.main(place, first, idle, bad_reload, worker_killed,
              database_killed, revision, good_reload, termination, after)
