"""The rules of the store as written histories, each with what it must answer.

A history is told to a Teller: the model answers at once, and the script that
it leaves is played through the loader (store_play.py).
"""
from decimal import Decimal as D

from store_model import Answer, Said, Store
from store_words import CONFIGS, file_of

JAN, FEB, MAR = 1, 2, 3
SERIES = (202037, "男")
HISTORIES = []


def history(told):
    """Adds it to the list."""
    HISTORIES.append(told)
    return told


def row(month, number, status="", town="甲"):
    """A line of CSV about one month."""
    return f"2024-{month:02},{town},男,{number},{status}"


class Teller:
    """Tells the model, and writes down what it told."""

    def __init__(self):
        self.store, self.script, self.now = Store(), [], 0

    # What happens. rows: {month: number}, or a list of (month, number).

    def file(self, feed, rows, at=None, published=None, withdraw=False,
             more=(), window=None):
        """A file about one series. window: another series states its first
        and last month, so that the file is complete about all between."""
        self.now = max(self.now + 1, at or 0)
        pairs = rows.items() if isinstance(rows, dict) else rows
        lines = [row(m, *(n if isinstance(n, tuple) else (n,)))
                 for m, n in pairs]
        lines += [row(m, 0, town="乙") for m in window or ()]
        told = {"id": f"d{self.now}", "feed": feed, "at": self.now,
                "rows": lines + list(more)}
        if published is not None:
            told["published"] = published
        return told, 2 if withdraw else 0

    def batch(self, *files):
        """Files loaded at once, in publishing order; their counts."""
        config = files[0][1]
        self.script.append({"op": "load", "config": config,
                            "files": [told for told, _ in files]})
        self.told = [self.store.receive(
            file_of(told, CONFIGS[config][told["feed"]]))
            for told, _ in files]
        return [self.store.load(d) for d in self.told
                if d is not None and d.loads()]

    def put(self, feed, rows, **how):
        """One file loaded; its counts, or None when it is no new one."""
        counts = self.batch(self.file(feed, rows, **how))
        return counts[0] if counts else None

    def retract(self, number):
        """The number-th file is retracted."""
        d = self.store.deliveries[number - 1]
        self.script.append({"op": "retract", "of": self.names()[d]})
        return self.store.retract(d)

    def again(self, number):
        """The number-th file is mapped again: a thousand is one now."""
        old = self.store.deliveries[number - 1]
        name = self.names()[old]
        told = next(t for o in self.script for t in o.get("files", ())
                    if t["id"] == name)
        self.script.append({"op": "again", "of": name, "config": 1,
                            "id": f"r{number}"})
        file = file_of(told, CONFIGS[1][told["feed"]], again=True)
        return self.store.load(self.store.again(old, file))

    def names(self):
        """Names of deliveries; those of files are by their receipt."""
        return {d: f"d{d.file.fetched}" if not d.replaces
                else f"r{d.replaces.arrival}" for d in self.store.deliveries}

    # What is answered.

    def same(self, what, got, want):
        """One expectation."""
        if got != want:
            raise AssertionError(f"{what}\n  got  {got!r}\n  want {want!r}")

    def latest(self, **when):
        """{month: value} of the series."""
        return {k[1]: a.said.value
                for k, a in self.store.answers(**when).items()
                if k[0] == SERIES}

    def steps(self, month):
        """What was answered for a month, one after the other."""
        return [said and (said.mark if said.value is None else said.value)
                for said in self.store.history((SERIES, month))]

    def chain(self, month):
        """What was published for a month, equal neighbours folded."""
        values = [a.said.value
                  for a in self.store.releases((SERIES, month))]
        return [b for a, b in zip([None] + values, values) if a != b]


@history
def revise_and_confirm(s):
    """A revision, and the same in other bytes"""
    s.put("f", {JAN: 10})
    c = s.put("f", {JAN: 12, FEB: 1})
    s.same("second", (c.revised, c.inserted), (1, 1))
    s.same("again", s.put("f", {FEB: 1, JAN: 12}).unchanged, 2)
    s.same("steps", s.steps(JAN), [10, 12])


