#!/usr/bin/python3
"""What a newcomer meets: names misspelt, nothing there yet, help and words
that fit the terminal."""
import pathlib
import subprocess
import sys
import unicodedata

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent
                       / "support"))
import flow  # noqa: E402


def width(line):
    """Columns of a terminal."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1
               for c in line)


def helps(f):
    """Help fits a terminal"""
    general = f.kpid("--help")
    names = [line.split()[0] for line in
             general.out.split("commands:\n")[1].split("\n\n")[0].split("\n")]
    f.ok("every command is listed", len(names) > 20, names)
    wide = [(name, line) for name in names
            for line in f.kpid(name, "--help").out.splitlines()
            if width(line) > 80]
    wide += [("", line) for line in general.out.splitlines()
             if width(line) > 80]
    f.same("no line of any help has more than 80 columns", wide, [])


def words(f):
    """Words that there are not"""
    for args, want in (
            (("stauts",), "unknown command 'stauts'.*did you mean 'status'"),
            (("status", "--as-off", "2024-09-30"),
             "unknown option '--as-off' for status.*'--as-of'"),
            (("collect", "ueda-helmt"),
             "no feed 'ueda-helmt' .*did you mean 'ueda-"),
            (("import", "ueda-helmt", "x.csv"), "did you mean 'ueda-"),
            (("preview", "ueda-helmt"), "did you mean 'ueda-"),
            (("put", "helmet_subsidys", "2024-09", "1", "--by", "a", "--why",
              "b"), "no indicator 'helmet_subsidys'.*did you mean"),
            (("status", "--as-of", "2024-13-01"), "is no day. HINT: write")):
        run = f.kpid(*args)
        f.same(f"'{' '.join(args[:2])}' ends as usage", run.code, 2)
        f.says("and says what may have been meant", run.err, want)
        f.same("once", run.err.count("kpid: "), run.err.count("fixes the") + 1)


def whole_files(f):
    """A file as a whole"""
    gone = subprocess.run((flow.KPID, "-c", "gone.json", "check"),
                          capture_output=True, text=True, cwd=f.dir,
                          check=False)
    f.same("a configuration that is not there ends with 78",
           gone.returncode, 78)
    f.ok("and is no line of a file",
         "gone.json: could not open" in gone.stdout + gone.stderr
         and ":0:" not in gone.stdout + gone.stderr,
         gone.stdout + gone.stderr)
    plans = f.config["plans"]
    f.configure(plans=[{"targets": "gone.csv"}])
    run = f.kpid("check")
    f.ok("nor is a list of targets that is not there",
         run.code == 78 and "gone.csv: could not open" in run.out
         and ":0:" not in run.out, run)
    f.configure(plans=plans)


def nothing_yet(f):
    """A city hall without targets and feeds"""
    (f.dir / "none").mkdir()
    f.configure(plans=None, feeds="none")
    run = f.kpid("status")
    f.says("status says how targets come in", run.out,
           "kpid target import", "対象となる目標がありません")
    f.same("its document stays as it is",
           f.kpid("status", "--format", "json").json()["targets"], [])
    f.says("next says how feeds come to be", f.kpid("next").out,
           "kpid inspect FILE")
    run = f.kpid("explain", "helmet")
    f.same("an unknown target is usage", run.code, 2)
    f.says("and says that there are none", run.err, "kpid target import")


def targets(f):
    """Targets that are misspelt, and that look past the dimensions"""
    (f.dir / "targets.csv").write_text(
        "目標ID,年度,団体コード,目標,項目,名称,指標,条件,目標値,集計,期限,"
        "内訳\nvisits-all,令和6年度,202037,1,1-1,来館者,visits,at_least,100,"
        "sum,2025-03-31,\nvisits-f,令和6年度,202037,1,1-2,女性の来館者,"
        "visits,at_least,100,sum,2025-03-31,sex=女\n", encoding="utf-8")
    (f.files / "visits.csv").write_text(
        "年月,性別,来館者\n" + "".join(
            f"2024-{m:02d},{sex},{m * 10}\n" for m in range(4, 10)
            for sex in "男女"), encoding="utf-8")
    f.configure(plans=[{"targets": "targets.csv"}], feeds="own")
    f.feeds_dir = f.dir / "own"
    f.feeds_dir.mkdir()
    f.feed("visits", title="来館者", owner="a@city.ueda.example",
           source="上田市", url="file:../files/visits.csv", contract={
               "format": "csv", "period": {"column": "年月"},
               "organization": {"constant": "202037"},
               "dimensions": {"sex": {"column": "性別"}},
               "values": [{"column": "来館者", "indicator": "visits"}]},
           indicators=[{"indicator": "visits", "name_ja": "来館者",
                        "unit": "人", "measure": "flow"}])
    run = f.kpid("collect", "--all")
    f.ok("values by sex are collected", run.code == 0, run)
    run = f.kpid("explain", "visits-al")
    f.same("a misspelt target is usage", run.code, 2)
    f.says("and the one most like it is named", run.err,
           "no target 'visits-al'.*did you mean 'visits-all'")
    rows = {t["target"]: t for t in f.kpid(
        "status", "--format", "json").json()["targets"]}
    f.says("a target on the whole says that there are values by sex",
           rows["visits-all"]["reason"], "内訳", "sex=[女男]")
    f.says("in English, too", rows["visits-all"]["reason_en"],
           "dimensions", "sex=[女男]", "'内訳'")
    f.ok("one of its own part has its values",
         "sex" not in rows["visits-f"]["reason"]
         and rows["visits-f"]["actual"] is not None, rows["visits-f"])


def typed(f):
    """Who typed a value"""
    run = f.kpid("put", "visits", "2024-09", "95", "--dim", "sex=女", "--by",
                 "山田", "--why", "電話")
    f.ok("a value is typed", run.code == 0, run)
    rows = f.rows("select target, coalesce(typed_by, '-') from"
                  " kpi.target_status order by target")
    f.same("analysts see in whose status it counts", rows,
           [["visits-all", "-"], ["visits-f", "山田"]])
    f.same("as kpid status says it", rows, sorted(
        [t["target"], t["typed_by"] or "-"] for t in f.kpid(
            "status", "--format", "json").json()["targets"]))


def begin(f):
    """The demonstration"""
    f.demo()


flow.main(begin, helps, words, whole_files, nothing_yet, targets,
          typed)
