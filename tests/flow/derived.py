#!/usr/bin/python3
"""Computed indicators from a file to a status: they follow their inputs
through loads, corrections and retractions, and lead back to the cells."""
import csv
import io
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent
                       / "support"))
import flow  # noqa: E402

FEED = "jichikai"
SHARE = "jichikai_share"
TARGET = "share"
INDICATORS = [
    {"indicator": "jichikai_joined", "name_ja": "加入自治会",
     "unit": "自治会", "measure": "stock"},
    {"indicator": "jichikai_all", "name_ja": "全自治会", "unit": "自治会",
     "measure": "stock"}]
DERIVED = {"indicator": SHARE, "name_ja": "加入自治会の割合", "unit": "%",
           "measure": "ratio", "decimals": 1,
           "derived": {"ratio": ["jichikai_joined", "jichikai_all"]}}


def indicators(f, *more):
    """The feed with the indicators it brings along."""
    f.feed(FEED, title="自治会", owner="jichikai@city.ueda.example",
           url="file:../files/jichikai.csv", contract={
               "format": "csv", "period": {"column": "月", "as": "month"},
               "values": [
                   {"column": "加入", "indicator": "jichikai_joined"},
                   {"column": "全部", "indicator": "jichikai_all"}]},
           indicators=INDICATORS + list(more))


def give(f, *rows):
    """Loads months: (month, joined, all); the feed's result."""
    text = "月,加入,全部\n" + "".join(f"{m},{a},{b}\n" for m, a, b in rows)
    (f.files / "jichikai.csv").write_text(text, encoding="utf-8")
    run = f.kpid("collect", FEED, "--format", "json")
    return run.feeds()[FEED]


def shares(f):
    """Month and share, as they are now."""
    return dict(f.rows("select period, coalesce(value::text, missing) from"
                       f" kpi.observation where indicator = '{SHARE}'"))


def plan(f):
    """One target on the share."""
    with open(flow.TOP / "config/goals/ueda-r6-targets.csv",
              encoding="utf-8-sig", newline="") as file:
        names = csv.DictReader(file).fieldnames
    row = dict.fromkeys(names, "")
    row.update({"目標ID": TARGET, "年度": "令和6年度", "団体コード": "202037",
                "目標": "1", "項目": "1-1", "名称": "加入自治会の割合",
                "指標": SHARE, "条件": "at_least", "目標値": "60", "単位": "%",
                "集計": "latest", "基準値": "40", "基準日": "2024-03-31",
                "期限": "2025-03-31", "経路": "linear", "判定": "default",
                "担当部局": "地域", "宛先": "chiiki@city.ueda.example"})
    out = io.StringIO()
    writer = csv.DictWriter(out, names, lineterminator="\n")
    writer.writeheader()
    writer.writerow(row)
    (f.dir / "targets.csv").write_text(out.getvalue(), encoding="utf-8")
    f.configure(plans=[{"targets": "targets.csv"}])


def status(f):
    """The target's status."""
    run = f.kpid("status", "--format", "json", "--as-of", "2024-09-30")
    return json.loads(run.out)["targets"][0]


def first(f):
    """Declared and loaded"""
    f.demo()
    for path in f.feeds_dir.glob("*.json"):
        path.unlink()
    plan(f)
    indicators(f, DERIVED)
    f.same("check has nothing to say", f.kpid("check").code, 0)
    result = give(f, ("2024-07", 44, 100), ("2024-08", 44, 100),
                  ("2024-09", 43, 101))
    f.same("what was read is counted, what is computed is not",
           (result["read"], result["inserted"]), (6, 6))
    f.same("the shares are there", shares(f),
           {"2024-07": "44.0", "2024-08": "44.0", "2024-09": "42.6"})
    f.same("analysts see that they are computed", f.rows(
        "select distinct derived, line is null, delivery from kpi.observation"
        f" where indicator = '{SHARE}'"), [["t", "t", "1"]])
    f.same("so says the catalogue", f.rows(
        "select derived, formula, feed from kpi.catalog"
        f" where indicator = '{SHARE}'"),
        [["t", "100 x jichikai_joined / jichikai_all", ""]])


