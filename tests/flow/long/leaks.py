#!/usr/bin/python3
"""Two hundred collections in one process under valgrind: no invalid access,
nothing lost.

    leaks.py [COUNT]
"""
import os
import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]
                       / "support"))
import flow  # noqa: E402

COUNT = sys.argv[1] if len(sys.argv) > 1 else "200"
LOOP = pathlib.Path(os.environ.get("FLOW_PLAIN", flow.TOP / "build" / "flow"))


def clean(f):
    """Collections under valgrind"""
    f.demo()
    holder = f.hold()               # the server is not under valgrind
    log = f.dir / "valgrind"
    run = subprocess.run(
        ["valgrind", "--leak-check=full", "--show-leak-kinds=definite,indirect",
         "--errors-for-leak-kinds=definite,indirect", f"--log-file={log}",
         LOOP / "collections_loop", f.config_path, "ueda-midterm",
         f.files / "ueda-midterm.csv", COUNT],
        capture_output=True, text=True, check=False)
    holder.stop()
    said = log.read_text()
    f.same("they all end well", (run.returncode, run.stderr), (0, ""))
    f.says("no error is seen", said, "ERROR SUMMARY: 0 errors")
    lost = re.findall(r"(definitely|indirectly) lost: ([0-9,]+) bytes", said)
    f.ok("nothing is lost", all(n == "0" for _, n in lost), said)


if __name__ == "__main__":
    flow.main(clean)
