#!/usr/bin/python3
"""Deliveries that look wrong as a whole: held, told once, and decided about
by people, while the last good values keep serving."""
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent
                       / "support"))
import flow  # noqa: E402

FEED = "people"
OWNER = "shimin@city.ueda.example"
TOWNS = ["202011", "202029", "202037", "202045", "202053", "202061", "202070",
         "202088", "202096", "202100", "202118", "202126"]


def good(extra=0):
    """Twelve towns, two months."""
    lines = ["年月,団体コード,人口"]
    for month in ("令和6年8月", "令和6年9月"):
        lines += [f"{month},{town},{40000 + 100 * i + extra}"
                  for i, town in enumerate(TOWNS)]
    return "\n".join(lines) + "\n"


def give(f, text, *options):
    """The file says this now; what becomes of it."""
    (f.files / "people.csv").write_text(text, encoding="utf-8")
    run = f.kpid("collect", FEED, "--format", "json", *options)
    return run, run.feeds()[FEED]


def serves(f, extra=0):
    """Whether the good values are what analysts see."""
    seen = f.rows("select count(*), min(value), max(value) from"
                  " kpi.observation where indicator = 'people_gated'")
    return seen == [["24", str(40000 + extra), str(41100 + extra)]]


def held_mails(f):
    """The mails that tell of held deliveries."""
    return [m for m in f.mails().values() if "データ保留" in m["subject"]]


def first(f):
    """A first delivery"""
    f.demo()
    f.feed(FEED, title="人口（月次）", owner=OWNER, source="上田市",
           url="file:../files/people.csv", contract={
               "format": "csv", "period": {"column": "年月"},
               "organization": {"column": "団体コード"},
               "values": [{"column": "人口", "indicator": "people_gated"}]},
           indicators=[{"indicator": "people_gated", "name_ja": "人口",
                        "unit": "人", "measure": "stock"}])
    run, result = give(f, good())
    f.ok("a first delivery is loaded", result["outcome"] == "loaded"
         and run.code == 0, run)
    f.ok("it serves", serves(f))


def halved(f):
    """Half of the file"""
    lines = good(1).splitlines(keepends=True)
    text = "".join(lines[:7] + lines[13:18])
    run, result = give(f, text)
    f.ok("fewer than half of the rows: held, code 0",
         result["outcome"] == "held" and run.code == 0, run)
    f.says("the reason stands in the answer", result["error"],
           "held: 11 rows were read, delivery .* had 24",
           rf"kpid replay {result['delivery']} --commit",
           rf"kpid retract {result['delivery']}")
    f.ok("the last good values keep serving", serves(f))
    f.same("the finding is kept, in words", f.admin(
        "select kind, text from kpid.finding where delivery ="
        f" {result['delivery']}")[0][0], "rows_drop")
    mails = held_mails(f)
    f.same("one mail, to the feed's owner", [m["to"] for m in mails], [OWNER])
    mail = mails[0]
    f.same("its subject", mail["subject"],
           "【データ保留】人口（月次）：件数が大きく減っています")
    for part in ("text", "html"):
        text = re.sub("<[^>]*>", "", mail[part])
        f.says(f"the {part} says what, what serves and what to do", text,
               "保留しました", "11件", "24件", "使用中のデータ", "受領番号 ",
               f"kpid preview {FEED}",
               f"kpid replay {result['delivery']} --commit",
               f"kpid retract {result['delivery']}")
    run, again = give(f, (f.files / "people.csv").read_text(encoding="utf-8"))
    f.same("collected again: still held, the same delivery",
           (again["outcome"], again["delivery"]),
           ("held", result["delivery"]))
    f.same("and no second mail", len(held_mails(f)), 1)
    run, _ = give(f, (f.files / "people.csv").read_text(encoding="utf-8"),
                  "--strict")
    f.same("--strict makes it code 1", run.code, 1)


