#!/usr/bin/python3
"""A file nobody has described: inspect, preview, and then the store."""
import json
import os
import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent
                       / "support"))
import flow  # noqa: E402
from programs import Run, environment  # noqa: E402

LIBRARY = """市立図書館の利用者数（令和6年度）,,,,
,,,,（単位：人）
館名,4月,5月,6月,合計
中央図書館,"12,034","11,870","12,402","36,306"
丸子図書館,"3,401",－,"3,377","6,778"
合計,"15,435","11,870","15,779","43,084"
※5月の丸子図書館は改修のため休館
"""
TWICE = "年月,件数\n2024-04,1\n2024-04,2\n2024-05,3\n"
FEED = {"feed": "twice", "title": "二度", "owner": "a@example.jp",
        "url": "file:///twice.csv",
        "indicators": [{"indicator": "cases", "name_ja": "件数",
                        "unit": "件", "measure": "flow"}],
        "contract": {"format": "csv", "period": {"column": "年月"},
                     "organization": {"constant": "202037"},
                     "values": [{"column": "件数", "indicator": "cases"}]}}


def bare(f, *args):
    """kpid where there is no configuration at all."""
    env = environment()
    env.pop("KPID_CONFIG", None)
    env["TMPDIR"] = str(f.dir / "tmp")
    return Run(args, subprocess.run(
        (flow.KPID,) + args, capture_output=True, env=env, cwd=f.dir,
        text=True, encoding="utf-8", timeout=60, check=False))


def write(f, name, text, encoding="utf-8"):
    """A file in the city hall's directory."""
    path = f.dir / name
    path.write_bytes(text.encode(encoding))
    return name


def draft(f):
    """A library's table, in the encoding of a spreadsheet"""
    (f.dir / "tmp").mkdir()
    name = write(f, "toshokan.csv", LIBRARY, "cp932")
    run = bare(f, "inspect", name)
    f.same("inspect ends well without a configuration", run.code, 0)
    feed = json.loads(run.out)
    contract = feed["contract"]
    f.same("the encoding is written", contract["encoding"], "cp932")
    f.same("months become rows", contract["period"], {"text": "{年}{月}"})
    f.same("totals are left out", contract["rows"]["except"],
           [{"column": "館名", "is": ["合計"]}])
    f.same("the unit stands above the table",
           [i["unit"] for i in feed["indicators"]], ["人"])
    f.says("doubts are sentences on standard error", run.err,
           "(?m)^not sure: ", "'合計'", "'－'", "owner@example.jp",
           "'schedule'")
    f.ok("every line of them is a doubt",
         all(line.startswith("not sure: ")
             for line in run.err.splitlines()), run.err)
    same = bare(f, "inspect", name, "--format", "json")
    f.same("--format json is the same", (same.code, same.out),
           (0, run.out))
    f.draft = write(f, "draft.json", run.out)


def accepted(f):
    """preview accepts the draft as it is"""
    run = bare(f, "preview", f.draft, "toshokan.csv", "--format", "json")
    seen = run.json()
    f.same("six values, nothing rejected, nothing found",
           (run.code, len(seen["observations"]), seen["rejects"],
            seen["findings"]), (0, 6, [], []))
    cells = {(o["series"]["dims"]["c1"] if "c1" in o["series"]["dims"]
              else list(o["series"]["dims"].values())[0], o["period"]):
             (o["value"], o["missing"], o["raw"])
             for o in seen["observations"]}
    f.same("a value beside its raw cell",
           cells[("中央図書館", "2024-04")], (12034, None, "12,034"))
    f.same("a mark is missing, and not 0",
           cells[("丸子図書館", "2024-05")],
           (None, "not_applicable", "－"))
    f.same("the whole country prints with six digits",
           {o["series"]["org"] for o in seen["observations"]}, {"000000"})
    run = bare(f, "preview", f.draft, "toshokan.csv")
    f.says("people get a summary", run.out,
           "6 observations of 2 series, 2024-04 to 2024-06",
           "missing: 1 not_applicable", "0 rejected, 0 findings")


def contradictions(f):
    """A file that says two things about one key"""
    write(f, "twice.csv", TWICE)
    write(f, "twice.json", json.dumps(FEED, ensure_ascii=False))
    run = bare(f, "preview", "twice.json", "twice.csv", "--format", "json")
    seen = run.json()
    f.same("both are rejects, as collect rejects them",
           [(r["line"], r["raw"]) for r in seen["rejects"]],
           [(2, "1"), (3, "2")])
    f.says("with the same reason", seen["rejects"][0]["reason"],
           "^the file says different things about one key, lines 2 to 3$")
    f.same("the rest is read", [o["period"] for o in seen["observations"]],
           ["2024-05"])
    run = bare(f, "preview", "twice.json", "twice.csv")
    f.says("people are told, too", run.out, "rejected \\(2\\)",
           "1 observation of")


