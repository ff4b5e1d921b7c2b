#!/usr/bin/python3
"""Collecting: what is new, revised or the same, and that nothing else is
written, mailed or lost."""
import csv
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent
                       / "support"))
import flow  # noqa: E402

KEYS = ["feed", "outcome", "delivery", "read", "inserted", "revised",
        "unchanged", "rejected", "withdrawn", "findings", "error",
        "not_published"]
HELMETS = "自転車用ヘルメットの購入費補助,令和6年9月末,"
HELMETS_SQL = """select trim_scale(value) from kpi.observation
 where indicator = 'helmet_subsidies' and org = '202037'"""


def figures(f):
    """How many cells each feed's file has, counted here."""
    def rows(path, encoding):
        with open(path, encoding=encoding, newline="") as file:
            return len(list(csv.DictReader(file)))
    records = json.loads((f.www / "furusato-ueda.json").read_text())
    return {
        "furusato": 2 * len(records["records"]),
        "mynumber-municipal":
            3 * rows(f.www / "mynumber-nagano.csv", "utf-8-sig"),
        "ueda-midterm": rows(f.files / "ueda-midterm.csv", "cp932"),
        "ueda-ratios": rows(f.files / "ueda-ratios.csv", "utf-8-sig"),
        "ueda-yearly": 3 * rows(f.files / "ueda-yearly.csv", "utf-8-sig"),
    }


def sums(result):
    """Whether inserted, revised, unchanged and rejected sum to read."""
    return result["read"] == sum(result[k] for k in (
        "inserted", "revised", "unchanged", "rejected"))


def deliveries(f):
    """Number of deliveries."""
    return int(f.value("select count(*) from kpi.delivery"))


def first(f):
    """The first collection"""
    f.demo()
    run = f.kpid("collect", "--all", "--format", "json")
    f.same("the first collection ends with code 0", run.code, 0)
    got = run.feeds()
    f.ok("every result has exactly the keys that are promised",
         all(list(r) == KEYS for r in got.values()), run)
    f.same("every feed is loaded", {k: r["outcome"] for k, r in got.items()},
           dict.fromkeys(figures(f), "loaded"))
    f.same("all figures of the files are inserted",
           {k: r["inserted"] for k, r in got.items()}, figures(f))
    f.ok("the counts sum to what was read", all(map(sums, got.values())), run)
    f.ok("no rejects, no findings, no errors", all(
        (r["rejected"], r["findings"], r["error"]) == (0, 0, None)
        for r in got.values()), run)
    f.says("the fixed clock is told", run.err, "fixes the clock at 2024-10-15")
    seen = f.rows("select feed, read, inserted, length(sha256) from"
                  " kpi.delivery order by feed")
    f.same("analysts see the deliveries with their counts", seen,
           [[k, str(n), str(n), "64"] for k, n in sorted(figures(f).items())])
    f.same("上田市 2022-11-30: 73,750 cards and 47.7 %", f.rows(
        "select indicator, value from kpi.observation where org = '202037'"
        " and indicator in ('mynumber_cards_issued', 'mynumber_issue_rate')"
        " and period_end = '2022-11-30' order by indicator"),
        [["mynumber_cards_issued", "73750"], ["mynumber_issue_rate", "47.7"]])


def second(f):
    """The second collection"""
    count, mails = deliveries(f), f.mails()
    run = f.kpid("collect", "--all", "--format", "json")
    f.same("the second collection: unchanged everywhere",
           {k: (r["outcome"], r["delivery"]) for k, r in run.feeds().items()},
           dict.fromkeys(figures(f), ("unchanged", None)))
    f.same("it ends with code 0", run.code, 0)
    f.same("it makes no delivery", deliveries(f), count)
    f.same("it mails nothing", f.mails(), mails)
    again = [line for line in f.web.requests() if line.endswith(" 304")]
    f.same("the web server is asked whether anything changed", len(again), 2)
    text = f.kpid("collect", "--all").out
    f.same("people read a line of each feed", [
        line.split() for line in text.splitlines()],
        [[k, "unchanged"] for k in sorted(figures(f))])


