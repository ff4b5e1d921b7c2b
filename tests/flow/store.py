#!/usr/bin/python3
"""The store against its model, through the loader.

    store.py                  the histories, and random scripts
    store.py COUNT [SEED]     so many, from a seed
    store.py --play FILE      a script, such as a failure prints

The database is that of PGHOST, PGUSER and PGDATABASE, with our schema in it;
without PGHOST one is made and thrown away.
"""
import contextlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

TOP = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "tests" / "support"))
from seed import seed  # noqa: E402
from store_cover import Cover  # noqa: E402
from store_draw import Draw, smallest  # noqa: E402
from store_histories import HISTORIES, Teller  # noqa: E402
from store_play import Lines, Play, Psql, Together, Wrong  # noqa: E402
from store_words import database_url, write_configs  # noqa: E402

BIN = pathlib.Path(os.environ.get("FLOW_BIN", TOP / "build" / "flow"))
KPID = os.environ.get("KPID", str(TOP / "build" / "kpid"))
COUNT = 150         # of scripts, when it is not said; and..
ENOUGH = 150        # ..seconds, on a machine that has other work
SHORT, LONG = 9, 20  # the longest scripts; the latter when it is said


@contextlib.contextmanager
def database(folder):
    """(socket, user, database) of a server."""
    if "PGHOST" in os.environ:
        yield [os.environ[k] for k in ("PGHOST", "PGUSER", "PGDATABASE")]
        return
    script, place = str(TOP / "tests" / "support" / "pg.sh"), folder / "pg"
    try:
        subprocess.run(["sh", script, "start", place], check=True,
                       stdout=subprocess.DEVNULL)
        subprocess.run(["createdb", "-h", place, "-U", "kpid", "kpid"],
                       check=True)
        yield str(place), "kpid", "kpid"
    finally:
        subprocess.run(["sh", script, "stop", place], check=True)


class Bench:
    """A store, its driver, and who looks into it."""

    def __init__(self, folder, place):
        socket, user, base = place
        self.paths = write_configs(folder, database_url(*place))
        if "PGHOST" not in os.environ:
            subprocess.run([KPID, "-c", self.paths[0], "migrate"],
                           check=True, stdout=subprocess.DEVNULL)
        self.psql = Psql(f"host={socket} user={user} dbname={base}")
        self.cover = Cover(self.psql, base)
        self.driver = self.start()
        self.passed = self.failed = 0

    def start(self):
        """A driver."""
        return Lines([BIN / "store_driver", *self.paths])

    def wrong(self, script):
        """What is wrong with a script's answers, or None."""
        try:
            Play(self.driver, self.psql).run(script)
            self.cover.add()
        except Wrong as wrong:
            # It may be in the middle of an answer, or have ended.
            self.driver.program.kill()
            self.driver = self.start()
            return wrong
        return None

    def ok(self, what, wrong, script):
        """One check; of a script that fails, the smallest part."""
        self.passed += wrong is None
        self.failed += wrong is not None
        if wrong is None:
            return
        print(f"not ok - {what}\n# {wrong}".replace("\n", "\n# "))
        script = smallest(script, lambda part: getattr(
            self.wrong(part), "kind", None) == wrong.kind)
        print(f"# {self.wrong(script)}\n# the smallest script:".replace(
            "\n", "\n# "))
        for operation in script:
            print(json.dumps(operation, ensure_ascii=False))
        sys.stdout.flush()

    def close(self, all_ways):
        """The end of both programs. all_ways: none may be left out."""
        self.passed += 1
        if self.driver.close() != 0:
            print("not ok - the driver ends well")
            self.failed += 1
        missing = self.cover.missing()
        print(f"# {self.cover.told()}")
        if all_ways and missing:
            print(f"not ok - every way was gone\n# not: {missing}")
            self.failed += 1
        self.psql.close()


def histories(bench):
    """The written ones."""
    for told in HISTORIES:
        teller = Teller()
        told(teller)
        wrong = bench.wrong(teller.script)
        bench.ok(told.__doc__, wrong, teller.script)
        if wrong is None:
            print(f"ok - {told.__doc__}")


def drawn(bench, count, first, longest, seconds):
    """Random ones; whether there was time for all of them."""
    print(f"# {count} scripts from seed {first}", flush=True)
    began = time.monotonic()
    done = 0
    while (done < count and bench.failed < 4
           and time.monotonic() - began < seconds):
        script = Draw(first + done).draw(longest)
        bench.ok(f"script {first + done}", bench.wrong(script), script)
        done += 1
    print(f"{'not ok' if bench.failed else 'ok'} - {done} scripts, "
          f"{time.monotonic() - began:.0f} s")
    return done == count


def together(bench, loads, first):
    """Two loaders at once, each with its files."""
    print(f"# two loaders, {loads} batches each", flush=True)
    drivers = [bench.driver, bench.start()]
    scripts = []
    for name in "ab":
        draw = Draw(f"{name}{first}")
        script = [draw.load() if draw.chance(90) or not draw.names
                  else draw.retract() for _ in range(loads)]
        for number, told in enumerate(
                told for o in script for told in o.get("files", ())):
            # Receipts overtake each other, and no two bodies are the same.
            told.update(id=name + told["id"], at=draw.r.randint(0, 2 * loads),
                        rows=told["rows"] + [f"2024-09,甲,女,{number},"])
        scripts.append([{**o, "of": name + o["of"]} if "of" in o else o
                        for o in script])
    try:
        Together(drivers, bench.psql).run(scripts)
        wrong = None
    except Wrong as fault:
        wrong = fault
        print(f"# {wrong}")
    print(f"{'not ok' if wrong else 'ok'} - two loaders at once")
    bench.passed += wrong is None
    bench.failed += wrong is not None
    drivers[1].close()


def play(bench, path):
    """A script that stands in a file."""
    with open(path, encoding="utf-8") as lines:
        script = [json.loads(line) for line in lines
                  if line.startswith("{")]
    bench.ok(path, bench.wrong(script), script)


def test(bench, args):
    """Everything; whether it was enough to go every way."""
    count = args[0] if args else COUNT
    number = seed(args, 1)
    histories(bench)
    every = drawn(bench, count, number, LONG if args else SHORT,
                  float("inf") if args else ENOUGH)
    together(bench, min(max(count // 6, 5), 100), number)
    return every and count >= COUNT


def main(args):
    """The exit code."""
    with tempfile.TemporaryDirectory(prefix="kpid-model-") as name:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        with database(folder) as place:
            bench = Bench(folder, place)
            all_ways = False
            if args[:1] == ["--play"]:
                play(bench, args[1])
            else:
                all_ways = test(bench, [int(arg) for arg in args])
            bench.close(all_ways)
    print(f"{bench.passed} passed, {bench.failed} failed")
    return bench.failed != 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