LONG = "visitors_of_all_the_libraries_of_the_city"
HALVES = ("期間,人数（千人）,備考\n2024-04-01/2024-09-30,12,\n"
          "2024-10-01/2025-03-31,123456789012345678,速報\n")


def halves(f, **value):
    """A feed of halves, and its table"""
    feed = dict(FEED, feed="halves", indicators=[
        {"indicator": LONG, "name_ja": "人数", "unit": "人",
         "measure": "flow"}])
    feed["contract"] = dict(
        FEED["contract"], period={"column": "期間"}, values=[
            {"column": "人数（千人）", "indicator": LONG, **value}])
    write(f, "halves.json", json.dumps(feed, ensure_ascii=False))
    write(f, "halves.csv", HALVES)


def table(f):
    """The table that people read"""
    halves(f, unit="千人")
    run = bare(f, "preview", "halves.json", "halves.csv")
    lines = run.out.splitlines()
    f.same("long periods, values and names stay apart",
           [line.split() for line in lines[1:3]],
           [["2:2", "12", "12000", "A", "2024-04-01/2024-09-30", "202037",
             LONG],
            ["3:2", "123456789012345…", "123456789012345678000", "A", "2024-10-01/2025-03-31",
             "202037", LONG]])
    f.same("one below the other, under their heading",
           {line.index(word) for line, word in
            ((lines[0], "series"), (lines[1], "202037"),
             (lines[2], "202037"))}, {lines[0].index("series")})
    f.same("no blank ends a line",
           [line for line in lines if line != line.rstrip()], [])
    f.says("a finding that mends nothing holds nothing", run.out,
           "(?m)^line 1 column 3: column '備考'", "0 rejected, 1 finding$")
    f.ok("and nothing would be held", "hold" not in run.out, run.out)


def holding(f):
    """What would hold a delivery"""
    halves(f, unit="百万人")
    run = bare(f, "preview", "halves.json", "halves.csv")
    f.same("preview itself goes well", run.code, 0)
    f.says("the finding is marked", run.out,
           "(?m)^holds: line 1 column 2: unit '千人' of column"
           " '人数（千人）' is not '百万人', which the contract says$",
           "(?m)^    contract: \"values\": ")
    f.says("the end says what collect would do", run.out,
           "collect would hold the delivery: 1 finding holds it\n$")
    line = re.search("contract: (\"values\".*)", run.out).group(1)
    f.same("its suggestion is JSON, without parentheses",
           json.loads("{%s}" % line),
           {"values": [{"column": "人数（千人）", "unit": "千人"}]})
    run = bare(f, "preview", "halves.json", "halves.csv",
               "--format", "json")
    f.same("the document's keys are what they were",
           {tuple(sorted(one)) for one in run.json()["findings"]},
           {("column", "kind", "line", "suggestion", "text")})


def no_place(f):
    """A finding that stands nowhere"""
    feed = dict(FEED, feed="part", contract={
        "format": "ckan", "period": {"column": "年月"},
        "organization": {"constant": "202037"},
        "values": [{"column": "件数", "indicator": "cases"}]})
    write(f, "part.json", json.dumps(feed, ensure_ascii=False))
    write(f, "part.txt", json.dumps({"success": True, "result": {
        "fields": [{"id": "年月"}, {"id": "件数"}], "total": 3,
        "records": [{"年月": "2024-04", "件数": "1"}]}}))
    run = bare(f, "preview", "part.json", "part.txt")
    f.says("has no place, and nothing to paste", run.out,
           "(?m)^holds: 1 of 3 records are here; 'url' must ask for"
           " all of it\n\n1 observation ")
    f.ok("nowhere is line 0", "line 0" not in run.out, run.out)


def no_feed(f):
    """A table where a feed belongs"""
    run = bare(f, "preview", "halves.csv")
    f.ok("is wrong usage", run.code == 2 and run.out == "", run)
    f.says("with what to do", run.err,
           "'halves.csv' is no feed file", "HINT: kpid inspect halves.csv")
    write(f, "semi.csv", HALVES.replace(",", ";"))
    run = bare(f, "preview", "halves.json", "semi.csv")
    f.says("another delimiter is found out", run.err,
           '"csv": { "delimiter": ";" }')
    f.edit(f.dir / "halves.json", '"format": "csv"',
           '"format": "csv", "header": {"row": 1}')
    write(f, "tab.csv", HALVES.replace(",", "\t"))
    run = bare(f, "preview", "halves.json", "tab.csv")
    f.says("on the contract's own row, too; tabs can be seen", run.err,
           r"it has '期間\\t人数（千人）\\t備考'",
           r'"csv": \{ "delimiter": "\\t" \}')


