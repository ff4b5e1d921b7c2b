#!/usr/bin/python3
"""A daemon with nothing to do: no process of it makes a system call of its
own, and what another session owes or writes wakes it at once.

    idle.py [SECONDS]     so long without a system call; 10
"""
import os
import pathlib
import shutil
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
# inspect.py, beside this file, is not the one that others import.
sys.path[:] = [str(HERE.parent / "support")] + [
    p for p in sys.path if pathlib.Path(p or ".").resolve() != HERE] + [
    str(HERE)]
import flow  # noqa: E402
import daemon as town  # noqa: E402

SECONDS = int(sys.argv[1]) if len(sys.argv) > 1 else 10
STRACE = shutil.which("strace")
# A sanitizer's runtime and its threads are not ours to judge.
KPID = os.environ.get("KPID_PLAIN")


def place(f):
    """A city hall whose feed comes once a year"""
    if KPID:
        flow.KPID = KPID
    town.place(f)
    town.write(f.feeds_dir / "live.json", dict(
        town.feed("live", f.url("live.csv")), schedule="0 0 1 1 *"))
    f.daemon = f.start("run")
    f.ok("its feed is loaded", f.daemon.wait_line(
        "feed live.*inserted 1", 60), f.daemon.text())
    town.figure(f, 50)
    run = f.kpid("collect", "live")
    f.ok("a command loads a revision", run.code == 0, run)
    f.ok("its mail is sent", flow.wait_until(f.server.mails, 15))


def traced(f, pids):
    """What they call in the time, and how many threads they have. One line
    for each thread is what it sleeps in, seen when the tracer came."""
    out = f.dir / "calls"
    words = [STRACE, "-f", "-q", "-tt", "-o", out]
    for pid in pids:
        words += ["-p", str(pid)]
    threads = sum(len(os.listdir(f"/proc/{pid}/task")) for pid in pids)
    tracer = subprocess.Popen(words, stderr=subprocess.DEVNULL)
    time.sleep(SECONDS)
    tracer.terminate()
    tracer.wait()
    return [line for line in out.read_text(errors="replace").splitlines()
            if "<detached" not in line and "+++" not in line], threads


def idle(f):
    """Nothing to do"""
    pids = [f.daemon.pid, *town.workers(f).values()]
    f.same("it runs with three workers", len(pids), 4)
    # What was at work goes to rest first, which takes its time when the
    # machine is busy; what wakes up by itself never does.
    for _ in range(4):
        time.sleep(3)
        calls, threads = traced(f, pids)
        if len(calls) <= threads:
            break
    f.ok("the tracer saw them", len(calls) >= len(pids), calls)
    f.ok(f"no system call of its own in {SECONDS} s", len(calls) <= threads,
         "\n".join(calls))


def owed(f):
    """Another session's work"""
    mark, before = f.daemon.mark(), len(f.server.mails())
    f.same("a steward takes the revision back by SQL", f.admin(
        "select kpid.retract(max(delivery), 'steward', 'wrong file')"
        " from kpid.delivery"), [["t"]])
    f.ok("the daemon evaluates at once", flow.wait_until(
        lambda: f.admin("select count(*) from kpid.owed") == [["0"]], 10))
    f.same("and knows the figure before it", f.value(town.VALUE), "4")
    f.ok("people are told", flow.wait_until(
        lambda: len(f.server.mails()) > before, 15), f.daemon.text())
    f.ok("by the mailer, which was woken", f.daemon.wait_line(
        "mail: 1 sent", 10, mark), f.daemon.text())
    f.daemon.stop()


if __name__ == "__main__":
    flow.main(place, *([idle] if STRACE else []), owed)
