#!/usr/bin/python3
"""The past through today's rules: two years that have ended, one missed after
an alert and one achieved without, and the demonstration's midterm report."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent
                       / "support"))
import flow  # noqa: E402

KEYS = """alerted caught decided from known lead_months mails missed precision
 recall right targets to""".split()
MAIL = """day fiscal_year judged_at kind known lead_months name org outcome
 probability status target""".split()
TARGETS = ("目標ID,年度,団体コード,目標,項目,名称,指標,条件,目標値,集計,期限,"
           "経路\n"
           "few,令和5年度,202037,1,1-1,来庁者,few,at_least,1200,sum,"
           "2024-03-31,linear\n"
           "many,令和5年度,202037,1,1-2,貸出,many,at_least,1200,sum,"
           "2024-03-31,linear\n")
YEAR = ("--from", "2023-04-01", "--to", "2024-04-30")


def begin(f):
    """Two years of months"""
    f.demo()
    (f.dir / "targets.csv").write_text(TARGETS, encoding="utf-8")
    f.configure(plans=[*f.config["plans"], {"targets": "targets.csv"}])
    (f.files / "months.csv").write_text(
        "年月,団体コード,来庁者,貸出\n" + "".join(
            f"{2023 + m // 13}-{(m - 1) % 12 + 1:02d},202037,50,110\n"
            for m in range(4, 16)), encoding="utf-8")
    f.feed("months", title="月次", owner="a@city.ueda.example",
           source="上田市", url="file:../files/months.csv", contract={
               "format": "csv", "period": {"column": "年月"},
               "organization": {"column": "団体コード"},
               "values": [{"column": "来庁者", "indicator": "few"},
                          {"column": "貸出", "indicator": "many"}]},
           indicators=[{"indicator": code, "name_ja": name, "unit": "件",
                        "measure": "flow"}
                       for code, name in (("few", "来庁者"),
                                          ("many", "貸出"))])
    run = f.kpid("collect", "--all")
    f.ok("everything is collected", run.code == 0, run)


def document(f):
    """The document of a year that has ended"""
    before = f.mails()
    doc = f.kpid("backtest", *YEAR, "--format", "json").json()
    f.same("it has the promised keys", sorted(doc), KEYS)
    f.same("and so has every mail", {tuple(sorted(m)) for m in doc["mails"]},
           {tuple(MAIL)})
    f.same("months whose values came later are told as reported",
           (doc["from"], doc["to"], doc["known"]),
           ("2023-04-30", "2024-04-30", "as_reported"))
    f.same("one of the two years decided was missed, and had an alert", [
        doc[k] for k in ("decided", "missed", "alerted", "right", "caught",
                         "precision", "recall")], [2, 1, 1, 1, 1, 1, 1])
    mails = [(m["target"], m["kind"], m["outcome"]) for m in doc["mails"]]
    f.ok("only the one that was missed would have been mailed, opened first",
         mails and mails[0] == ("few", "opened", "missed")
         and {m[0] for m in mails} == {"few"}, mails)
    first = doc["mails"][0]
    f.ok("long before the due date, by its probability",
         6 <= first["lead_months"] == doc["lead_months"]
         and first["probability"] < 0.2, first)
    f.same("nobody is mailed and nothing is written", f.mails(), before)


def people(f):
    """The table for people"""
    run = f.kpid("backtest", *YEAR)
    f.ok("it ends with code 0", run.code == 0, run)
    f.says("a line for each mail, and the figures below", run.out, "月末",
           "来庁者 .*警報 .*未達成", "結果の出た目標 2、うち未達成 1",
           "適合率 100 %", "捕捉率 100 %")


def midterm(f):
    """The year in progress"""
    doc = f.kpid("backtest", "--from", "2024-04-01", "--format",
                 "json").json()
    told = {m["target"]: m["day"] for m in doc["mails"]
            if m["kind"] == "opened" and m["fiscal_year"] == 2024}
    f.same("the midterm report opens what its mails have opened", sorted(told),
           sorted(r[0] for r in f.rows(
               "select target from kpi.alert where told > 0"
               " and target not like 'kpid/%' and fiscal_year = 2024")))
    f.same("at the end of September", set(told.values()), {"2024-09-30"})
    f.same("nothing is decided of it", [
        m["outcome"] for m in doc["mails"] if m["fiscal_year"] == 2024],
        [None] * len(told))


def asked(f):
    """What is asked for"""
    mine = f.kpid("backtest", *YEAR, "--org", "202037", "--format", "json")
    f.same("--org of the city is everything here", mine.json(),
           f.kpid("backtest", *YEAR, "--format", "json").json())
    other = f.kpid("backtest", *YEAR, "--org", "011002", "--format", "json")
    f.same("an organization without targets has none", [
        other.json()[k] for k in ("targets", "mails", "precision")],
        [0, [], None])
    run = f.kpid("backtest", *YEAR, "--org", "011002")
    f.ok("for people, too", run.code == 0
         and "結果の出た目標 0、" in run.out and "None" not in run.out, run)
    for words, said in ((("--org", "上田市"), "no organization"),
                        (("--from", "2023-04-31"), "no day"),
                        (("--to", "soon"), "no day")):
        run = f.kpid("backtest", *words)
        f.ok(f"{' '.join(words)} is refused", run.code == 2
             and said in run.err, run)


if __name__ == "__main__":
    flow.main(begin, document, people, midterm, asked)