def refused(f):
    """Files in which there is no table"""
    for name, text, says in (
            ("page.csv", "<!DOCTYPE html><html></html>", "HTML"),
            ("prose.txt", "お知らせです。\n明日は休みです。\n",
             "no table was found"),
            ("names.csv", "氏名,点数\n甲,1\n乙,2\n",
             "nothing says of when")):
        run = bare(f, "inspect", write(f, name, text))
        f.same(f"{name}: code 1, nothing on standard output",
               (run.code, run.out), (1, ""))
        f.says(f"{name}: and why", run.err, says)
    run = bare(f, "inspect", "nowhere.csv")
    f.says("a file that is not there", run.err, "could not open")
    f.ok("is no success", run.code == 1, run)
    f.same("no file at all is wrong usage", bare(f, "inspect").code, 2)
    run = bare(f, "preview", "nosuch", "toshokan.csv")
    f.ok("preview of a name wants a configuration", run.code in (2, 78),
         run)
    f.says("help says what it does", bare(f, "inspect", "--help").out,
           "FILE or URL", "standard error")


def fetched(f):
    """A URL, which leaves nothing behind"""
    f.demo()
    (f.www / "toshokan.csv").write_bytes(LIBRARY.encode("cp932"))
    before = sorted(str(p) for p in f.dir.glob("state/**/*"))
    env = {"TMPDIR": str(f.dir / "tmp")}
    run = f.kpid("inspect", f.url("toshokan.csv"), env=env)
    feed = json.loads(run.out) if run.code == 0 else {}
    f.ok("inspect fetches", run.code == 0, run)
    f.same("the URL stands in the draft", feed.get("url"),
           f.url("toshokan.csv"))
    f.ok("the configuration's organization is enough",
         "organization" not in feed.get("contract", {}), run.out)
    f.says("and is told", run.err,
           "whose values these are: the configured organization 202037")
    write(f, "draft.json", run.out)
    empty = f.feeds_dir / "draft.json"
    empty.write_text("", encoding="utf-8")
    again = f.kpid("inspect", f.url("toshokan.csv"), env=env)
    f.same("also into a file among the feeds, which is empty until then",
           (again.code, again.out, again.err), (0, run.out, run.err))
    empty.unlink()
    run = f.kpid("inspect", f.url("toshokan.csv") + "?appId=0123abc",
                 env=env)
    f.ok("a key in the URL is not repeated", run.code == 0
         and "0123abc" not in run.out + run.err, run)
    f.same("but is a secret of the draft",
           json.loads(run.out or "{}").get("secrets"),
           {"appId": {"env": "APPID"}})
    run = f.kpid("preview", "draft.json", env=env)
    f.says("preview fetches by the draft's own URL", run.out,
           "6 observations of 2 series", "202037")
    f.same("nothing is left in the state directory",
           sorted(str(p) for p in f.dir.glob("state/**/*")), before)
    f.same("nor in the temporary one", os.listdir(f.dir / "tmp"), [])


def collected(f):
    """The draft is a feed like any other"""
    feed = json.loads((f.dir / "draft.json").read_text(encoding="utf-8"))
    feed["owner"] = "toshokan@city.ueda.example"
    (f.feeds_dir / "toshokan.json").write_text(
        json.dumps(feed, ensure_ascii=False), encoding="utf-8")
    run = f.kpid("check")
    f.ok("check has nothing against it", run.code == 0, run)
    run = f.kpid("collect", "toshokan")
    f.ok("and collect loads it", run.code == 0, run)
    f.same("its values are there", f.rows(
        "select count(*), count(value) from kpi.observation"
        " where indicator = 'toshokan'"), [["6", "5"]])


def kept_back(f):
    """A delivery that is held"""
    write(f, "feeds/halves.json", (f.dir / "halves.json").read_text().replace(
        "file:///twice.csv", "file:../files/halves.csv"))
    write(f, "files/halves.csv", HALVES)
    feed = json.loads((f.feeds_dir / "halves.json").read_text())
    feed["contract"].update(ignore=["備考"])
    (f.feeds_dir / "halves.json").write_text(json.dumps(feed))
    run = f.kpid("collect", "halves")
    f.says("collect says so once, and what for", run.out,
           "(?m)^halves +held +line 1: unit '千人' of column",
           "(?m)^ +1 finding: kpid preview halves$")


if __name__ == "__main__":
    flow.main(draft, accepted, contradictions, table, holding, no_place,
              no_feed, refused, fetched, collected, kept_back)
