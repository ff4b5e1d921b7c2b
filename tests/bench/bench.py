#!/usr/bin/python3
"""bench.py BUILD: how fast and in how much memory bodies are read.

Each table of generate.py is read as a feed reads it (encoding found, decoded,
parsed, laid out, normalised), in turn with iconv, wc and mlr over the same
data, three times; the best run of each counts, by processor time, so that what
else the machine does counts little. The figures are ratios to bare
`iconv -f CP932 -t UTF-8` in the same run, so that they mean the same on every
machine. What is read must be right: observations and sum are compared with
what generate.py says. Nothing fails for being slow.

LONG=1 also reads 5 GB of CSV and 1 GB of JSON, for the memory.
The tables stay in BUILD/bench; `make clean` removes them.
"""

import os
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
RUNS = 3
MEMORY_MB = 64
# Feed, kind of table, megabytes, and the share of iconv's speed to reach.
TABLES = [
    ("plain", "plain", 100, 0.7),
    ("dirty", "dirty", 100, 0.4),
    ("rows", "json", 100, None),
]
LONG_TABLES = [("plain", "plain", 5000, None), ("rows", "json", 1000, None)]


def table(bench, kind, megabytes):
    """The path of a table, made when it is not there, and what is in it."""
    path = bench / f"{kind}-{megabytes}"
    note = bench / f"{kind}-{megabytes}.txt"
    script = HERE / "generate.py"
    if not note.exists() or note.stat().st_mtime < script.stat().st_mtime:
        print(f"making {path}", flush=True)
        out = subprocess.run(
            [sys.executable, script, kind, str(megabytes), path],
            check=True, capture_output=True, text=True).stdout
        note.write_text(out)
    return path, note.read_text().split()


def run(command):
    """Seconds of processor, and what it printed (little, or nothing)."""
    with open(os.devnull, "wb") as null:
        quiet = command[0] in ("iconv", "mlr")
        child = subprocess.Popen(
            command, stdout=null if quiet else subprocess.PIPE)
        said = b"" if quiet else child.stdout.read()
        _, child.returncode, used = os.wait4(child.pid, 0)
    if child.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}: failed")
    return used.ru_utime + used.ru_stime, said.decode()


def check(said, want, kind):
    """Observations and sum as they were generated, nothing refused; the peak
    memory in MB."""
    observations, rejects, findings, total, kib = said.split()
    if [observations, total] != want or (rejects, findings) != ("0", "0"):
        sys.exit(f"{kind}: read {said.strip()}, must be {' '.join(want)}")
    return int(kib) / 1024


class Line:
    """One thing measured: its best time and its most memory."""

    def __init__(self, name, command, path, goal=None, want=None):
        self.name, self.command, self.goal = name, command, goal
        self.want, self.best, self.memory = want, None, 0
        self.megabytes = path.stat().st_size / 1e6

    def run(self):
        took, said = run(self.command)
        if self.want:
            self.memory = max(self.memory, check(said, self.want, self.name))
        self.best = min(self.best or took, took)

    def speed(self):
        return self.megabytes / self.best

    def show(self, iconv):
        ratio = self.speed() / iconv.speed()
        goals = []
        if self.goal:
            goals.append(f"goal {self.goal}"
                         f"{'' if ratio >= self.goal else ', missed'}")
        if self.want:
            goals.append(f"goal {MEMORY_MB} MB"
                         f"{'' if self.memory <= MEMORY_MB else ', missed'}")
        memory = f"{self.memory:8.1f} MB" if self.want else ""
        print(f"{self.name:28}{self.speed():8.0f} MB/s{ratio:7.2f}{memory:11}"
              f"  {'; '.join(goals)}".rstrip())


def reader(build, bench, feed, kind, megabytes, goal):
    path, want = table(bench, kind, megabytes)
    command = [build / "bench" / "body", HERE / "kpid.json", feed, path]
    return Line(f"kpid {kind} {megabytes} MB", command, path, goal, want)


def others(bench):
    plain, _ = table(bench, "plain", 100)
    dirty, _ = table(bench, "dirty", 100)
    lines = [
        Line("iconv CP932 to UTF-8",
             ["iconv", "-f", "CP932", "-t", "UTF-8", dirty], dirty),
        Line("wc -l", ["wc", "-l", plain], plain),
    ]
    if shutil.which("mlr"):
        lines.append(Line("mlr --icsv --ojson cat",
                          ["mlr", "--icsv", "--ojson", "cat", plain], plain))
    else:
        print("mlr (package miller) is not there: not run")
    return lines


def main():
    build = pathlib.Path(sys.argv[1])
    bench = build / "bench"
    bench.mkdir(parents=True, exist_ok=True)
    tables = TABLES + (LONG_TABLES if os.environ.get("LONG") else [])
    lines = others(bench) + [reader(build, bench, *t) for t in tables]
    for nth in range(RUNS):
        for line in lines:
            if nth == 0 or line.megabytes < 500:
                line.run()
    print(f"\n{'':28}{'speed':>13}{'ratio':>7}{'memory':>11}")
    for line in lines:
        line.show(lines[0])


if __name__ == "__main__":
    main()