def judged(f):
    """A target on it"""
    got = status(f)
    f.same("it is judged by the computed value",
           (got["actual"], got["actual_period"], got["status"]),
           (42.6, "2024-09", "off_track"))
    f.ok("its owner is told", any("chiiki@city.ueda.example" in m["to"]
                                  for m in f.mails().values()), f.mails())
    run = f.kpid("explain", TARGET, "--as-of", "2024-09-30",
                 "--format", "json")
    doc = json.loads(run.out)
    f.same("explain leads to the inputs' cells", [
        (i["indicator"], i["line"], i["col"], i["raw"], i["value"])
        for i in doc["inputs"]], [("jichikai_all", 4, 3, "101", 101),
                                  ("jichikai_joined", 4, 2, "43", 43)])
    f.ok("and names the formula", f"{SHARE} = 100 x jichikai_joined"
         " / jichikai_all" in doc["formula"], doc["formula"])
    text = f.kpid("explain", TARGET, "--as-of", "2024-09-30").out
    f.says("in words, too", text, "jichikai_joined 2024-09 = 43.*4行目")


def explained(f):
    """A computed value, back to the cells"""
    run = f.kpid("explain", SHARE, "2024-09", "--format", "json")
    doc = json.loads(run.out)
    f.same("its formula, and no cell of its own", (
        doc["value"], doc["formula"], doc["cell"]),
        (42.6, "100 x jichikai_joined / jichikai_all", None))
    f.same("the cells that it rests on", [
        (i["indicator"], i["period"], i["value"], i["delivery"],
         i["cell"]["line"], i["cell"]["column"], i["cell"]["raw"])
        for i in doc["inputs"]],
        [("jichikai_all", "2024-09", 101, 1, 4, 3, "101"),
         ("jichikai_joined", "2024-09", 43, 1, 4, 2, "43")])
    f.same("each with its file", {(i["feed"], len(i["sha256"]))
                                  for i in doc["inputs"]}, {(FEED, 64)})
    f.says("in words, too", f.kpid("explain", SHARE, "2024-09").out,
           "値　　42.6%", "算式　100 x jichikai_joined / jichikai_all",
           "もとの値　加入自治会（jichikai_joined）　令和6年9月　43自治会　"
           "jichikai 受領番号 1　4行目・2列目　「43」",
           "履歴　.*42.6")


def corrected(f):
    """A corrected input"""
    before = f.value("select max(event) from kpi.event")
    f.configure(clock="2024-10-16T09:00:00+09:00")
    give(f, ("2024-09", 52, 101))
    f.same("the share is revised", shares(f)["2024-09"], "51.5")
    f.same("with its input, in one event", f.rows(
        "select count(distinct event), count(*) from kpi.observation"
        f" where event > {before}"), [["1", "2"]])
    doc = json.loads(f.kpid("explain", SHARE, "2024-09", "--known-at",
                            "2024-10-15T12:00:00+09:00", "--format",
                            "json").out)
    f.same("as known before, explain leads to the cells before", (
        doc["value"], [i["cell"]["raw"] for i in doc["inputs"]]),
        (42.6, ["101", "43"]))
    f.same("the target follows", status(f)["status"], "on_track")
    f.same("its history stays", f.rows(
        "select previous_value, value from kpi.revision"
        f" where indicator = '{SHARE}'"), [["42.6", "51.5"]])
    delivery = f.value("select max(delivery) from kpi.delivery")
    run = f.kpid("retract", delivery, "--why", "誤り")
    f.same("the correction is retracted", run.code, 0)
    f.same("the share returns", shares(f)["2024-09"], "42.6")
    f.same("nothing of it is published any more", f.rows(
        f"select from kpi.revision where indicator = '{SHARE}'"), [])


def redefined(f):
    """A definition that changes and goes"""
    before = f.value("select max(event) from kpi.event")
    indicators(f, {**DERIVED, "decimals": 0})
    f.kpid("collect", FEED)
    f.same("other decimals are another definition",
           shares(f)["2024-09"], "43")
    f.same("an event of its own", f.rows(
        f"select kind, why from kpi.event where event > {before}"
        " order by event limit 1"), [["derive", SHARE]])
    indicators(f)
    f.configure(plans=None)
    f.kpid("collect", FEED)
    f.same("dropped: no values", shares(f), {})
    f.same("what was served before stays", f.rows(
        "select value from kpi.as_of((select known_at from kpi.event"
        f" where event = {before})) where indicator = '{SHARE}'"
        " and period = '2024-09'"), [["42.6"]])
    events = f.value("select max(event) from kpi.event")
    f.kpid("collect", FEED)
    f.same("and nothing happens again",
           f.value("select max(event) from kpi.event"), events)


if __name__ == "__main__":
    flow.main(first, judged, explained, corrected, redefined)
