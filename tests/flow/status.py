#!/usr/bin/python3
"""The midterm report judged: every target's verdict, and each explained back
to the cell it came from."""
import csv
import hashlib
import pathlib
import re
import sys
from decimal import Decimal

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent
                       / "support"))
import flow  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
DAY = ("--as-of", "2024-09-30")
KEYS = """target goal item name indicator org fiscal_year comparator
 target_value unit aggregate baseline due actual actual_period path expected
 expected_whole progress pace_index pace_index_whole gap days_behind
 required_rate status status_ja reason anticipated modifiers forecast preset
 vintage""".split()
WORDS = {"achieved": "達成", "met": "目標水準", "on_track": "順調",
         "watch": "要注意", "off_track": "遅れ", "missed": "未達成",
         "not_judgeable": "判定不能", "not_applicable": "判定対象外"}
COMPUTED = ("expected", "progress", "pace_index", "pace_index_whole", "gap",
            "required_rate")
# What the city's own sheets say, apart from the table of expectations.
KNOWN = {
    "ueda-r6-5-1-card-rate": ("on_track", "72.7", "73.0"),
    "ueda-r6-5-2-convenience": ("watch", "31.2", "33.0"),
    "ueda-r6-5-3-moving-online": ("met", "10.3", "10.0"),
    "ueda-r6-7-2-4-helmet-subsidy": ("off_track", "45", "500"),
    "ueda-r6-7-2-3-classes": ("achieved", "79", "50"),
    "ueda-r6-7-1-1-fraud-council": ("not_judgeable", "0", "2"),
    "ueda-r6-3-1-6-movers": ("not_judgeable", None, None),
    "ueda-r6-3-3-2-3-marriages": ("not_judgeable", None, None),
}
# target: file, label in it, figure; one figure is full-width.
CELLS = {
    "ueda-r6-7-2-4-helmet-subsidy": ("ueda-midterm.csv",
                                     "自転車用ヘルメットの購入費補助", "45"),
    "ueda-r6-7-2-2-reflectors": ("ueda-midterm.csv", "夜光反射材の配付",
                                 "４００"),
    "ueda-r6-4-3-2-panels": ("ueda-midterm.csv",
                             "原爆パネル展の開催か所", "１０"),
    "ueda-r6-5-1-card-rate": ("ueda-ratios.csv", "保有枚数率", "72.7"),
}


def judged(f, *args):
    """Status as of the midterm report, by target."""
    run = f.kpid("status", *args, "--format", "json")
    if run.code != 0:
        raise RuntimeError(run)
    doc = run.json()
    return doc, {t["target"]: t for t in doc["targets"]}


def collected(f):
    """The figures are collected"""
    f.demo()
    run = f.kpid("collect", "--all")
    f.ok("everything is collected", run.code == 0, run)


def contract(f):
    """The document has the promised keys"""
    doc, targets = judged(f, *DAY)
    f.ok("as_of, known_at, event and targets stand at the top", all(
        k in doc for k in ("as_of", "known_at", "event", "targets")),
        list(doc))
    f.same("as_of is the day asked for", doc["as_of"], "2024-09-30")
    f.ok("the fixed clock is told", "clock" in doc, list(doc))
    other = {t: sorted(set(KEYS) ^ set(v)) for t, v in targets.items()
             if list(v)[:len(KEYS)] != KEYS}
    f.ok("every target has the keys, in order", not other, other)
    f.same("every row of the catalogue is judged", len(targets),
           len(list(csv.DictReader(open(
               flow.TOP / "config/goals/ueda-r6-targets.csv",
               encoding="utf-8-sig")))))
    table = f.kpid("status", *DAY).out
    chances = [t for t in targets.values() if t["forecast"] is not None
               and t["forecast"]["probability"] is not None]
    f.same("the table tells a chance of these alone", len(
        [line for line in table.splitlines()
         if re.search(r" [0-9]+%  ", line)]), len(chances))
    f.ok("statuses have their Japanese words", all(
        WORDS.get(t["status"]) == t["status_ja"] for t in targets.values()))
    f.ok("every verdict has its reason, in Japanese", all(
        t["reason"] and not t["reason"].isascii()
        for t in targets.values()))
    f.ok("every verdict cites the event it is of", all(
        t["vintage"] == doc["event"] for t in targets.values()))
    f.ok("organizations have six digits", all(
        t["org"] == "202037" for t in targets.values()))
    numbers = [(t["target"], k, t[k]) for t in targets.values()
               for k in COMPUTED if t[k] is not None]
    f.ok("computed numbers are JSON numbers of 4 decimals", all(
        isinstance(v, Decimal) and v.as_tuple().exponent == -4
        for t, k, v in numbers if k != "gap" or v != 0), [
            n for n in numbers if not isinstance(n[2], Decimal)][:9])
    card = targets["ueda-r6-5-1-card-rate"]
    f.same("stated numbers keep their own decimals",
           [str(card[k]) for k in ("target_value", "baseline", "actual")],
           ["73.0", "70.3", "72.7"])


