"""Plays a script against the model and through the loader, and compares.

A script is a list of operations, each a dictionary that JSON can write:

  load     config N, files [{id, feed, at, published?, rows, ..}], dry?
  again    config N, of ID, id: a delivery mapped again; dry?
  retract  of ID
  forget   what the store remembers to be quick, but need not know

An operation about something that is not there (any more) is nothing: so a
script can be cut anywhere.
"""
import copy
import subprocess
import threading
from collections import Counter
from decimal import Decimal
from pathlib import Path

from store_model import Counts, Delivery, Store
from store_words import CONFIGS, body, file_of, instant

ANSWERS = (Path(__file__).parent / "store_answers.sql").read_text()
# What is emptied between two scripts; feeds and indicators stay.
EMPTY = """select format('truncate %s restart identity cascade',
                         string_agg(c.oid::regclass::text, ', '))
  from pg_class c
 where c.relnamespace = 'kpid'::regnamespace and c.relkind = 'r'
   and (c.relname in ('event', 'body', 'owed', 'feed_state',
                         'digests_stale')
        or exists (select from pg_attribute a
                    where a.attrelid = c.oid
                      and a.attname in ('delivery', 'series')))"""
NOTHING = Counts(0, 0, 0, 0, 0, 0)


class Wrong(Exception):
    """The two do not answer the same; about what, and how."""

    def __init__(self, kind, text=""):
        super().__init__(f"{kind}{text}")
        self.kind = kind


def check(kind, got, want, where=""):
    """Ends the play where they differ."""
    if got != want:
        raise Wrong(kind, f" {where}\n  store {got!r}\n  model {want!r}")


class Lines:
    """A program that is asked on its standard input."""
    END = "end"

    def __init__(self, command):
        self.program = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, encoding="utf-8")

    def tell(self, line):
        """A line without an answer."""
        self.program.stdin.write(line + "\n")

    def ask(self, line):
        """A line, and the answer's lines as lists of words."""
        lines = []
        try:
            self.tell(line)
            self.program.stdin.flush()
        except BrokenPipeError:
            raise Wrong("the program ended before") from None
        for line in self.program.stdout:
            if line != self.END + "\n":
                lines.append(line.rstrip("\n"))
            elif any(a.startswith(("error", "ERROR:")) for a in lines):
                break
            else:
                return [words.split("\t") for words in lines]
        raise Wrong("\n".join(lines)[-3000:] or "the program ended")

    def close(self):
        """Waits for its end."""
        self.program.communicate()
        return self.program.wait()


class Psql(Lines):
    """Whoever may do everything."""

    def __init__(self, database):
        super().__init__(["psql", "-XAtq", "-F", "\t", "-d", database])
        self.tell("set client_min_messages = error;")

    def ask(self, sql):
        return super().ask(f"{sql};\n\\echo {self.END}")

    def empty(self):
        """The store as it is made."""
        (statement,), = self.ask(EMPTY)
        self.ask(statement)

    def forget(self):
        """Takes away the digests, when there are any."""
        for table, column in self.ask(
                "select table_name, column_name from information_schema"
                ".columns where table_schema = 'kpid' and table_name in"
                " ('feed_series', 'delivery', 'feed')"
                " and column_name like '%digest%'"):
            self.ask(f"update kpid.{table} set {column} = null")