@history
def scale_is_no_revision(s):
    """1.50 is 1.5; another status is a revision of size 0"""
    s.put("f", {JAN: "1.5"})
    s.same("1.50", s.put("f", {JAN: "1.50"}).unchanged, 1)
    s.same("status", s.put("f", {JAN: ("1.5", "p")}).revised, 1)


@history
def number_to_missing_and_back(s):
    """A missing value is a row"""
    s.put("f", {JAN: 7})
    s.same("missing", s.put("f", {JAN: "…"}).revised, 1)
    s.put("f", {JAN: 7})
    s.same("steps", s.steps(JAN), [7, "not_available", 7])


@history
def a_b_a(s):
    """The bytes of the first come again after a second: a new delivery"""
    s.put("f", {JAN: 10})
    s.put("f", {JAN: 12})
    s.same("third", s.put("f", {JAN: 10}).revised, 1)
    s.same("fourth", s.put("f", {JAN: 10}), None)
    s.same("latest", s.latest(), {JAN: 10})


@history
def retracted_bytes_stay_out(s):
    """The source still serves what was retracted"""
    s.put("f", {JAN: 10})
    s.put("f", {JAN: 999})
    s.retract(2)
    s.same("the same", s.put("f", {JAN: 999}), None)
    s.same("latest", s.latest(), {JAN: 10})
    s.put("f", {JAN: 11})
    s.same("after another", s.put("f", {JAN: 999}).revised, 1)


@history
def retract_newest(s):
    """The earlier value returns, known from the retraction"""
    s.put("f", {JAN: 10})
    s.put("f", {JAN: 12, FEB: 5})
    s.retract(2)
    s.same("steps", (s.steps(JAN), s.steps(FEB)), ([10, 12, 10], [5, None]))
    s.same("chain", s.chain(JAN), [10])
    s.same("twice", s.retract(2), False)


@history
def retract_middle(s):
    """Nothing changes from now on, but the chain"""
    for value in (10, 12, 13):
        s.put("f", {JAN: value})
    s.retract(2)
    s.same("steps", s.steps(JAN), [10, 12, 13])
    s.same("chain", s.chain(JAN), [10, 13])


@history
def retract_confirmed(s):
    """The third said 12 itself: 10 does not return"""
    s.put("f", {JAN: 10})
    s.put("f", {JAN: 12, FEB: 1})
    s.put("f", {JAN: 12, FEB: 2})
    s.retract(2)
    s.same("latest", s.store.latest()[SERIES, JAN],
           Answer(Said(D(12), "A"), s.store.deliveries[2]))


@history
def retract_then_retract(s):
    """One after the other, until nothing is left"""
    for value in (10, 12, 13):
        s.put("f", {JAN: value})
    s.retract(2)
    s.retract(3)
    s.same("first", s.latest(), {JAN: 10})
    s.retract(1)
    s.same("nothing", s.latest(), {})


@history
def corrected_correction(s):
    """Under one published date the later receipt wins"""
    for value in (10, 11, 12):
        s.put("f", {JAN: value}, at=100 + value, published=100)
    s.same("latest", s.latest(), {JAN: 12})
    s.same("steps", s.steps(JAN), [10, 11, 12])


@history
def correction_of_a_correction_taken_back(s):
    """A corrected file, itself corrected: back to the first correction"""
    for number, value in enumerate((10, 100, 12), 1):
        s.put("f", {JAN: value, FEB: 5}, published=number)
    s.same("one after the other", s.chain(JAN), [10, 100, 12])
    s.retract(3)
    s.same("steps", s.steps(JAN), [10, 100, 12, 100])
    s.retract(2)
    s.same("and to the file", s.steps(JAN), [10, 100, 12, 100, 10])
    s.same("chain", s.chain(JAN), [10])
    s.same("said alike by all", (s.steps(FEB), s.latest()[FEB]), ([5], 5))


