#!/usr/bin/python3
"""URLs with words for periods and organizations: what one collection asks
for, the past, what the server does not have, and a second run."""
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent
                       / "support"))
import flow  # noqa: E402

INDICATOR = {"indicator": "loans", "name_ja": "貸出点数", "unit": "点",
             "measure": "flow", "decimals": 0}
ORGS = ["202037", "202011"]
FEED = {"title": "貸出点数", "owner": "a@example.jp",
        "contract": {"format": "csv",
                     "period": {"column": "年月", "as": "month"},
                     "organization": {"column": "団体コード"},
                     "values": [{"column": "貸出点数",
                                 "indicator": "loans"}]}}
VALUES = ("select org, period, trim_scale(value) from kpi.observation"
          " order by org, period")


def table(f, org, month, number):
    """One body: a month of an organization."""
    year, part = month.split("-")
    path = f.www / org / f"loans{year}{part}.csv"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"年月,団体コード,貸出点数\n{month},{org},{number}\n",
                    encoding="utf-8")


def place(f):
    """A city hall with one feed of many addresses"""
    f.demo(indicators="indicators.json", plans=None)
    for path in f.feeds_dir.glob("*.json"):
        path.unlink()
    (f.dir / "indicators.json").write_text(
        json.dumps({"indicators": [INDICATOR]}), encoding="utf-8")
    f.feed("loans", **FEED, url=f.url("{org}/loans{yyyy}{mm}.csv"),
           template={"organizations": ORGS})
    for number, month in enumerate(("2024-06", "2024-07", "2024-08",
                                    "2024-09", "2024-10")):
        table(f, ORGS[0], month, 100 + number)
        if month != "2024-07":
            table(f, ORGS[1], month, 200 + number)
    run = f.kpid("check")
    f.ok("its configuration has no problems", run.code == 0, run)


def usual(f):
    """The usual run"""
    run = f.kpid("collect", "loans", "--format", "json")
    feeds = run.json()["feeds"]
    f.same("one body for each organization", [
        (r["feed"], r["outcome"], r["inserted"]) for r in feeds],
        [("loans", "loaded", 1)] * 2)
    f.same("of the month that has ended (the clock says October)",
           f.rows(VALUES), [["202011", "2024-09", "203"],
                            ["202037", "2024-09", "103"]])
    run = f.kpid("collect", "loans", "--format", "json")
    f.same("again: each is unchanged by itself", [
        r["outcome"] for r in run.json()["feeds"]], ["unchanged"] * 2)
    table(f, ORGS[0], "2024-09", 110)
    run = f.kpid("collect", "loans", "--format", "json")
    f.same("one of them changes", [
        (r["outcome"], r["revised"]) for r in run.json()["feeds"]],
        [("loaded", 1), ("unchanged", 0)])


def not_yet(f):
    """A month that is not there yet"""
    there = f.www / ORGS[1] / "loans202409.csv"
    body = there.read_bytes()
    there.unlink()
    run = f.kpid("collect", "loans", "--format", "json")
    feeds = run.json()["feeds"]
    f.same("fails nothing", (run.code, [r["outcome"] for r in feeds],
                             [r["error"] for r in feeds]),
           (0, ["unchanged"] * 2, [None] * 2))
    f.same("and is told", [r["not_published"] is not None for r in feeds],
           [False, True])
    f.same("nor does it to the database", f.value(
        "select count(error) from kpi.calendar"), "0")
    run = f.kpid("collect", "loans")
    f.says("in words", run.out, "loans +unchanged +not published yet: could "
           "not fetch .*202011/loans202409.csv': HTTP status 404")
    there.write_bytes(body)


