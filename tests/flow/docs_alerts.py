#!/usr/bin/python3
"""The examples of docs/alerts.md run as they stand."""
import pathlib
import re
import shlex
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent
                       / "support"))
import flow  # noqa: E402

PAGE = (flow.TOP / "docs" / "alerts.md").read_text(encoding="utf-8")
TARGET = "ueda-r6-7-2-4-helmet-subsidy"


def block(begin, language=""):
    """The lines of the block that begins so."""
    return re.search(rf"```{language}\n({re.escape(begin)}[^`]*)```",
                     PAGE)[1].splitlines()


def answer(f):
    """What kpi.alert says of the target's acknowledgement and silence."""
    return f.rows("select acked_by, silenced_by from kpi.alert"
                  f" where target = '{TARGET}'")


def commands(f):
    """The commands"""
    f.demo()
    f.kpid("collect", "--all")
    said = {}
    for line in block(f"kpid ack {TARGET}"):
        run = f.kpid(*shlex.split(line)[1:])
        f.ok(line, run.code == 0, run)
        said[shlex.split(line)[1]] = run.out
        if "--reason" in line:
            f.same("both are kept", answer(f), [["山田", "山田"]])
    f.says("the list says who has it in hand", said["alerts"], TARGET,
           "対応中 2024-11-30まで")
    f.same("lifted it is silent no more", answer(f), [["山田", ""]])
    f.same("a year is closed once", f.kpid(
        "close", "2024", "--by", "企画課").out, "nothing changed\n")
    run = f.kpid("close", "いつか", "--by", "企画課")
    f.ok("what is no year is refused", run.code == 2
         and "no fiscal year" in run.err, run)


def functions(f):
    """The functions of stewards"""
    f.admin("delete from kpid.year_reported; create role yamada in role"
            " kpi_steward")
    lines = block("select kpi.acknowledge", "sql")
    done = f.admin(f"set kpid.clock = '{flow.CLOCK}';"
                   " set session authorization yamada; " + "".join(
        re.sub("--.*", "", line) for line in lines))
    f.same("all of them run, and the year was open", done[-1], ["t"])
    f.same("by the name of who logged in, and the silence is lifted",
           answer(f), [["yamada", ""]])


def table(f):
    """The table of transitions"""
    page = [[c.strip() for c in line.strip("|").split("|")]
            for line in PAGE.splitlines()
            if re.match(r"\| [012](, [012])? \| [012]", line)]
    stored = {(int(told), int(level), says) for told, level, says in f.rows(
        "select told, level, coalesce(says, '') from kpi.alert_transition")}
    shown = {(int(told), int(level),
              "" if "none" in row[7]
              else row[7].split(",")[0].replace(" ", "_"))
             for row in page for told in row[0].split(",")
             for level in row[1].split(",")}
    f.same("the page has kpi.alert_transition and no more", shown, stored)


if __name__ == "__main__":
    flow.main(commands, functions, table)
