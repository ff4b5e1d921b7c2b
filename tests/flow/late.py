#!/usr/bin/python3
"""A feed that is late: its owner hears of it once, its targets wait, and what
kpid has to say of itself reaches its operator."""
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent
                       / "support"))
import flow  # noqa: E402

OWNER = "shimin@city.ueda.example"
OPERATOR = "kpid-admin@city.ueda.example"
TARGET = ("目標ID,年度,団体コード,目標,項目,名称,指標,条件,目標値,集計,期限,"
          "経路,担当部局,宛先\n"
          "visitors,令和6年度,202037,1,1-1,窓口の来庁者,visitors,at_least,1200,"
          "sum,2025-03-31,linear,市民課,madoguchi@city.ueda.example\n")


def at(f, instant):
    """It is this time now; kpid looks around. Subjects of new mails."""
    before = f.mails()
    f.configure(clock=instant)
    f.kpid("collect", "visitors")
    return sorted((m["to"], m["subject"]) for name, m in f.mails().items()
                  if name not in before)


def late(f, instant):
    """Of the mails of that time those that say a feed is late."""
    return [m for m in at(f, instant) if "未着" in m[1]]


def stale(f):
    """Whether its target says that its values are old."""
    doc = f.kpid("status", "--format", "json").json()
    return "stale" in doc["targets"][0]["modifiers"]


def months(f, *values):
    """The file has these months, from April."""
    rows = "".join(f"2024-{4 + i:02d},202037,{v}\n"
                   for i, v in enumerate(values))
    (f.files / "visitors.csv").write_text("年月,団体コード,人数\n" + rows,
                                          encoding="utf-8")


def begin(f):
    """A feed that never came"""
    f.demo()
    for path in f.feeds_dir.glob("*.json"):
        path.unlink()
    (f.dir / "targets.csv").write_text(TARGET, encoding="utf-8")
    f.feed("visitors", title="窓口来庁者（月次）", owner=OWNER, source="上田市",
           url="file:../files/visitors.csv", schedule="0 7 5 * *",
           grace_days=10, contract={
               "format": "csv", "period": {"column": "年月"},
               "organization": {"column": "団体コード"},
               "values": [{"column": "人数", "indicator": "visitors"}]},
           indicators=[{"indicator": "visitors", "name_ja": "来庁者",
                        "unit": "人", "measure": "flow"}])
    f.configure(plans=[{"targets": "targets.csv"}],
                clock="2024-04-20T09:00:00+09:00")
    run = f.kpid("check")
    f.ok("the configuration is right", run.code == 0, run)
    f.same("nothing is late on the first day",
           at(f, "2024-04-20T09:00:00+09:00"), [])
    f.same("nor while the days of grace last",
           late(f, "2024-05-15T07:59:00+09:00"), [])
    f.same("then the owner is told, also of one that never came",
           late(f, "2024-05-15T08:01:00+09:00"),
           [(OWNER, "【データ未着】窓口来庁者（月次）：まだ一度も届いていません")])
    f.same("once", late(f, "2024-07-30T09:00:00+09:00"), [])


def arrives(f):
    """It arrives, and stays away again"""
    months(f, 100, 100, 100)
    got = at(f, "2024-07-31T09:00:00+09:00")
    f.same("its arrival is no mail to the owner",
           [m for m in got if m[0] == OWNER], [])
    f.ok("the operator hears that it is over",
         any(to == OPERATOR and "解消" in s for to, s in got), got)
    got = f.rows("select expected_period, expected_at, late_at, late_since"
                 " from kpi.calendar")
    f.same("the calendar says what comes next",
           [got[0][0], got[0][2], got[0][3]],
           ["2024-07", "2024-08-15", ""])
    f.same("nothing before it is late, and no target stale",
           (late(f, "2024-08-14T23:00:00+09:00"), stale(f)), ([], False))
    f.same("a month that does not come is told to the owner alone",
           at(f, "2024-08-15T08:00:00+09:00"),
           [(OWNER, "【データ未着】窓口来庁者（月次）：令和6年7月分が届いていません")])
    f.ok("from that day on its target is stale", stale(f))
    mail = [m for m in f.mails().values() if "7月分" in m["subject"]][0]
    for part in ("text", "html"):
        f.says(f"the {part} says what waits and what to do", mail[part],
               "窓口の来庁者", "kpid collect visitors", "kpid import visitors",
               "grace_days", "令和6年8月5日")
    f.ok("the catalogue says since when",
         f.rows("select late_since is not null from kpi.catalog"
                " where feed = 'visitors'") == [["t"]])
    f.same("restarts and other looks say nothing more", late(
        f, "2024-08-15T09:00:00+09:00") + late(
        f, "2024-09-30T09:00:00+09:00"), [])
    doc = f.kpid("status", "--format", "json").json()
    f.ok("its target waits, stale, and no alert has closed or opened",
         "stale" in doc["targets"][0]["modifiers"]
         and not f.kpid("alerts", "--format", "json").json()["alerts"], doc)
    months(f, 100, 100, 100, 100, 100)
    f.same("when it is there nobody is mailed",
           late(f, "2024-10-03T09:00:00+09:00"), [])
    f.same("and the calendar forgets the lateness", f.rows(
        "select late_since from kpi.calendar"), [[""]])