@history
def older_file_late(s):
    """An older file serves where it alone has the key"""
    s.put("f", {JAN: 20}, at=300, published=200)
    c = s.put("f", {JAN: 10, FEB: 1}, at=400, published=100)
    s.same("counts", (c.inserted, c.revised), (2, 0))
    s.same("latest", s.latest(), {JAN: 20, FEB: 1})
    s.same("as of", s.latest(event=1), {JAN: 20})
    s.same("as published", s.latest(published=150), {JAN: 10, FEB: 1})


@history
def older_file_between_confirmations(s):
    """January 10, March 10 again, then February's 20: 10 stays"""
    s.put("f", {JAN: 10}, at=10, published=1)
    s.put("f", {JAN: 10, FEB: 1}, at=30, published=3)
    s.same("revises January",
           s.put("f", {JAN: 20}, at=40, published=2).revised, 1)
    s.same("latest", s.latest(), {JAN: 10, FEB: 1})
    s.same("chain", s.chain(JAN), [10, 20, 10])


@history
def backfill_in_any_order(s):
    """The true history is rebuilt"""
    for published, value in ((3, 13), (1, 11), (2, 12)):
        s.put("f", {JAN: value}, published=published, at=100)
    s.same("chain", s.chain(JAN), [11, 12, 13])
    s.same("latest", s.latest(), {JAN: 13})
    s.same("nothing then", s.latest(event=0), {})


@history
def published_date_only(s):
    """A bare date is the end of its day, and never after the receipt"""
    s.put("f", {JAN: 1}, at=10.4)
    s.put("f", {JAN: 2}, at=10.6, published=11)
    s.same("latest", s.latest(), {JAN: 2})


@history
def published_in_the_future(s):
    """What is published counts from its receipt at the latest"""
    s.put("f", {JAN: 1}, at=10, published=99)
    s.put("f", {JAN: 2}, at=20)
    s.same("latest", s.latest(), {JAN: 2})


@history
def keep_and_return(s):
    """A feed that keeps"""
    s.put("f", {JAN: 1, FEB: 2})
    s.put("f", {JAN: 1})
    s.same("kept", s.latest(), {JAN: 1, FEB: 2})
    s.same("returns", s.put("f", {FEB: 2}).unchanged, 1)


@history
def keep_and_return_changed(s):
    """What was left out for a while comes back with another value"""
    s.put("f", {JAN: 1, FEB: 2})
    s.put("f", {JAN: 1, MAR: 3})
    s.same("returns", s.put("f", {FEB: 5}).revised, 1)
    s.same("steps", s.steps(FEB), [2, 5])


@history
def withdraw_and_return_changed(s):
    """A row that returns with another value is inserted, not revised"""
    how = {"withdraw": True, "window": (1, 9)}
    s.put("f", {JAN: 1, FEB: 2}, **how)
    s.put("f", {JAN: 1}, **how)
    c = s.put("f", {JAN: 1, FEB: 5}, **how)
    s.same("counts", (c.inserted, c.revised), (1, 0))
    s.same("steps", s.steps(FEB), [2, None, 5])
    s.retract(3)
    s.same("without it, it is gone", s.steps(FEB), [2, None, 5, None])
    s.retract(2)
    s.same("and back", s.steps(FEB), [2, None, 5, None, 2])


@history
def withdraw_and_return(s):
    """A feed that withdraws"""
    how = {"withdraw": True, "window": (1, 9)}
    s.put("f", {JAN: 1, FEB: 2}, **how)
    s.same("gone", s.put("f", {JAN: 1}, **how).withdrawn, 1)
    s.same("back", s.put("f", {JAN: 1, FEB: 2, MAR: 3}, **how).inserted, 2)
    s.same("steps", s.steps(FEB), [2, None, 2])


@history
def withdraw_is_retracted(s):
    """What it withdrew returns"""
    how = {"withdraw": True, "window": (1, 9)}
    s.put("f", {JAN: 1, FEB: 2}, **how)
    s.put("f", {JAN: 1}, **how)
    s.retract(2)
    s.same("latest", s.latest(), {JAN: 1, FEB: 2})