# The figures of docs/targets.md that are figures of the sheets.
DOCUMENTED = {
    "ヘルメット補助 500件": "ueda-r6-7-2-4-helmet-subsidy",
    "カード保有枚数率 73.0 % from 70.3": "ueda-r6-5-1-card-rate",
    "コンビニ交付 33.0 % from 約30": "ueda-r6-5-2-convenience",
    "移住相談会 30回, plan": "ueda-r6-3-1-3-consultations",
    "移住イベント 6回, plan": "ueda-r6-3-1-2-events",
}


def documented(f):
    """docs/targets.md says what kpid says"""
    _, targets = judged(f, *DAY)
    rows = [[c.strip() for c in line.strip("|\n").split("|")]
            for line in open(flow.TOP / "docs/targets.md", encoding="utf-8")
            if line.startswith("| ")]
    seen = {r[0]: r[1:] for r in rows if r[0] in DOCUMENTED and len(r) == 5}
    f.same("the examples stand in docs/targets.md", sorted(seen),
           sorted(DOCUMENTED))
    for name, (actual, expected, index, status) in seen.items():
        t = targets[DOCUMENTED[name]]
        exact, _, whole = expected.partition(" (")
        pace = t["pace_index_whole"] or t["pace_index"]
        f.same(f"{name} is as documented", [
            Decimal(actual), Decimal(exact),
            Decimal(whole.rstrip(")") or 0), status.split(" ")[0],
            Decimal(index.split("= ")[-1])], [
            t["actual"], t["expected"],
            t["expected_whole"] if whole else 0, t["status_ja"], pace])


def number(text, got):
    """Whether a number is the expected text, or both are none."""
    return got is None if text == "" else (
        got is not None and Decimal(text) == got)


def differences(want, got):
    """What of one row of the table is not so."""
    found = []
    if got["status"] != want["status"]:
        found.append(f"status {got['status']}, not {want['status']}")
    for key in ("pace_index", "pace_index_whole", "expected",
                "expected_whole"):
        if not number(want[key], got[key]):
            found.append(f"{key} {got[key]}, not {want[key] or None}")
    if sorted(got["modifiers"]) != sorted(want["modifiers"].split()):
        found.append(f"modifiers {got['modifiers']}, not"
                     f" {want['modifiers']!r}")
    return found