class Play:
    """One script at work."""

    def __init__(self, driver, psql):
        self.driver, self.psql = driver, psql
        self.store = Store()
        self.config = None
        self.told = {}          # files by the name of their delivery
        self.deliveries = {}    # of the model, by name
        self.numbers = {}       # of the store, by the model's delivery
        self.seen = Counter()

    def run(self, script):
        """Plays all of it; Wrong says where they differ."""
        self.psql.empty()
        for operation in script:
            getattr(self, operation["op"])(operation)
        self.compare()

    # The operations.

    def choose(self, number):
        """The configuration of what follows."""
        if number != self.config:
            self.driver.ask(f"config\t{number}")
            self.config = number

    def forget(self, _operation):
        """What must change nothing."""
        self.psql.forget()

    def retract(self, operation):
        """A delivery is retracted."""
        d = self.deliveries.get(operation["of"])
        if d is not None:
            (done,), = self.driver.ask(f"retract\t{self.numbers[d]}")
            check("retracted", done, "ft"[self.store.retract(d)], operation)

    def load(self, operation):
        """A batch of files."""
        files = operation["files"]
        self.choose(operation["config"])
        for told in files:
            self.driver.tell(self.words(told))
        model = self.trial(operation)
        received = []
        for told in files:
            config = CONFIGS[self.config][told["feed"]]
            d = model.receive(file_of(told, config))
            # What it repeats: the last one now, before the next file comes.
            received.append((d, d or model.last(told["feed"])))
        self.finish(operation, model, received, files)

    @staticmethod
    def words(told):
        """A file as the driver is told of it."""
        text = body(told).replace("\n", "|")
        return (f"body\t{told['feed']}\t{instant(told['at'])}\t"
                f"{instant(told.get('published'))}\t{text}")

    def again(self, operation):
        """A delivery is mapped again."""
        old = self.deliveries.get(operation["of"])
        if old is None:
            return
        self.choose(operation["config"])
        told = self.told[operation["of"]]
        self.driver.tell(f"again\t{told['feed']}\t{self.numbers[old]}")
        model = self.trial(operation)
        file = file_of(told, CONFIGS[self.config][told["feed"]], again=True)
        file.fetched, file.published = old.file.fetched, old.file.published
        old = model.deliveries[old.arrival - 1]
        d = model.again(old, file)
        self.finish(operation, model, [(d, d)],
                    [{**told, "id": operation["id"]}])

    def trial(self, operation):
        """The model, or one that is thrown away."""
        return copy.deepcopy(self.store) if operation.get("dry") \
            else self.store

    def finish(self, operation, model, received, files):
        """Loads what was received on both sides: (delivery, or the one that a
        file repeats) of each file."""
        fresh = [d for d, _ in received if d is not None and d.loads()]
        counts = {d.arrival: model.load(d)
                  for d in sorted(fresh, key=lambda d: d.rank)}
        dry = operation.get("dry")
        results = self.driver.ask("dry" if dry else "load")
        check("results", len(results), len(files), operation)
        for told, (d, last), result in zip(files, received, results):
            outcome, number, *numbers = result[:8]
            self.seen[outcome] += 1
            want = self.expected(d, last, counts)
            got = outcome, (Counts(*map(int, numbers))
                            if outcome == "loaded" else NOTHING)
            check("result", got, want, f"{told['id']} {result[8:]} {operation}")
            if d is not None and not dry:
                self.told[told["id"]] = told
                self.deliveries[told["id"]] = d
                self.numbers[d] = int(number)

    @staticmethod
    def expected(d, last, counts):
        """What the loader should say of a file."""
        if last.file.failed:
            return "failed", NOTHING
        if last.file.held and last.retracted is None:
            return "held", NOTHING
        return ("loaded", counts[d.arrival]) if d else ("unchanged", NOTHING)

    # The comparison.

    def compare(self):
        """Everything that a reader may ask."""
        got = {}
        for what, *words in self.psql.ask(ANSWERS):
            got.setdefault(what, []).append(words)
        for kind in ("overlap", "sums"):
            check(kind, got.get(kind, []), [])
        self.by_number = {str(n): d for d, n in self.numbers.items()}
        self.compare_log(got)
        for event in range(1, len(self.store.events) + 1):
            self.compare_answers("as of", event, got,
                                 self.store.as_of(event), event=event)
        self.compare_answers("latest", "", got, self.store.latest())
        for d, number in self.numbers.items():
            self.compare_answers("as published", number, got,
                                 self.store.as_published(d.vintage),
                                 published=d.vintage)
        self.compare_releases(got)

    def compare_log(self, got):
        """Events, and the lines that could not be read."""
        check("events", [(kind, self.by_number.get(number))
                         for kind, number in got.get("event", [])],
              self.store.events)
        check("rejects",
              Counter((self.by_number[n], int(line or 0))
                      for n, line in got.get("reject", [])),
              Counter((d, line) for d in self.store.deliveries
                      if d.loaded for line in d.rejects))

    def compare_answers(self, kind, when, got, want, **cited):
        """Values by key; each must cite who says so, and where."""
        answers = {}
        for words in got.get(f"{kind} {when}".strip(), []):
            key, said, number, line = self.parse(words)
            answers[key] = said
            check(f"citation of {kind}", self.cited(
                key, said, self.by_number[number], line, **cited), True,
                f"{when}: {words}")
        check(kind, answers, {k: a.said for k, a in want.items()}, when)

    def cited(self, key, said, d, line, event=None, published=None):
        """Did that delivery say so there, and did it count then? No line: its
        rows were not sent, because an earlier one said all of the same."""
        return (d in self.store.active(event)
                and (published is None or d.vintage <= published)
                and any(row.line == (line or row.line)
                        and (row.key, row.said) == (key, said)
                        for row in d.file.rows))

    @staticmethod
    def parse(words):
        """org, sex, month, value, mark, delivery, line"""
        org, sex, month, value, mark, number, line = words
        key = (int(org), sex), int(month)
        return (key, (Decimal(value) if value else None, mark), number,
                int(line or 0))

    def compare_releases(self, got):
        """First releases and revisions, each by whom."""
        first, revised = {}, {}
        for words in got.get("first", []):
            key, said, number, _ = self.parse(words)
            first[key] = (said, self.by_number[number])
        for words in got.get("revision", []):
            old = Decimal(words[-1]) if words[-1] else None
            key, said, number, _ = self.parse(words[:-1])
            revised.setdefault(key, []).append(
                (old, said, self.by_number[number]))
        chains = {k: self.store.releases(k) for k in self.store.keys()}
        check("first release", first,
              {k: chain[0] for k, chain in chains.items() if chain})
        # What was withdrawn stands in the view without its end.
        plain = [k for k in chains if not self.store.withdrawn(k)]
        check("revisions", {k: revised.get(k, []) for k in plain}, {
            k: [(old.value, new, d)
                for old, new, d in self.store.revisions(k)] for k in plain})