def past(f):
    """The past"""
    words = ("backfill", "loans", "--from", "2024-06", "--format", "json")
    run = f.kpid(*words)
    bodies = run.json()["bodies"]
    f.same("every period to the last that has ended, oldest first", [
        (b["period"], b["org"]) for b in bodies],
        [(f"2024-{m:02}", o) for m in range(6, 10) for o in ORGS])
    f.same("what is there, what never was, what is known", [
        b["outcome"] for b in bodies], [
        "loaded", "loaded", "loaded", "missing", "loaded", "loaded",
        "unchanged", "unchanged"])
    f.ok("a missing one fails nothing", run.code == 0, run)
    f.says("and is told with its address", str(bodies[3]),
           "202011/loans202407.csv", "404")
    f.same("eight values less one, October not yet", len(f.rows(VALUES)), 7)
    f.same("deliveries in the order of their periods", f.rows(
        "select regexp_replace(url, '.*/', '') from kpi.delivery"
        " where delivery > 3 order by delivery"),
        [[f"loans2024{m}.csv"] for m in ("06", "06", "07", "08", "08")])
    f.same("nobody is mailed", f.mails(), {})
    run = f.kpid(*words)
    f.same("a second run finds what is there unchanged", [
        b["outcome"] for b in run.json()["bodies"]], [
        "unchanged", "unchanged", "unchanged", "missing", "unchanged",
        "unchanged", "unchanged", "unchanged"])
    table(f, ORGS[1], "2024-07", 201)
    table(f, ORGS[1], "2024-06", 222)
    run = f.kpid("backfill", "loans", "--from", "2024-06", "--to", "2024-07",
                 "--org", "202011")
    f.says("one organization, in words", run.out,
           "2024-06 +202011 +loaded +read 1: 0 inserted, 1 revised",
           "2024-07 +202011 +loaded +read 1: 1 inserted")
    f.ok("two lines", len(run.out.splitlines()) == 2, run)


def refused(f):
    """What cannot be asked for"""
    for args, code, *patterns in (
            (("--from", "2023-01", "--to", "2023-02"), 1, "missing"),
            (("--from", "2024-13"), 2, "is no period"),
            (("--from", "2024-06", "--to", "2024-05"), 2, "before --from"),
            ((), 2, "--from 2020-04"),
            (("--from", "2024-06", "--org", "202038"), 2, "202038")):
        run = f.kpid("backfill", "loans", *args)
        f.same(f"{' '.join(args)}: code {code}", run.code, code)
        f.says(".. in words", run.out + run.err, *patterns)
    f.feed("plain", **FEED, url=f.url("x.csv"))
    run = f.kpid("backfill", "plain", "--from", "2024-06")
    f.same("a feed without words: code 2", run.code, 2)
    f.says(".. in words", run.err, "names no period")
    f.feed("plain", url=f.url("{yyy}.csv"))
    run = f.kpid("check")
    f.says("check knows the words", run.out + run.err,
           "needs '{yyy}', which 'secrets' does not have. HINT: {yyyy} is a")
    f.feed("plain", url=f.url("{yyyy}.csv"), contract={"absent": "withdraw"})
    run = f.kpid("check")
    f.says("what a part leaves out is not gone", run.out + run.err,
           "'absent': 'withdraw' would take back")
    (f.feeds_dir / "plain.json").unlink()


def of_years(f):
    """A file for each fiscal year, in the words of an era"""
    f.feed("loans", url=f"file:../files/{{R}}{{ee}}.csv",
           template={"frequency": "FY", "lag": 0})
    for name, year in (("H30", 2018), ("R01", 2019), ("R06", 2024)):
        (f.files / f"{name}.csv").write_text(
            f"年月,団体コード,貸出点数\n{year}-05,202037,{year}\n",
            encoding="utf-8")
    run = f.kpid("backfill", "loans", "--from", "平成30年度", "--format",
                 "json")
    f.same("平成30年度, 令和元年度 .. 令和6年度", [
        (b["period"], b["outcome"]) for b in run.json()["bodies"]], [
        ("FY2018", "loaded"), ("FY2019", "loaded"), ("FY2020", "missing"),
        ("FY2021", "missing"), ("FY2022", "missing"), ("FY2023", "missing"),
        ("FY2024", "loaded")])
    run = f.kpid("preview", "loans")
    f.says("preview takes the one of today", run.out, "2024-05")


if __name__ == "__main__":
    flow.main(place, usual, not_yet, past, refused, of_years)