def verdicts(f):
    """The verdict of every target"""
    _, targets = judged(f, *DAY)
    with open(HERE / "expected-status.tsv", encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    f.same("the table of expectations has every target",
           sorted(r["target"] for r in rows), sorted(targets))
    for row in rows:
        found = differences(row, targets.get(row["target"], {}))
        f.ok(f"{row['target']} is {row['status']}", not found,
             "\n".join(found) + f"\n{row['why']}")
    for target, (status, actual, value) in KNOWN.items():
        got = targets[target]
        text = [None if got[k] is None else str(got[k])
                for k in ("actual", "target_value")]
        f.same(f"{target}: {actual} of {value} is {status}",
               (got["status"], *text), (status, actual, value))


def people(f):
    """The table for people"""
    run = f.kpid("status", *DAY)
    f.same("status ends with code 0", run.code, 0)
    line = next((x for x in run.out.splitlines()
                 if "自転車用ヘルメット" in x), "")
    f.says("a line has figure, target, pace, word and reason", line,
           r"7-2-\(4\)", r"\b45 +500 +250 ", r"0\.18", "遅れ", "205件少")
    f.says("and a tally ends it", run.out.splitlines()[-1], "遅れ 3",
           "要注意 3")


def cell(path, label, figure):
    """(line, column) of the figure in the file, by Python's own reader."""
    encoding = "cp932" if "midterm" in path.name else "utf-8-sig"
    with open(path, encoding=encoding, newline="") as file:
        for row in (reader := csv.reader(file)):
            if label in row and figure in row:
                return reader.line_num, row.index(figure) + 1
    raise RuntimeError(f"{path} has no {label} {figure}")


def explained(f):
    """A verdict explained"""
    for target, (name, label, figure) in CELLS.items():
        path = f.files / name
        line, column = cell(path, label, figure)
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        doc = f.kpid("explain", target, *DAY, "--format", "json").json()
        found = [(i["feed"], i["sha256"], i["line"], i["col"], i["raw"])
                 for i in doc["inputs"] if i["raw"] == figure]
        f.same(f"{target} leads to {name} line {line} column {column}"
               f" {figure}", found,
               [(name[:-4], sha256, line, column, figure)])
        text = f.kpid("explain", target, *DAY).out
        f.says(f"{target}: people read the same", text, name[:-4],
               rf"{line} ?行", rf"{column} ?列", figure, sha256[:12])
    doc = f.kpid("explain", "ueda-r6-7-2-4-helmet-subsidy", *DAY, "--format",
                 "json").json()
    f.says("the formula is written with its numbers",
           " ".join(doc["formula"]), r"500 x 0\.5 = 250", r"0\.1800")
    f.says("the forecast names its method",
           f.kpid("explain", "ueda-r6-7-1-3-device-subsidy", *DAY).out,
           "見通し.*110件.*29%.*run_rate")
    _, targets = judged(f, *DAY)
    same = {k: v for k, v in doc["status"].items() if k in KEYS}
    f.same("and ends at the same status", same, {
        k: v for k, v in targets["ueda-r6-7-2-4-helmet-subsidy"].items()
        if k in KEYS})
    run = f.kpid("explain", "ueda-r6-nothing")
    f.ok("an unknown target: code 2, by name", run.code == 2
         and "ueda-r6-nothing" in run.err, run)


def grids(f):
    """Every CSV file of the demonstration by its SHA-256, read here."""
    found = {}
    for path in f.files.glob("*.csv"):
        encoding = "cp932" if "midterm" in path.name else "utf-8-sig"
        with open(path, encoding=encoding, newline="") as file:
            found[hashlib.sha256(path.read_bytes()).hexdigest()] = list(
                csv.reader(file))
    return found


def traced(f, target, judgement, files):
    """What is wrong with the way from a verdict back to its cells."""
    doc = f.kpid("explain", target, *DAY, "--format", "json").json()
    if judgement["actual"] is not None and not doc["inputs"]:
        return f"{target}: no inputs"
    for one in doc["inputs"]:
        there = files[one["sha256"]][one["line"] - 1][one["col"] - 1]
        if there != one["raw"]:
            return f"{target}: {one} where the file has {there!r}"
    if doc["status"]["status"] != judgement["status"]:
        return f"{target}: {doc['status']['status']}"
    return None


def everywhere(f):
    """Every target explained"""
    _, targets = judged(f, *DAY)
    files, holder = grids(f), f.hold()
    wrong = list(filter(None, (traced(f, t, j, files)
                               for t, j in targets.items()
                               if j["status"] != "not_applicable")))
    holder.stop()
    f.ok("every verdict leads back to the cells that files have", not wrong,
         "\n".join(wrong))
    seen = f.rows("select target, status from kpi.assess('2024-09-30')")
    f.same("analysts call the same judgement", dict(seen),
           {t: v["status"] for t, v in targets.items()})


def other_days(f):
    """As of other days, and as known at other times"""
    doc, targets = judged(f, "--as-of", "2024-06-30")
    f.same("in June nothing of the midterm report is known of the period",
           {t["status"] for t in targets.values()}
           & {"off_track", "watch"}, set())
    run = f.kpid("status", "--as-of", "2024-09-31")
    f.ok("a day that does not exist is refused", run.code == 2
         and "2024-09-31" in run.err, run)
    doc, targets = judged(f, *DAY, "--known-at", "2024-10-14T00:00:00+09:00")
    f.ok("as known the day before the collection: no value is known", all(
        t["actual"] is None for t in targets.values()), doc)
    now, before = judged(f, *DAY)
    f.edit(f.files / "ueda-midterm.csv",
           "自転車用ヘルメットの購入費補助,令和6年9月末,45,",
           "自転車用ヘルメットの購入費補助,令和6年9月末,245,", "cp932")
    at = f.value("select max(known_at) from kpi.event")
    f.kpid("collect", "ueda-midterm")
    _, after = judged(f, *DAY)
    name = "ueda-r6-7-2-4-helmet-subsidy"
    f.same("a corrected figure changes its verdict and no other", {
        t: v["status"] for t, v in after.items()
        if v["status"] != before[t]["status"]}, {name: "on_track"})
    then, known = judged(f, *DAY, "--known-at", at)
    f.same("what was known before it is answered as before",
           (then["event"], known[name]["status"], known[name]["actual"]),
           (now["event"], "off_track", 45))


def organizations(f):
    """One organization"""
    _, mine = judged(f, *DAY, "--org", "202037")
    _, everybody = judged(f, *DAY)
    f.same("--org of the city gives its targets", list(mine),
           list(everybody))
    _, nobody = judged(f, *DAY, "--org", "011002")
    f.same("--org of another gives none", nobody, {})
    run = f.kpid("status", "--org", "上田市")
    f.ok("an organization that is no code is refused", run.code == 2, run)


if __name__ == "__main__":
    flow.main(collected, contract, verdicts, people, explained, everywhere,
              documented, other_days, organizations)
