#!/usr/bin/python3
"""A hundred thousand collections in one process: memory does not grow.

    many.py [COUNT]
"""
import os
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]
                       / "support"))
import flow  # noqa: E402

COUNT = sys.argv[1] if len(sys.argv) > 1 else "100000"
LOOP = pathlib.Path(os.environ.get("FLOW_PLAIN", flow.TOP / "build" / "flow"))


def many(f):
    """Many collections"""
    f.demo()
    run = subprocess.run(
        [LOOP / "collections_loop", f.config_path, "ueda-midterm",
         f.files / "ueda-midterm.csv", COUNT],
        capture_output=True, text=True, check=False)
    f.same("they all end well", (run.returncode, run.stderr), (0, ""))
    seen = [line.split() for line in run.stdout.splitlines()]
    for count, kb in seen:
        print(f"# {kb} KB after {count} collections")
    f.same("as many as were asked for", seen[-1][0], COUNT)
    f.ok("resident memory is what it was after a thousand",
         int(seen[-1][1]) <= int(seen[0][1]) * 1.05, run.stdout)


if __name__ == "__main__":
    flow.main(many)
