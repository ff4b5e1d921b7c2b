#!/usr/bin/python3
"""store.py BUILD [N]: what questions and merges cost in a large store.

N of the nation, 0.1 or 1 (the whole: 1,741 municipalities x 60 indicators x
120 months are 12.5 million values, 5 % of them revised), in a PostgreSQL of
its own that is filled by store/fill.sql. The questions of store/questions.sql
are asked as an analyst, warm; the median counts, and its ratio to a plain
question of the same run. Then the real kpid imports monthly deliveries beside
a staged merge in plain SQL, and every town's sixty targets are judged.

Printed: rows, milliseconds, blocks read and, when the other size was run
before, how the blocks of one row compare with it: 1.0 is proportional to what
is returned. Plans stand in BUILD/bench/store-N/plans. Nothing fails for being
slow.

KEEP=1 leaves the filled database running for the next run; without it nothing
is left but the plans. ONLY=TEXT asks the questions with TEXT in their names.
"""

import json
import os
import pathlib
import re
import statistics
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / "store"))
import merges  # noqa: E402
from rig import LONGEST_S, Rig  # noqa: E402

SPENT_S = 3         # no more runs when those before took this long
RUNS = 9
QUESTION = re.compile(r"^-- (.+?) \| (.*?)\|(.*)$")


class Question:
    """A question, and what it took."""

    def __init__(self, name, base, goal):
        self.name, self.base, self.goal = name, base, goal
        self.sql, self.ms, self.rows, self.blocks = "", None, 0, 0

    def ask(self, session, plans):
        took = []
        while not took or (len(took) < RUNS
                             and sum(took) < SPENT_S * 1000):
            took.append(session.time(self.sql))
        self.ms = statistics.median(took)
        plan = session.text("explain (analyze, buffers, timing off)\n"
                            + self.sql)
        self.rows = int(re.search(r"actual rows=(\d+)", plan)[1])
        first = re.search(r"Buffers: shared(.*)", plan)
        self.blocks = sum(int(n) for n in re.findall(
            r"(?:hit|read)=(\d+)", first[1] if first else ""))
        name = re.sub(r"\W+", "-", self.name)
        (plans / f"{name}.txt").write_text(self.sql + "\n" + plan)

    def missed(self, base):
        """Whether a goal was set and is missed."""
        if not self.goal:
            return False
        if self.goal.startswith("+"):
            return self.ms - (base.ms if base else 0) > float(self.goal)
        return self.ms / base.ms > float(self.goal)

    def record(self):
        return {"ms": self.ms, "rows": self.rows, "blocks": self.blocks}

    def line(self, base, other):
        ratio = f"{self.ms / base.ms:7.2f}" if base else " " * 7
        goal = f"goal {self.goal}" if self.goal else ""
        grows = " " * 7
        if other and other["rows"] and self.rows:
            a_row = max(other["blocks"], 1) / other["rows"]
            grows = f"{self.blocks / self.rows / a_row:7.2f}"
        return (f"{self.name:46}{self.rows:9}{self.ms:10.1f}{self.blocks:9}"
                f"{grows}{ratio}  {goal}"
                f"{', missed' if self.missed(base) else ''}".rstrip())


def questions(path):
    """What a file asks, in its order."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        head = QUESTION.match(line)
        if head:
            found.append(Question(*(part.strip() for part in head.groups())))
        elif found and not line.startswith("--"):
            found[-1].sql += line + "\n"
    return found


def ask_all(rig, session, file, other):
    """Asks, prints a line each, and returns what was seen by name."""
    seen, only = {}, os.environ.get("ONLY", "")
    print(f"\n{'':46}{'rows':>9}{'ms':>10}{'blocks':>9}{'a row':>7}"
          f"{'ratio':>7}")
    asked = questions(HERE / "store" / file)
    needed = {q.base for q in asked if only in q.name}
    for question in asked:
        if only in question.name or question.name in needed:
            try:
                question.ask(session, rig.plans)
            except TimeoutError:
                print(f"{question.name:46} more than {LONGEST_S} s",
                      flush=True)
                continue
            seen[question.name] = question
            print(question.line(seen.get(question.base),
                                other.get(question.name)), flush=True)
    return {name: q.record() for name, q in seen.items()}


def indexes(rig):
    """Which keys and indexes were used, and how large they are."""
    print(f"\n{'index':42}{'scans':>10}{'MB':>8}")
    for name, scans, size in rig.rows("""
            select s.indexrelname, s.idx_scan,
                   round(pg_relation_size(s.indexrelid) / 1e6, 1)
              from pg_stat_user_indexes s
             where s.schemaname = 'kpid'
               and pg_relation_size(s.indexrelid) > 100000
             order by pg_relation_size(s.indexrelid) desc"""):
        print(f"{name:42}{scans:>10}{size:>8}")


def sizes(rig):
    """What a row takes in the heap and in the keys."""
    print(f"\n{'table':20}{'rows':>12}{'heap MB':>9}{'keys MB':>9}"
          f"{'a row':>7}{'its keys':>9}")
    for table in ("observation", "superseded", "confirmed", "series",
                  "feed_series", "delivery", "event", "delivery_shape"):
        rows, heap, keys = (int(v) for v in rig.rows(f"""
            select count(*), pg_table_size('kpid.{table}'),
                   pg_indexes_size('kpid.{table}') from kpid.{table}""")[0])
        print(f"{table:20}{rows:12}{heap / 1e6:9.1f}{keys / 1e6:9.1f}"
              f"{heap / rows:7.0f}{keys / rows:9.0f}")


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    share = float(sys.argv[2] if len(sys.argv) > 2 else 0.1)
    results = build / "bench" / f"store-{share:g}.json"
    other = build / "bench" / f"store-{0.1 if share == 1 else 1:g}.json"
    known = json.loads(other.read_text()) if other.exists() else {}
    with Rig(build, share) as rig:
        rig.fill()
        sizes(rig)
        session = rig.session("kpi_analyst")
        seen = ask_all(rig, session, "questions.sql", known)
        if not os.environ.get("ONLY"):
            merges.run(rig)
        rig.run_sql("targets.sql")
        seen.update(ask_all(rig, rig.session(None), "judging.sql", known))
        indexes(rig)
    if results.exists():
        seen = {**json.loads(results.read_text()), **seen}
    results.write_text(json.dumps(seen, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
