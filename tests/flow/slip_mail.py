#!/usr/bin/python3
"""The mail that tells a department what slipped: into a maildir, and over
SMTP with STARTTLS and AUTH."""
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent
                       / "support"))
import flow  # noqa: E402

DEPARTMENT = "machizukuri@city.ueda.example"
SLIPPED = {"移住相談会": "7/30", "特殊詐欺等被害防止の出前講座": "4/15",
           "自転車用ヘルメットの購入費補助": "45/500"}
# Names in the sheet that are late by no rule, or cannot be judged.
OTHERS = ("夜光反射材", "交通安全教室", "連絡協議会", "移住関係イベント",
          "コンビニ", "購入費補助金", "対策機器")


def letter(f, mail, where):
    """What the mail must say, wherever it went."""
    f.same(f"{where}: it goes to the department", mail["to"], DEPARTMENT)
    f.same(f"{where}: the sender's name is read right", mail["from"],
           "上田市 <kpid@city.ueda.example>")
    f.says(f"{where}: the subject reads well", mail["subject"],
           "^【.*】", "令和6年度", "3件", "遅れ", "移住相談会")
    for part in ("text", "html"):
        text = re.sub(r"<[^>]*>", "", mail[part])
        f.ok(f"{where}: the {part} names what slipped, with its figures",
             all(k in text and re.search(rf"\b{v}\D", text)
                 for k, v in SLIPPED.items()), text)
        f.same(f"{where}: the {part} names no other target",
               [n for n in OTHERS if n in text], [])
    first = mail["text"].splitlines()[0]
    f.says(f"{where}: the first line says what changed and who acts", first,
           "3件", "遅れ", "上田地域自治センター", "お願い")
    f.says(f"{where}: actual, expected, gap and need are there",
           mail["text"], "実績：45件", "期待値：250件", "205件",
           "毎月76件", "https://kpi.city.ueda.example/")
    f.says(f"{where}: source and vintage are there", mail["text"],
           r"63行", r"5列", "SHA-256 [0-9a-f]{12}", r"第\d+版")
    f.says(f"{where}: the fixed clock is told", mail["text"], "固定")
    f.says(f"{where}: replies by machines are not asked for",
           mail["raw"].decode(), "Auto-Submitted: auto-generated")
    f.same(f"{where}: the date is the city's", mail["date"],
           "2024-10-15T09:00:00+09:00")


def dry_run(f):
    """A dry run before all"""
    f.demo()
    f.kpid("collect", "--all", "--dry-run")
    f.same("a dry run mails nothing", f.maildir.exists()
           and list((f.maildir / "new").iterdir()) or [], [])


def maildir(f):
    """Into the maildir"""
    run = f.kpid("collect", "--all")
    f.says("people are told where the mail is", run.out, "1 mail in .*mail")
    mails = list(f.mails().values())
    f.same("the first collection writes one mail", len(mails), 1)
    letter(f, mails[0], "maildir")
    f.first = mails[0]
    f.same("the mail begins a thread", (mails[0]["in_reply_to"],
           mails[0]["references"]), (None, []))
    left = list((f.maildir / "tmp").iterdir())
    f.same("nothing is left half written", left, [])


def alerts(f):
    """What people have been told is listed"""
    doc = f.kpid("alerts", "--format", "json").json()
    f.same("three alerts are open", {a["target"]: a["told_period"]
                                     for a in doc["alerts"]},
           dict.fromkeys(("ueda-r6-3-1-3-consultations",
                          "ueda-r6-7-1-4-fraud-classes",
                          "ueda-r6-7-2-4-helmet-subsidy"), "2024-09-30"))
    rows = f.rows("select target, fiscal_year, level, told, told_period,"
                  " acked_until, silenced_until from kpi.alert"
                  " where told > 0 order by 1")
    f.same("analysts see the same", [r[0] for r in rows],
           sorted(a["target"] for a in doc["alerts"]))


def again(f):
    """A second time"""
    before = f.mails()
    for args in (("collect", "--all"), ("collect", "ueda-midterm")):
        f.kpid(*args)
    f.same("collecting again writes no second mail", f.mails(), before)
    (name,) = before
    (f.maildir / "new" / name).rename(f.maildir / "cur" / f"{name}:2,S")
    f.kpid("collect", "--all")
    f.same("nor when the first one was read", f.mails(), {})


def better(f):
    """A figure is corrected upwards"""
    f.edit(f.files / "ueda-midterm.csv",
           "自転車用ヘルメットの購入費補助,令和6年9月末,45,",
           "自転車用ヘルメットの購入費補助,令和6年9月末,345,", "cp932")
    f.kpid("collect", "ueda-midterm")
    mails = list(f.mails().values())
    f.same("what was told wrong is taken back, in one mail", len(mails), 1)
    mail = mails[0]
    f.says("it says which, and the new figure", mail["text"],
           "自転車用ヘルメット", "345")
    f.same("it names no other", [n for n in SLIPPED if n in mail["text"]],
           ["自転車用ヘルメットの購入費補助"])
    f.same("it stands in the thread of the first", (mail["in_reply_to"],
           mail["references"][:1]),
           (f.first["message_id"], [f.first["message_id"]]))


def smtp(f):
    """Over SMTP, in a city hall of its own"""
    server = f.smtp("--auth", "kpid:correct horse")
    f.configure(database={"private": "pg2"}, state="state2")
    f.mail_by(server, tls="starttls", user="kpid",
              password={"env": "FLOW_SMTP_PASSWORD"})
    f.edit(f.files / "ueda-midterm.csv", ",345,", ",45,", "cp932")
    env = {"FLOW_SMTP_PASSWORD": "correct horse"}
    run = f.kpid("mail", "test", "somebody@city.ueda.example", env=env)
    f.ok("mail test reaches the server", run.code == 0
         and len(server.paths()) == 1, run)
    f.says("the test mail is Japanese", server.mails()[0]["subject"],
           "送信試験")
    run = f.kpid("collect", "--all", env=env)
    f.says("people are told that it went out", run.out, "1 mail sent")
    mails = server.mails()[1:]
    f.same("one mail arrives", len(mails), 1)
    letter(f, mails[0], "SMTP")
    f.same("with STARTTLS and AUTH, one recipient, from the address alone",
           mails[0]["envelope"], {"from": "kpid@city.ueda.example",
                                  "to": [DEPARTMENT], "tls": True,
                                  "login": True})
    f.same("the same facts make the same Message-ID",
           mails[0]["message_id"], f.first["message_id"])
    run = f.kpid("collect", "--all", env=env)
    f.same("no second one", len(server.paths()), 2)


if __name__ == "__main__":
    flow.main(dry_run, maildir, alerts, again, better, smtp)