class Together(Play):
    """Several loaders at work on one store: the model follows the events."""

    def __init__(self, drivers, psql):
        super().__init__(drivers[0], psql)
        self.drivers, self.results = drivers, {}

    def run(self, scripts):
        """A script for each of the loaders; batches and retractions."""
        self.psql.empty()
        for driver in self.drivers:
            driver.ask("config\t0")
        faults = []
        threads = [threading.Thread(target=self.one, args=(*pair, faults))
                   for pair in zip(self.drivers, scripts)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if faults:
            raise faults[0]
        self.follow()
        self.compare()

    def one(self, driver, script, faults):
        """One loader's work."""
        numbers = {}
        try:
            for operation in script:
                if operation["op"] == "retract":
                    if operation["of"] in numbers:
                        driver.ask(f"retract\t{numbers[operation['of']]}")
                    continue
                for told in operation["files"]:
                    driver.tell(self.words(told))
                for told, result in zip(operation["files"],
                                        driver.ask("load")):
                    if result[0] == "loaded":
                        numbers[told["id"]] = int(result[1])
                        self.results[int(result[1])] = told, result
        except Wrong as wrong:
            faults.append(wrong)

    def follow(self):
        """The model loads and retracts in the order of the events."""
        for number, (told, _) in sorted(self.results.items()):
            d = Delivery(number, file_of(told, CONFIGS[0][told["feed"]]))
            self.store.deliveries.append(d)
            self.numbers[d] = number
        found = {n: d for d, n in self.numbers.items()}
        for kind, number in self.psql.ask(
                "select kind, delivery from kpi.event order by event"):
            check("delivery", int(number) in found, True, number)
            d = found[int(number)]
            if kind == "retract":
                self.store.retract(d)
            else:
                check("counts", Counts(*map(int, self.results[
                    int(number)][1][2:8])), self.store.load(d), number)
