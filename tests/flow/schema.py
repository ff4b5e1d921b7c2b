#!/usr/bin/python3
"""docs/schema.md is what sql/er.sql prints of the schema as it is.

With --write the page is printed anew.
"""
import os
import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent
                       / "support"))
import flow  # noqa: E402
from programs import environment  # noqa: E402

PAGE = flow.TOP / "docs" / "schema.md"


def current(f):
    """docs/schema.md"""
    server = {k: v for k, v in os.environ.items() if k.startswith("PG")}
    run = subprocess.run(
        ("psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-f",
         str(flow.TOP / "sql" / "er.sql")),
        env={**environment(), **server, "PGCLIENTENCODING": "UTF8"},
        capture_output=True, text=True, encoding="utf-8", timeout=60,
        check=False)
    f.same("the catalogue is printed", (run.returncode, run.stderr), (0, ""))
    if "--write" in sys.argv:
        PAGE.write_text(run.stdout, encoding="utf-8")
    page = PAGE.read_text(encoding="utf-8")
    f.ok("docs/schema.md is current (tests/flow/schema.py --write makes it "
         "so)", page == run.stdout,
         "\n".join(set(run.stdout.splitlines())
                   ^ set(page.splitlines())))
    diagram = re.search("```mermaid\n(.*?)```", run.stdout, re.S)[1]
    entities = set(re.findall(r"^    (\w+) \{$", diagram, re.M))
    lines = re.findall(r"^    (\w+) \|\|(?:--|\.\.)o\{ (\w+) : \"[\w, ]+\"$",
                       diagram, re.M)
    f.ok("its lines join tables that are in it",
         lines and all(end in entities for line in lines for end in line),
         lines)
    f.ok("values hang on their series and their delivery",
         {("series", "observation"), ("delivery", "observation"),
          ("series", "superseded"), ("feed", "delivery")} <= set(lines), lines)


if __name__ == "__main__":
    flow.main(current)
