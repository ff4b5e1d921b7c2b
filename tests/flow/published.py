#!/usr/bin/python3
"""Files that say when they were published, found in any order: the latest is
the one published last, and the published history is the true one."""
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent
                       / "support"))
import flow  # noqa: E402

LATEST = "select trim_scale(value) from kpi.observation"


def table(f, day, value):
    """A file published on a day of October 2024."""
    path = f.files / f"p{day}.csv"
    path.write_text(f"人口（令和6年10月{day}日公表）\n年月,人口\n2024-09,{value}\n",
                    encoding="cp932")
    return str(path)


def place(f):
    """A feed with a rule for the date"""
    f.demo(plans=[], indicators="indicators.json")
    for path in f.feeds_dir.glob("*.json"):
        path.unlink()
    (f.dir / "indicators.json").write_text(json.dumps({"indicators": [{
        "indicator": "people", "name_ja": "人口", "name_en": "People",
        "unit": "人", "measure": "stock", "decimals": 0, "source": "試験"}]}))
    (f.feeds_dir / "people.json").write_text(json.dumps({
        "feed": "people", "title": "人口", "owner": "a@example.jp",
        "source": "試験", "licence": "試験", "url": f.url("people.csv"),
        "published": {"from": "text", "pattern": "（(.+?)公表）"},
        "contract": {"format": "csv", "header": {"row": 2},
                     "period": {"column": "年月"},
                     "organization": {"constant": "202037"},
                     "values": [{"column": "人口", "indicator": "people"}]}}))
    f.same("the configuration has no problems", f.kpid("check").code, 0)


def any_order(f):
    """Published 3, 1, 2: in the order of their finding"""
    for day, value in ((3, 13), (1, 11), (2, 12)):
        run = f.kpid("import", "people", table(f, day, value))
        f.same(f"the file of the {day}. is loaded", run.code, 0)
    f.same("the latest is what was published last", f.value(LATEST), "13")
    f.same("each day has what had been published by then", [
        f.value("select trim_scale(value) from kpi.as_published("
                f"'2024-10-{day:02} 23:59:59.999999+09')")
        for day in (1, 2, 3)], ["11", "12", "13"])
    f.same("a bare date counts to the end of its day", f.rows(
        "select * from kpi.as_published('2024-10-01 12:00+09')"), [])
    f.same("the first release is the first published", f.value(
        "select trim_scale(value) from kpi.first_release"), "11")
    f.same("the deliveries say so", f.rows(
        "select published_at::date from kpi.delivery order by delivery"),
        [["2024-10-03"], ["2024-10-01"], ["2024-10-02"]])


def by_hand(f):
    """Who imports a file knows better than the file"""
    run = f.kpid("import", "people", table(f, 4, 14), "--published-at",
                 "2024-10-02T09:00:00+09:00")
    f.same("it is loaded", run.code, 0)
    f.same("at the place that was said", (f.value(LATEST), f.value(
        "select trim_scale(value) from"
        " kpi.as_published('2024-10-02 12:00+09')")), ("13", "14"))


def not_said(f):
    """A file that does not say it"""
    path = f.files / "none.csv"
    path.write_text("人口\n年月,人口\n2024-09,15\n", encoding="utf-8")
    run = f.kpid("import", "people", str(path), "--format", "json")
    f.same("counts from its receipt", (run.code, f.value(LATEST)), (0, "15"))
    f.same("and has no date", f.value(
        "select count(*) from kpi.delivery where published_at is null"), "1")


if __name__ == "__main__":
    flow.main(place, any_order, by_hand, not_said)
