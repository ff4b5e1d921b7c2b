#!/usr/bin/python3
"""The machine's clock is set under a daemon. A test must not do that, so the
kernel's word for it (ECANCELED of a timer that a jump cancels) is put in its
mouth, in both places where it can be heard."""
import os
import pathlib
import re
import shutil
import signal
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

STRACE = shutil.which("strace")
# What a sanitizer's runtime asks the kernel is not the daemon's.
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


def timer(f):
    """What the kernel says of the loop's timer."""
    root = pathlib.Path(f"/proc/{f.daemon.pid}")
    for link in (root / "fd").iterdir():
        if os.readlink(link) == "anon_inode:[timerfd]":
            return (root / "fdinfo" / link.name).read_text()
    return ""


def jump(f, call, calls):
    """The call fails once as it does after a jump; what was called then."""
    out = f.dir / f"calls-{call}"
    mark = f.daemon.mark()
    tracer = subprocess.Popen(
        [STRACE, "-q", "-o", out, "-p", str(f.daemon.pid), "-e",
         f"trace={calls}", "-e", f"inject={call}:error=ECANCELED:when=1"],
        stderr=subprocess.DEVNULL)
    flow.wait_until(lambda: "TracerPid:\t0\n" not in pathlib.Path(
        f"/proc/{f.daemon.pid}/status").read_text(), 10)
    f.daemon.signal(signal.SIGHUP)
    heard = f.daemon.wait_line("daemon: the clock was set", 20, mark)
    time.sleep(1)
    tracer.terminate()
    tracer.wait()
    f.ok(f"{call}: it is heard", heard, f.daemon.text())
    f.same(f"{call}: once", len(re.findall(
        "the clock was set",
        "\n".join(f.daemon.text().splitlines()[mark:]))), 1)
    return out.read_text(errors="replace")


def heard(f):
    """A jump of the clock"""
    calls = jump(f, "timerfd_settime", "timerfd_settime,poll")
    after = calls.split("INJECTED")[1].splitlines()[1:]
    f.ok("what was reckoned by the old clock is not waited for",
         after and after[0].startswith("timerfd_settime"), calls)
    jump(f, "read", "read")
    f.says("it waits by the clock of the machine, for its next jump too",
           timer(f), "clockid: 0", "settime flags: 03")
    left = re.search(r"it_value: \((\d+), (\d+)\)", timer(f))
    f.ok("for something that comes", left and left.groups() != ("0", "0"),
         timer(f))


def alive(f):
    """And then"""
    town.figure(f, 50)
    run = f.kpid("collect", "live")
    f.ok("a command still wakes it", run.code == 0, run)
    f.ok("its mail is sent", flow.wait_until(f.server.mails, 15),
         f.daemon.text())
    f.daemon.signal(signal.SIGTERM)
    f.same("it ends", f.daemon.wait(15), 0)


if __name__ == "__main__":
    if STRACE:
        flow.main(place, heard, alive)
    else:
        print("ok - there is no strace # SKIP")
