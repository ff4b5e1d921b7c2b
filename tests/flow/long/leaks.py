#!/usr/bin/python3
"""Two hundred collections under valgrind, once in one process and once by a
daemon with its workers: no invalid access, nothing lost.

    leaks.py [COUNT]
"""
import os
import pathlib
import re
import signal
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve()
sys.path.insert(0, str(HERE.parents[2] / "support"))
sys.path.insert(1, str(HERE.parents[1]))
import flow  # noqa: E402
import daemon as town  # noqa: E402

COUNT = int(sys.argv[1]) if len(sys.argv) > 1 else 200
LOOP = pathlib.Path(os.environ.get("FLOW_PLAIN", flow.TOP / "build" / "flow"))
PLAIN = os.environ.get("KPID_PLAIN", flow.TOP / "build" / "kpid")
VALGRIND = ["valgrind", "--leak-check=full",
            "--show-leak-kinds=definite,indirect",
            "--errors-for-leak-kinds=definite,indirect"]
WORKERS = ["claimer", "loader", "mailer"]


def judge(f, who, said):
    """What valgrind wrote of one process at its end."""
    f.says(f"{who}: no error is seen", said, "ERROR SUMMARY: 0 errors")
    lost = re.findall(r"(definitely|indirectly) lost: ([0-9,]+) bytes", said)
    f.ok(f"{who}: nothing is lost", all(n == "0" for _, n in lost), said)


def clean(f):
    """Collections under valgrind"""
    f.demo()
    holder = f.hold()               # the server is not under valgrind
    log = f.dir / "valgrind"
    run = subprocess.run(
        [*VALGRIND, f"--log-file={log}",
         LOOP / "collections_loop", f.config_path, "ueda-midterm",
         f.files / "ueda-midterm.csv", str(COUNT)],
        capture_output=True, text=True, check=False)
    holder.stop()
    f.same("they all end well", (run.returncode, run.stderr), (0, ""))
    judge(f, "one process", log.read_text())


def daemon(f):
    """A daemon and its workers under valgrind"""
    for path in f.feeds_dir.glob("*.json"):
        path.unlink()
    flow.KPID = str(PLAIN)
    f.configure(clock=None, indicators="indicators.json",
                plans=[{"targets": "targets.csv"}])
    town.write(f.dir / "indicators.json", {"indicators": [town.INDICATOR]})
    town.write(f.dir / "targets.csv", town.HEADER + town.TARGET)
    town.figure(f, 4)
    feed = town.feed("live", f.url("live.csv"))
    f.mail_by(f.smtp(), tls="none")
    # A turn of its own for each: no schedule comes more often than a minute.
    for n in range(COUNT):
        name = f"f{n}"
        town.write(f.feeds_dir / f"{name}.json", {**feed, "feed": name})
    holder = f.hold()
    log, shim = f.dir / "process", f.dir / "self_exe.so"
    subprocess.run(("gcc", "-D_GNU_SOURCE", "-shared", "-fPIC", "-o", shim,
                    HERE.parent / "self_exe.c"), check=True)
    run = flow.Process(
        [*VALGRIND, "--trace-children=yes", f"--log-file={log}.%p", PLAIN,
         "-c", str(f.config_path), "run"],
        {**flow.environment(), "LD_PRELOAD": str(shim),
         "KPID_SELF": str(PLAIN)})
    f.started.append(run)
    done = flow.wait_until(lambda: len(set(re.findall(
        r"feed (f\d+): (?:loaded|unchanged)", run.text()))) >= COUNT, 300, 1)
    f.ok(f"{COUNT} feeds are collected", done, run.text()[-3000:])
    run.signal(signal.SIGTERM)
    f.same("SIGTERM ends it", run.wait(60), 0)
    seen = set()
    for path in f.dir.glob("process.*"):
        said = path.read_text()
        who = re.search(r"Command: .* (?:run|--worker (\w+) .*)\n", said)
        who = who and (who[1] or "loop")
        seen.add(who)
        judge(f, who, said)
    f.same("all four processes were seen", sorted(seen),
           sorted([*WORKERS, "loop"]))
    holder.stop()


if __name__ == "__main__":
    flow.main(clean, daemon)
