#!/usr/bin/python3
"""docs/analysts.md against the database: each question is asked as an
analyst, and the answer is the one on the page.

A block of SQL and the block below it are a question and psql's answer; the
heading says of which database. With --write the page is given the answers.
"""
import os
import subprocess
import sys
import pathlib

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent
                       / "support"))
import flow  # noqa: E402
from programs import environment  # noqa: E402

PAGE = flow.TOP / "docs" / "analysts.md"
EXAMPLE = flow.TOP / "tests" / "cases" / "analysts" / "example.sql"
DEMO = "## Questions to the demonstration"
QUIET = ("-Xq", "-v", "ON_ERROR_STOP=1", "-P", "footer=off")


def example(*args):
    """psql on the example's database, which is the check's own."""
    server = {k: v for k, v in os.environ.items() if k.startswith("PG")}
    return subprocess.run(
        ("psql", *QUIET, *args), env={**environment(), **server,
                                      "PGCLIENTENCODING": "UTF8"},
        capture_output=True, text=True, encoding="utf-8", timeout=60,
        check=False)


def ask_example(_f, sql):
    """An analyst's question to the example, as on a replica."""
    return example("-c", "set default_transaction_read_only = on", "-c",
                   "set timezone = 'Asia/Tokyo'", "-c",
                   "set kpid.clock = '2024-10-15 09:00+09'", "-c",
                   "set role kpi_analyst", "-c", sql)


def ask_demo(f, sql):
    """An analyst's question to the demonstration's database."""
    return f.kpid("psql", "--", *QUIET, "-c", sql,
                  env={"PGCLIENTENCODING": "UTF8"})


def asked(f, ask, title, sql):
    """The lines of an answer."""
    run = ask(f, sql)
    out = run.stdout if ask is ask_example else run.out
    err = run.stderr if ask is ask_example else run.err
    f.ok(f"'{title}' is a question that an analyst may ask", err == "", err)
    return [line.rstrip() for line in out.splitlines() if line]


def walk(f, text):
    """The page again, with what the database answers."""
    out, sql, answer, fence, title = [], None, [], None, ""
    ask = None
    for line in text.splitlines():
        if line.startswith("## "):
            ask = ask_demo if line == DEMO else ask_example
        if line.startswith("### "):
            title = line[4:]
        if line.startswith("```") and fence is None:
            fence, answer = line, []
        elif line == "```":
            if fence == "```sql":
                sql = "\n".join(answer)
            elif sql:
                got = asked(f, ask, title, sql)
                f.same(f"'{title}' is answered as the page says", answer, got)
                f.ok(f"'{title}' has an answer", len(got) > 2, got)
                out[len(out) - len(answer):] = got
                sql = None
            fence = None
        elif fence is not None:
            answer.append(line)
        out.append(line)
    return "".join(f"{line}\n" for line in out)


def page(f):
    """docs/analysts.md"""
    f.demo()
    run = f.kpid("collect", "--all")
    f.ok("the demonstration's figures are collected", run.code == 0, run)
    run = example("-f", str(EXAMPLE))
    f.same("the example is loaded", (run.returncode, run.stderr), (0, ""))
    text = PAGE.read_text(encoding="utf-8")
    written = walk(f, text)
    f.ok("twenty questions at least", text.count("\n### ") >= 20)
    if "--write" in sys.argv:
        PAGE.write_text(written, encoding="utf-8")


if __name__ == "__main__":
    flow.main(page)
