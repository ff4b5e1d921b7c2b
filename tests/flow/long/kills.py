#!/usr/bin/python3
"""kill -9 at random instants of a collection: at the end the database equals
that of an undisturbed run, and the mail was written once.

    kills.py [KILLS [SEED]]      200 and a new seed, which is printed
"""
import pathlib
import random
import signal
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]
                       / "support"))
import flow  # noqa: E402

KILLS = int(sys.argv[1]) if len(sys.argv) > 1 else 200
SEED = int(sys.argv[2]) if len(sys.argv) > 2 else random.SystemRandom() \
    .randrange(10**9)
LONGEST = 0.7       # seconds; a collection of the demonstration takes less

ANSWERS = """select org, indicator, frequency, dims, period, value, missing,
       status, line, col, feed
  from observation join delivery using (delivery) order by 1, 2, 3, 4, 5"""
TOLD = "select target, told, told_period from alert order by 1"


def answers(f):
    """What a reader is told, provenance included, however often it was
    tried."""
    return f.rows(ANSWERS), f.rows(TOLD), sorted(
        mail["subject"] for mail in f.mails().values())


def undisturbed(f):
    """A run that nobody disturbs"""
    f.demo()
    f.ok("it ends well", f.kpid("collect", "--all").code == 0)
    f.wanted = answers(f)
    f.ok("it mails once", len(f.wanted[2]) == 1, f.wanted[2])


def killed(f):
    """The same, killed again and again"""
    print(f"# {KILLS} kills, seed {SEED}")
    chance = random.Random(SEED)
    f.configure(database={"private": "pg2"}, state="state2",
                mail={**f.config["mail"], "maildir": "mail2"})
    for _ in range(KILLS):
        run = f.start("collect", "--all")
        run.wait(chance.uniform(0, LONGEST))
        run.signal(signal.SIGKILL)
        run.wait()
    last = f.kpid("collect", "--all")
    f.ok("the run after the last kill ends well", last.code == 0, last)
    f.maildir = f.dir / "mail2"
    got = answers(f)
    f.same("every value, line and column is as undisturbed", got[0],
           f.wanted[0])
    f.same("people were told the same", got[1], f.wanted[1])
    f.same("by one mail", got[2], f.wanted[2])
    f.ok("nothing is left on the spool",
         not list((f.dir / "state2" / "spool").glob("*.json")))
    f.ok("nothing runs after it", f.quiet(20), f.processes())


if __name__ == "__main__":
    flow.main(undisturbed, killed)
