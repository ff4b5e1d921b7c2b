#!/usr/bin/python3
"""The outbox against a mail server: a day's outage, readers who are refused,
every way to log in."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent
                       / "support"))
import flow  # noqa: E402

OWNER = "machizukuri@city.ueda.example"
GONE, SLOW = "gone@city.ueda.example", "slow@city.ueda.example"
HELMETS = "自転車用ヘルメットの購入費補助,令和6年9月末,"
GOALS = flow.TOP / "config" / "goals"


def revise(f, old, new, clock):
    """The report is corrected, on another day."""
    f.edit(f.files / "ueda-midterm.csv", f"{HELMETS}{old},",
           f"{HELMETS}{new},", "cp932")
    f.configure(clock=clock)
    return f.kpid("collect", "ueda-midterm")


def waiting(f):
    """Message-IDs of the outbox in the order of writing."""
    return f.admin("select kind, message_id, attempts, sent_at is not null"
                   " from kpid.outbox order by outbox")


def outage(f):
    """Nobody answers for a day"""
    f.demo()
    server = f.smtp()
    server.stop()
    f.mail_by(server, tls="starttls")
    run = f.kpid("collect", "--all")
    f.ok("collecting does not fail for want of a mail server", run.code == 0,
         run)
    f.says("people are told, and what to do", run.out + run.err,
           "127.0.0.1:", "HINT: ")
    for args in ((45, 345, "2024-10-15T18:00:00+09:00"),
                 (345, 44, "2024-10-16T08:30:00+09:00")):
        revise(f, *args)
    rows = waiting(f)
    f.same("what happens meanwhile waits, nothing is left out",
           [(r[0], r[3]) for r in rows],
           [("opened", "f"), ("correction", "f"), ("trouble", "f"),
            ("reopened", "f")])
    f.ok("only the first was tried: the others would wait for the same nobody",
         int(rows[0][2]) == 3 and rows[1][2] == "0", rows)
    f.port, f.ids = str(server.port), [r[1] for r in rows]


def drained(f):
    """The server is back"""
    server = f.smtp("--port", f.port)
    f.configure(clock="2024-10-16T09:00:00+09:00")
    f.kpid("collect", "ueda-midterm")
    mails = server.mails()
    f.same("all arrive, in the order in which they were written, under the "
           "identifiers they were written with",
           [m["message_id"] for m in mails][:4], f.ids)
    f.same("each says when it was written, not when it was sent",
           [m["date"] for m in mails if m["envelope"]["to"] == [OWNER]],
           ["2024-10-15T09:00:00+09:00", "2024-10-15T18:00:00+09:00",
            "2024-10-16T08:30:00+09:00"])
    f.same("the correction answers the opening",
           (mails[1]["in_reply_to"], mails[1]["references"]),
           (f.ids[0], [f.ids[0]]))
    f.says("each says what held when it was written",
           mails[1]["text"], "345")
    f.kpid("collect", "ueda-midterm")
    ids = [m["message_id"] for m in server.mails()]
    f.same("none comes twice", len(ids), len(set(ids)))
    server.stop()


def bounce(f):
    """One reader is refused for good, one for now"""
    targets = f.dir / "targets.csv"
    text = (GOALS / "ueda-r6-targets.csv").read_text(encoding="utf-8-sig")
    targets.write_text(text.replace(OWNER, f"{GONE};{SLOW};{OWNER}"),
                       encoding="utf-8")
    server = f.smtp("--refuse", GONE, "--defer", SLOW, "1")
    f.configure(database={"private": "pg2"}, state="state2",
                plans=[{"goals": str(GOALS / "ueda-r6-goals.csv"),
                        "targets": str(targets)}])
    f.mail_by(server, tls="starttls")

    def told(mails):
        return [m["envelope"]["to"] for m in mails]
    f.kpid("collect", "--all")
    f.same("the other reader has his mail at once", told(server.mails()),
           [[OWNER]])
    rows = f.admin("select recipient, error_code, given_up_at is not null"
                   " from kpid.outbox order by recipient")
    f.same("4xx and 5xx are told apart", rows,
           [[GONE, "550", "t"], [OWNER, "", "f"], [SLOW, "451", "f"]])
    revise(f, 44, 345, "2024-10-17T09:00:00+09:00")
    mails = server.mails()[1:]
    f.same("the one who was busy gets the opening before its correction",
           [m["in_reply_to"] is None for m in mails
            if m["envelope"]["to"] == [SLOW]], [True, False])
    f.same("and the other reader hears of it", told(mails).count([OWNER]), 1)
    f.same("nobody hears an end without its beginning",
           [m for m in told(mails) if m == [GONE]], [])
    f.ok("each reader has a thread of his own", len(
        {m["message_id"] for m in server.mails()}) == len(server.mails()),
        told(mails))
    server.stop()


def ways(f):
    """mail test by every way"""
    mail = f.config["mail"]
    f.configure(mail=None)
    run = f.kpid("mail", "test", "somebody@city.ueda.example")
    f.ok("mail test without 'mail': code 78, and where to mend it",
         run.code == 78 and "kpid.json has no 'mail'" in run.err, run)
    f.configure(mail=mail)
    secret = {"FLOW_PASSWORD": "correct horse"}
    login = {"user": "kpid", "password": {"env": "FLOW_PASSWORD"}}
    for name, options, smtp in (
            ("STARTTLS and AUTH", ("--auth", "kpid:correct horse"),
             {"tls": "starttls", **login}),
            ("TLS from the first byte and AUTH",
             ("--smtps", "--auth", "kpid:correct horse"),
             {"tls": "implicit", **login}),
            ("STARTTLS alone", (), {"tls": "starttls"}),
            ("nothing", (), {"tls": "none"})):
        server = f.smtp(*options)
        f.mail_by(server, **smtp)
        run = f.kpid("mail", "test", "somebody@city.ueda.example", env=secret)
        seen = [m["envelope"] for m in server.mails()]
        f.ok(f"mail test arrives by {name}", run.code == 0 and seen == [{
            "from": "kpid@city.ueda.example",
            "to": ["somebody@city.ueda.example"],
            "tls": smtp["tls"] != "none", "login": "user" in smtp}],
            (run, seen))
        if "user" in smtp:
            run = f.kpid("mail", "test", "a@city.ueda.example",
                         env={"FLOW_PASSWORD": "wrong horse"})
            f.ok(f"and a wrong password is told, by {name}", run.code != 0
                 and "535" in run.err and "HINT: " in run.err
                 and "horse" not in run.out + run.err, run)
        server.stop()


if __name__ == "__main__":
    flow.main(outage, drained, bounce, ways)
