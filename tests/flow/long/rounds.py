#!/usr/bin/python3
"""A daemon's four processes over many rounds of many feeds, each of which
brings a new table every minute: their memory after the last round is what it
was after the second.

    rounds.py [FEEDS [ROUNDS]]     2,000 feeds, twelve rounds more: 26,000
"""
import os
import pathlib
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve()
sys.path.insert(0, str(HERE.parents[2] / "support"))
from feeds_town import Town  # noqa: E402

FEEDS = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 12
KPID = os.environ.get("KPID_PLAIN", HERE.parents[3] / "build" / "kpid")
GROWTH = 1.05
NAMES = ["kpid", "kpid-claimer", "kpid-loader", "kpid-mailer"]


def resident(town):
    """{name: KB} of the loop and of its workers."""
    found = {}
    for path in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            words = (path / "cmdline").read_bytes()
            text = (path / "status").read_text()
        except OSError:
            continue
        if str(town.room).encode() in words and b"kpid\0" in words:
            found[text.split("\t")[1].split("\n")[0]] = int(
                text.split("VmRSS:")[1].split()[0])
    return found


def main():
    room = pathlib.Path(tempfile.mkdtemp(prefix="kpid-rounds-", dir="/tmp"))
    room.chmod(0o755)
    with Town(KPID, room, FEEDS, "") as town:
        town.start()
        town.wait("loaded", FEEDS)
        seen = [sample(town, 1)]
        for n in range(ROUNDS):
            town.web.ask("turn")
            town.wait("loaded", FEEDS, town.daemon.mark())
            seen.append(sample(town, n + 2))
    early, late = seen[1], seen[-1]
    grown = {name: (kb, late.get(name)) for name, kb in early.items()
             if late.get(name, 0) > kb * GROWTH or name not in late}
    good = sorted(early) == NAMES and not grown
    print(f"{'ok' if good else 'not ok'} - resident memory of each process "
          f"is what it was after the second round {grown or ''}")
    sys.exit(not good)


def sample(town, rounds):
    """Memory when all is loaded, judged and at rest: the least of ten seconds,
    for on a slow machine the next round has begun by then."""
    found = {}
    for _ in range(20):
        time.sleep(0.5)
        for name, kb in resident(town).items():
            found[name] = min(kb, found.get(name, kb))
    print(f"# {rounds * FEEDS} collections: {found}", flush=True)
    return found


if __name__ == "__main__":
    main()
