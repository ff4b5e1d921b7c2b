#!/usr/bin/python3
"""feeds.py BUILD [FEEDS]: two thousand feeds that are due at once.

A server on this machine takes 100 ms for each answer
(tests/support/servers/delayed.py). Measured against what `curl --parallel
--parallel-max 64` takes for the bodies alone, in the same run:

    first       the daemon: from the first request to the last commit
    unchanged   the same at the next minute: all are as they were
    beside      all have changed, and three more feeds never end: one hangs,
                one sends a byte a second, one sends 10 GB
    collect     `kpid collect --all` of as many changes, from start to end

What was loaded is counted; what an unchanged round writes is shown. Nothing
fails for being slow. The server is PostgreSQL with durability, made and
dropped here.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
TOP = HERE.parent.parent
sys.path[:0] = [str(TOP / "tests" / "support")]
import programs  # noqa: E402
from feeds_town import Town  # noqa: E402

GOAL = 1.2
PARALLEL = 64


class Bench:
    """What is measured, and beside what."""

    def __init__(self, town, room):
        self.town, self.room, self.alone = town, room, []

    def curl(self):
        """Seconds that the bodies alone take."""
        words = self.room / "curl.words"
        words.write_text("".join(
            f'url = "{self.town.web.url(f"table/{n}")}"\n'
            'output = "/dev/null"\n' for n in range(self.town.feeds)))
        began = time.monotonic()
        subprocess.run(
            ["curl", "--silent", "--no-progress-meter", "--parallel",
             "--parallel-max", str(PARALLEL), "--noproxy", "*", "-K", words],
            check=True, stderr=subprocess.DEVNULL)
        self.alone.append(time.monotonic() - began)

    def show(self, name, took, more=""):
        """One line: seconds, and beside curl's."""
        alone = min(self.alone)
        missed = "" if took <= GOAL * alone else ", missed"
        print(f"{name:12}{took:8.2f} s{took / alone:7.2f} of curl's "
              f"{alone:.2f}  goal {GOAL}{missed}{more}", flush=True)


def check(what, got, want):
    """What was loaded must be right."""
    if got != want:
        sys.exit(f"{what}: {got}, must be {want}")


def first(bench):
    """All of them for the first time."""
    town = bench.town
    bench.curl()
    town.web.ask("reset")
    town.start()
    town.wait("loaded", town.feeds)
    bench.show("first", town.committed("delivery") - town.web.seen()["first"])
    check("values", town.counts()["observation"], 12 * town.feeds)


def unchanged(bench):
    """The next minute."""
    town = bench.town
    town.web.ask("reset")
    before, mark = town.counts(), town.daemon.mark()
    town.wait("unchanged", town.feeds, mark)
    seen = town.web.seen()
    time.sleep(2)                  # what the answers owed is written
    after = town.counts()
    wal = (after.pop("wal") - before.pop("wal")) / town.feeds
    check("rows after an unchanged round", after, before)
    bench.show("unchanged", town.committed("feed_state") - seen["first"],
               f"; {wal:.0f} bytes of WAL for each")
    town.stop()


def beside(bench):
    """Others, and three that never end."""
    town = bench.town
    town.web.ask("turn")
    bench.curl()
    town.add_endless()
    town.web.ask("reset")
    town.start()
    town.wait("loaded", town.feeds)
    bench.show("beside", town.committed("delivery") - town.web.seen()["first"])
    town.stop()


def collect(bench):
    """The command."""
    town = bench.town
    town.drop_endless()
    town.web.ask("turn")
    bench.curl()
    began = time.monotonic()
    town.collect("loaded")
    bench.show("collect", time.monotonic() - began)
    before = town.counts()
    began = time.monotonic()
    town.collect("unchanged")
    took = time.monotonic() - began
    after = town.counts()
    wal = (after.pop("wal") - before.pop("wal")) / town.feeds
    check("rows after an unchanged collection", after, before)
    bench.show("again", took, f"; {wal:.0f} bytes of WAL for each")


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    feeds = int(sys.argv[2]) if len(sys.argv) > 2 else 2000
    room = pathlib.Path(tempfile.mkdtemp(prefix="kpid-feeds-", dir="/tmp"))
    room.chmod(0o755)
    with Town(build / "kpid", room, feeds) as town:
        bench = Bench(town, room)
        print(f"{feeds} feeds, {os.cpu_count()} processors, load "
              f"{os.getloadavg()[0]:.1f}")
        for step in (first, unchanged, beside, collect):
            step(bench)


if __name__ == "__main__":
    main()