@history
def withdraw_scope(s):
    """A window that moves on and unreadable rows withdraw nothing"""
    s.put("f", {JAN: 1, FEB: 2}, withdraw=True, window=(1, 2))
    s.put("f", {FEB: 2, MAR: 3}, withdraw=True, window=(2, 3))
    s.same("left the window", s.latest()[JAN], 1)
    s.put("f", {FEB: "?", MAR: 3}, withdraw=True, window=(2, 3))
    s.same("unreadable cell", s.latest()[FEB], 2)
    s.put("f", {MAR: 4}, withdraw=True, window=(2, 3),
          more=["いつか,甲,男,5,"])
    s.same("unreadable key", s.latest(), {JAN: 1, FEB: 2, MAR: 4})


@history
def withdraw_only_own_feed(s):
    """Another feed still says 7"""
    how = {"withdraw": True, "window": (1, 9)}
    s.put("p", {FEB: 7})
    s.put("f", {JAN: 1, FEB: 2}, **how)
    s.put("f", {JAN: 1}, **how)
    s.same("latest", s.latest(), {JAN: 1, FEB: 7})


@history
def contradiction_in_one_file(s):
    """It says nothing about the key"""
    s.put("f", {JAN: 1})
    c = s.put("f", [(JAN, 2), (JAN, 3), (FEB, 5), (FEB, 5)])
    s.same("counts", (c.rejected, c.inserted, c.unchanged), (2, 1, 1))
    s.same("latest", s.latest(), {JAN: 1, FEB: 5})


@history
def two_in_one_batch(s):
    """One after the other, each an event"""
    a, b = s.batch(s.file("f", {JAN: 10}), s.file("f", {JAN: 12}))
    s.same("counts", (a.inserted, b.revised), (1, 1))
    s.same("steps", s.steps(JAN), [10, 12])


@history
def batch_there_and_back(s):
    """The second equals what is stored, and still is a revision"""
    s.put("f", {JAN: 10})
    a, b = s.batch(s.file("f", {JAN: 12}), s.file("f", {JAN: 10, FEB: 1}))
    s.same("counts", (a.revised, b.revised), (1, 1))
    s.same("steps", s.steps(JAN), [10, 12, 10])


@history
def the_same_in_one_batch(s):
    """One body twice in a batch is one delivery, whatever becomes of it"""
    twins = [s.file("f", {JAN: 1, FEB: 2}) for _ in range(2)]
    s.same("counts", [c.inserted for c in s.batch(*twins)], [2])
    empty = [s.file("f", {}) for _ in range(2)]
    s.same("failed", s.batch(*empty), [])
    s.same("latest", s.latest(), {JAN: 1, FEB: 2})


@history
def loads_overtake(s):
    """Fetched first, loaded second: receipt orders, not the commit"""
    first, second = s.file("f", {JAN: 1}), s.file("f", {JAN: 2})
    s.batch(second)
    s.batch(first)
    s.same("latest", s.latest(), {JAN: 2})


@history
def loaded_late(s):
    """A file that waited keeps its place"""
    s.put("f", {JAN: 1})
    waits = s.file("f", {JAN: 2})
    s.put("f", {JAN: 3})
    s.batch(waits)
    s.same("latest", s.latest(), {JAN: 3})
    s.same("chain", s.chain(JAN), [1, 2, 3])


@history
def replay_old(s):
    """A newer delivery still wins; the slip stands in the history"""
    s.put("f", {JAN: 1000, FEB: 2000})
    s.put("f", {JAN: 5})
    s.again(1)
    s.same("latest", s.latest(), {JAN: 5, FEB: 2})
    s.same("steps", s.steps(FEB), [2000, 2])
    s.retract(3)
    s.same("the slip does not return", s.latest(), {JAN: 5})


@history
def hand_put(s):
    """A typed value serves until the feed states its own again"""
    s.put("f", {JAN: 72, FEB: 1})
    s.put("p", {JAN: 71})
    s.same("typed", s.latest()[JAN], 71)
    s.put("f", {JAN: 72, FEB: 2})
    s.same("its own", s.latest()[JAN], 72)