def other_bytes(f):
    """The same figures in other bytes"""
    path = f.files / "ueda-yearly.csv"
    data = path.read_bytes()
    lf = b"\r\n" not in data
    path.write_bytes(data.replace(b"\n", b"\r\n") if lf
                     else data.replace(b"\r\n", b"\n"))
    got = f.kpid("collect", "ueda-yearly", "--format", "json").feeds()
    result = got["ueda-yearly"]
    f.ok("other line ends: a new delivery, every figure unchanged",
         result["delivery"] is not None and result["outcome"] == "loaded"
         and result["unchanged"] == result["read"] == 12, result)
    f.same("and no second statement of a figure", f.value(
        "select count(*) from kpi.observation_vintage"
        " where indicator = 'marriages'"), "4")


def dry_run(f):
    """A dry run"""
    path = f.files / "ueda-midterm.csv"
    before, mails, count = path.read_bytes(), f.mails(), deliveries(f)
    f.edit(path, HELMETS + "45", HELMETS + "60", "cp932")
    run = f.kpid("collect", "ueda-midterm", "--dry-run", "--format", "json")
    result = run.feeds()["ueda-midterm"]
    f.ok("a dry run tells what would come", (result["revised"],
         result["unchanged"]) == (1, 66), run)
    f.same("and writes no value", f.value(HELMETS_SQL), "45")
    f.same("nor a delivery", deliveries(f), count)
    f.same("nor a mail", f.mails(), mails)
    path.write_bytes(before)
    result = f.kpid("collect", "ueda-midterm", "--format", "json").feeds()
    f.same("nor remembers what it saw", result["ueda-midterm"]["outcome"],
           "unchanged")


def revised(f):
    """One figure is corrected"""
    f.edit(f.files / "ueda-midterm.csv", HELMETS + "45", HELMETS + "46",
           "cp932")
    run = f.kpid("collect", "ueda-midterm", "--format", "json")
    result = run.feeds()["ueda-midterm"]
    f.ok("one corrected figure: revised 1, the others unchanged",
         (result["revised"], result["unchanged"], result["inserted"])
         == (1, 66, 0) and sums(result), run)
    f.same("the latest value is the corrected one", f.value(HELMETS_SQL),
           "46")
    history = f.rows("select trim_scale(value), until_event is null"
                     " from kpi.observation_vintage where indicator ="
                     " 'helmet_subsidies' order by event")
    f.same("the earlier one stays in the history", history,
           [["45", "f"], ["46", "t"]])
    f.same("a revision says its size", f.rows(
        "select trim_scale(previous_value), change from kpi.revision"
        " where indicator = 'helmet_subsidies'"), [["45", "1"]])
    f.same("what was known before it is still answered", f.value(
        "select trim_scale(o.value) from kpi.event e, kpi.as_of(e.known_at) o"
        " where e.event = (select min(event) from kpi.observation_vintage"
        " where indicator = 'helmet_subsidies')"
        " and o.indicator = 'helmet_subsidies'"), "45")


def imported(f):
    """A file by hand"""
    mails = f.mails()
    path = f.dir / "old.csv"
    path.write_text("年度,移住件数,移住人数,婚姻数\n平成30年度,30,60,800\n"
                    "令和元年度,1,2,3\n", encoding="utf-8")
    run = f.kpid("import", "ueda-yearly", str(path), "--published-at",
                 "2020-05-01T09:00:00+09:00", "--format", "json")
    result = run.feeds()["ueda-yearly"]
    f.ok("an import ends with code 0 and counts", run.code == 0
         and result["outcome"] == "loaded" and result["read"] == 6
         and sums(result), run)
    f.same("its time of publishing is kept", f.value(
        "select published_at at time zone 'Asia/Tokyo' from kpi.delivery"
        f" where delivery = {result['delivery']}"), "2020-05-01 09:00:00")
    f.same("an older file fills what was unknown and replaces nothing newer",
           f.rows("select period, value from kpi.observation"
                  " where indicator = 'marriages' order by period limit 2"),
           [["FY2018", "800"], ["FY2019", "745"]])
    f.same("the older statement is in the publishing history", f.value(
        "select value from kpi.first_release where indicator = 'marriages'"
        " and period = 'FY2019'"), "3")
    f.same("an import mails nobody", f.mails(), mails)
    run = f.kpid("import", "ueda-yearly", str(f.dir / "none.csv"))
    f.ok("a file that is not there: code 1, by name", run.code == 1
         and "none.csv" in run.err, run)
    run = f.kpid("import", "ueda-yearly", str(path), "--published-at",
                 "yesterday")
    f.ok("a time that is none: code 2, and how to write it", run.code == 2
         and "HINT: write it as 2024-" in run.err, run)