def digest(f):
    """The digest names it"""
    got = at(f, "2024-11-01T08:00:00+09:00")
    f.same("the first of the month has its digest",
           [(to, s.split("：")[0]) for to, s in got if "月報" in s],
           [("madoguchi@city.ueda.example", "【目標進捗・月報】令和6年11月")])
    mail = [m for m in f.mails().values() if "6年11月" in m["subject"]][0]
    f.says("that says what arrived late", mail["text"],
           "令和6年7月分は令和6年10月3日", "データの状況")
    f.same("once", [s for _, s in at(f, "2024-11-01T20:00:00+09:00")
                    if "月報" in s], [])


def english(f):
    """In English"""
    f.configure(mail={**f.config["mail"], "language": "en"},
                alerts={"heartbeat": {"mail": True, "every": "month"}})
    months(f, *[100] * 6)
    got = at(f, "2024-12-01T08:00:00+09:00")
    f.ok("a sign of life, the late month, and no word of Japanese in its "
         "subject", any(s.startswith("[kpid] alive on 2024-12-01")
                        for _, s in got), got)
    mail = [m for m in f.mails().values() if "[Data late]" in m["subject"]]
    f.says("the late mail reads in English", mail[0]["text"],
           "The data for 2024-", "Targets that wait", "Expected on")


def failing(f):
    """A feed that fails three times"""
    (f.files / "visitors.csv").unlink()
    f.configure(mail={**f.config["mail"], "language": "ja"}, alerts=None)
    days = [at(f, f"2024-12-{d:02d}T09:00:00+09:00") for d in (3, 4, 5, 6)]
    own = [[s for to, s in day if to == OPERATOR] for day in days]
    f.same("the operator is told at the third failure, once", own,
           [[], [], ["【kpid運用】データの収集に続けて失敗しています：visitors"], []])
    f.same("and reminded on Monday", [s for to, s in at(
        f, "2024-12-09T09:00:00+09:00") if to == OPERATOR],
        ["【kpid運用・継続中】データの収集に続けて失敗しています：visitors"])
    alerts = f.kpid("alerts", "--format", "json").json()["alerts"]
    name = "kpid/feed_failing/visitors"
    f.ok("alerts list it", any(a["target"] == name and a["told"] == 1
                               for a in alerts), json.dumps(alerts))
    f.says("and people read it", f.kpid("alerts").out, name, "5回続けて失敗",
           "警報 +通知 警報\n")
    run = f.kpid("ack", name, "--by", "山田", "--note", "連絡済み", "--until",
                 "2024-12-20")
    f.same("somebody takes it in hand", run.code, 0)
    f.same("so no reminder", at(f, "2024-12-16T09:00:00+09:00"), [])
    months(f, *[100] * 8)
    f.same("it is over", [s for to, s in at(f, "2024-12-17T09:00:00+09:00")
                          if to == OPERATOR],
           ["【kpid運用・解消】データの収集に続けて失敗しています：visitors"])


def documented(f):
    """docs/alerts.md"""
    page = (flow.TOP / "docs" / "alerts.md").read_text(encoding="utf-8")
    kinds = [r[0] for r in f.rows("select kind from kpi.own_alert")]
    f.same("names every alert of kpid's own",
           [k for k in kinds if f"| `{k}` |" not in page], [])
    said = [r[0] for r in f.rows("select distinct replace(says, '_', ' ')"
                                 " from kpi.alert_transition"
                                 " where says is not null")]
    f.same("names every mail of the table of transitions",
           [s for s in said if s not in page], [])


flow.main(begin, arrives, digest, english, failing, documented)