def gates(f):
    """Other things that look wrong"""
    zero = re.sub(r",\d+\n", ",0\n", good())
    for what, text, kind, word in (
            ("all zero", zero, "all_zero", "すべて0"),
            ("a thousand times", good().replace("00\n", "00000\n"),
             "unit_slip", "単位が変わった可能性"),
            ("a month to come", good().replace("令和6年8月", "令和7年8月"),
             "future_period", "まだ始まっていない期間")):
        before = len(held_mails(f))
        run, result = give(f, text)
        f.ok(f"{what}: held", result["outcome"] == "held", run)
        f.same(f"{what}: by its gate", [r[0] for r in f.admin(
            "select distinct kind from kpid.finding where delivery ="
            f" {result['delivery']}")], [kind])
        f.ok(f"{what}: the last good values keep serving", serves(f))
        mails = held_mails(f)
        f.same(f"{what}: a mail of its own", len(mails), before + 1)
        f.ok(f"{what}: that says it", any(word in m["subject"]
                                          for m in mails), mails)


def dry(f):
    """A dry run"""
    before = len(f.mails())
    run, result = give(f, good(5).replace("05\n", "05000\n"), "--dry-run")
    f.ok("a dry run says that it would be held", result["outcome"] == "held"
         or "held" in run.out, run)
    f.same("and mails nobody", len(f.mails()), before)


def imported(f):
    """An import"""
    before = len(f.mails())
    path = f.files / "old.csv"
    path.write_text(good().replace("00\n", "0000000\n"), encoding="utf-8")
    run = f.kpid("import", FEED, str(path), "--format", "json")
    result = run.feeds()[FEED]
    f.ok("an import is held, too", result["outcome"] == "held", run)
    f.same("and mails nobody", len(f.mails()), before)


def recovered(f):
    """The source is mended"""
    run, result = give(f, good(1))
    f.ok("the next good file is loaded", result["outcome"] == "loaded"
         and result["revised"] == 24, run)
    f.ok("and serves", serves(f, 1))


def declared(f):
    """A feed that declares otherwise"""
    f.feed(FEED, gates={"rows_drop": False, "unit_slip": False,
                        "jump": False, "totals": []})
    run, result = give(f, good(2).replace("00\n", "000\n")
                       .replace("02\n", "02000\n"))
    f.ok("gates that are off hold nothing", result["outcome"] == "loaded",
         run)
    f.feed(FEED, gates={"rows_drops": 0.5})
    run = f.kpid("check")
    f.ok("a gate that is none: code 78", run.code == 78, run)
    f.says("and what was meant", run.out + run.err, "rows_drops",
           "did you mean 'rows_drop'")


def no_table(f):
    """A server's error, in one line of text, where a table without header was"""
    f.feed("visits", title="来館者数", owner=OWNER, source="上田市",
           url="file:../files/visits.csv", contract={
               "format": "csv", "header": {"names": ["年月", "来館者数"]},
               "period": {"column": "年月"},
               "values": [{"column": "来館者数",
                           "indicator": "visits_gated"}]},
           indicators=[{"indicator": "visits_gated", "name_ja": "来館者数",
                        "unit": "人", "measure": "flow"}])
    path = f.files / "visits.csv"
    path.write_text("令和6年8月,30\n", encoding="utf-8")
    f.ok("one row is loaded",
         f.kpid("collect", "visits", "--format", "json")
         .feeds()["visits"]["outcome"] == "loaded")
    before = len(held_mails(f))
    path.write_text("Error: not found\n", encoding="utf-8")
    run = f.kpid("collect", "visits", "--format", "json")
    result = run.feeds()["visits"]
    f.ok("an error's text is held, not loaded", result["outcome"] == "held",
         run)
    f.says("and shown", result["error"], "none could be read",
           "Error: not found")
    f.same("the last good value keeps serving", f.rows(
        "select value from kpi.observation"
        " where indicator = 'visits_gated'"), [["30"]])
    mails = [m for m in held_mails(f) if "来館者数" in m["subject"]]
    f.ok("its owner is told", len(held_mails(f)) == before + 1
         and len(mails) == 1, held_mails(f))
    f.says("in words", mails[0]["subject"] + mails[0]["text"],
           "読み取れる行がありません", "Error: not found")
    run = f.kpid("preview", "visits")
    f.says("preview says that it would be held", run.out + run.err,
           "would hold the delivery", "none could be read")
    path.write_text("令和6年8月,30\n令和6年9月,調査中\n", encoding="utf-8")
    run = f.kpid("collect", "visits", "--format", "json")
    result = run.feeds()["visits"]
    f.ok("a table again: loaded, its one bad cell a reject",
         (result["outcome"], result["rejected"]) == ("loaded", 1), run)


if __name__ == "__main__":
    flow.main(first, halved, gates, dry, imported, recovered, no_table,
              declared)