def unknown(f):
    """Names that are not there"""
    for args in (("collect", "uedo-midterm"), ("import", "nofeed", "x")):
        run = f.kpid(*args)
        f.ok(f"{' '.join(args)}: code 2, the name said", run.code == 2
             and args[1] in run.err, run)
    run = f.kpid("collect")
    f.ok("collect without a name: code 2", run.code == 2, run)


def analyst(f):
    """What an analyst may"""
    f.same("psql is the analyst, in schema kpi", f.rows(
        "select current_user, count(*) > 500 from observation group by 1"),
        [["kpi_analyst", "t"]])
    for what, sql in (
            ("read the store", "select * from kpid.observation limit 1"),
            ("write a value", "insert into kpi.delivery (feed) values ('x')"),
            ("delete from it", "delete from kpid.delivery"),
            ("load", "select kpid.lock_store()"),
            ("judge", "select kpid.evaluate()"),
            ("make a table", "create table kpi.x (a int)"),
            ("make a temporary one", "create temporary table x (a int)"),
            ("become the owner", "set role kpid_owner")):
        run = f.kpid("psql", "--", "-Xqc", sql)
        f.ok(f"an analyst cannot {what}", run.code != 0
             and "ERROR" in run.err, run)
    run = f.kpid("psql", "--", "-XAtqc", "select 6 * 7")
    f.same("psql's exit code and output pass through", (run.code, run.out),
           (0, "42\n"))


def together(f):
    """Two collections at once"""
    f.kpid("collect", "--all")
    before = deliveries(f)
    both = [f.start("collect", "--all") for _ in range(2)]
    f.same("both end with code 0", [p.wait(60) for p in both], [0, 0])
    f.same("and nothing was loaded twice", deliveries(f), before)


def many(f):
    """So many feeds that what has come is loaded while others are fetched"""
    names = [f"town{n:02}" for n in range(80)]
    for n, name in enumerate(names):
        (f.files / f"{name}.csv").write_text(
            f"年月,値\n2024-08,{n}\n2024-09,{n + 1}\n", encoding="utf-8")
        f.feed(name, title=name, owner="a@example.jp", source="試験",
               licence="試験", url=f"file:{f.files}/{name}.csv", contract={
                   "format": "csv", "period": {"column": "年月"},
                   "organization": {"constant": "202037"},
                   "dimensions": {"town": {"constant": name}},
                   "values": [{"column": "値",
                               "indicator": "migration_cases"}]})
    (f.files / "town07.csv").write_bytes(b"\xef\xbb\xbf<html>\n</html>\n")
    (f.files / "town11.csv").unlink()
    run = f.kpid("collect", *names, "--format", "json")
    result = run.feeds()
    f.same("the two that are broken make it code 1", run.code, 1)
    f.same("they failed, and the others are loaded",
           [name for name in names if result[name]["outcome"] != "loaded"],
           ["town07", "town11"])
    f.ok("each is told why", all(result[name]["error"] for name in
                                 ("town07", "town11")), run)
    f.same("as an undisturbed one would be", f.rows(
        "select count(*), sum(value) from kpi.observation"
        " where dims ? 'town'"),
        [["156", str(sum(2 * n + 1 for n in range(80) if n not in (7, 11)))]])
    f.same("nothing waits on the spool",
           list((f.dir / "state" / "spool").iterdir()), [])
    again = f.kpid("collect", *names, "--format", "json").feeds()
    f.same("then they are unchanged",
           {again[name]["outcome"] for name in names
            if name not in ("town07", "town11")}, {"unchanged"})


if __name__ == "__main__":
    flow.main(first, second, other_bytes, dry_run, revised, imported,
              unknown, analyst, together, many)
