"""Random scripts for store_play.py, and the smallest part that still fails.

Files are seldom random through and through: most repeat what a feed said
before, in other bytes, with one series changed, going back to an older file,
or saying what another feed says, because there the store has short cuts.
"""
import random

from store_words import CONFIGS

SERIES = [("甲", "男"), ("甲", "女"), ("乙", "男"), ("丁", "男")]
MONTHS = (1, 2, 3, 4)
FORMS = ("2024-{:02}".format, "令和6年{}月".format)


class Draw:
    """A script in the making."""

    def __init__(self, seed):
        self.r = random.Random(seed)
        self.now, self.config, self.count = 0, 0, 0
        self.script, self.names = [], []
        self.tables = {feed: [] for feed in CONFIGS[0]}
        # Half of the offices send the same again and again, and no rubbish.
        self.calm = self.chance(50)

    def chance(self, percent):
        """True so often."""
        return self.r.random() * 100 < percent

    # Tables: {(town, sex, month): (number, status)}.

    def cell(self):
        """What stands for a key."""
        if self.chance(10):
            return self.r.choice("-x…"), ""
        return (self.r.choice(("1", "1.5", "2", "30")),
                "p" if self.chance(8) else "")

    def fresh(self, _last, _tables):
        """Another table altogether"""
        share = self.r.choice((30, 60, 95))
        return {(*series, month): self.cell() for series in SERIES
                for month in MONTHS if self.chance(share)}

    def same(self, last, _tables):
        """The last one again"""
        return dict(last)

    def one_series(self, last, _tables):
        """One series says something else"""
        series = self.r.choice([k[:2] for k in last] or SERIES)
        return {k: self.cell() if k[:2] == series and self.chance(60) else v
                for k, v in last.items()}

    def one_key(self, last, _tables):
        """One value more, or another one"""
        key = (*self.r.choice(SERIES), self.r.choice(MONTHS))
        return {**last, key: self.cell()}

    def back(self, _last, tables):
        """What the feed said before"""
        return dict(self.r.choice(tables))

    def less(self, last, _tables):
        """Some keys, or a whole series, are left out"""
        series = self.r.choice(SERIES)
        whole = self.chance(50)
        return {k: v for k, v in last.items()
                if (k[:2] != series if whole else not self.chance(20))}

    def others(self, _last, _tables):
        """What another feed says"""
        told = [t for tables in self.tables.values() for t in tables[-1:]]
        return dict(self.r.choice(told))

    WILD = ([fresh] * 4 + [same] * 4 + [one_series] * 4 + [one_key] * 2
            + [back] * 3 + [less] * 3 + [others] * 2)
    CALM = ([fresh] + [same] * 8 + [one_series] * 5 + [one_key] * 2
            + [back] * 4 + [less] + [others] * 2)

    # Files.

    def row(self, key, cell, shape):
        """A line of CSV; the same is said in several ways."""
        town, sex, month = key
        number, status = cell
        if number.isascii() and number[0].isdigit() and shape == "zeros":
            number += "0" if "." in number else ".0"
        if shape == "era":
            return f"{FORMS[1](month)},{town},{sex},{number},{status}"
        if shape == "alias" and town == "甲":
            town = "かぶと"
        return f"{FORMS[0](month)},{town},{sex},{number},{status}"

    def spoiled(self, rows, variant):
        """Rows with what files have that were made by hand, and what the
        contract looks out for."""
        if rows and self.chance(10):    # a cell that cannot be read
            at = self.r.randrange(len(rows))
            words = rows[at].split(",")
            rows[at] = ",".join(words[:3] + ["?", words[4]])
        if rows and self.chance(14):    # a repeat, a contradiction
            line = self.r.choice(rows)
            words = line.split(",")
            if self.chance(60):
                words[3] = self.r.choice(("1", "7", "1.50", "x"))
            rows.insert(self.r.randrange(len(rows) + 1), ",".join(words))
        # A key that cannot be read, by any contract or by one.
        if self.chance(30 if variant.absent == "withdraw" else 8):
            rows.insert(self.r.randrange(len(rows) + 1), self.r.choice(
                ("いつか,甲,男,5,", "2024-02,丙,男,5,")))
        if self.chance(50 if variant.future else 4):
            rows.append("2099-01,甲,男,5,")
        return rows

    def file(self, feed):
        """The feed's next file."""
        tables = self.tables[feed]
        kind = (self.r.choice(self.CALM if self.calm else self.WILD) if tables else Draw.others
                if any(self.tables.values()) and self.chance(30)
                else Draw.fresh)
        table = kind(self, tables[-1] if tables else {}, tables)
        tables.append(table)
        keys = sorted(table, key=self.r.choice(
            (lambda k: k, lambda k: (k[2], k), lambda k: self.r.random())))
        shape = self.r.choice(("plain", "plain", "zeros", "era", "alias"))
        rows = [self.row(k, table[k], shape) for k in keys]
        self.count += 1
        wild = 1 if self.calm else 5
        variant = CONFIGS[self.config][feed]
        told = {"id": f"d{self.count}", "feed": feed, "at": self.now,
                "rows": self.spoiled(rows, variant)
                if self.chance(8 * wild) else rows}
        if self.chance(2.5 * wild):     # it waited on the spool
            told["at"] = max(0, self.now - self.r.randint(0, 8))
        if self.chance(5 * wild):
            told["published"] = self.now - self.r.randint(0, 9)
        for key, percent in (("note", 20),
                             ("odd", 25 if variant.hold else wild)):
            if self.chance(percent):
                told[key] = True
        if self.chance(.7 * wild):
            told["broken"] = self.r.choice(("quote", "header"))
        return told

    # Operations.

    def load(self):
        """A batch, mostly of one file."""
        first = self.r.choice("fffffggp" if self.calm else "ffffgggpp")
        files = [self.file(first)]
        while len(files) < 4 and self.chance(12 if self.calm else 28):
            self.now += self.r.randint(0, 2)
            feed = first if self.chance(50) else self.r.choice("fgp")
            files.append(self.file(feed))
        self.names += [told["id"] for told in files]
        return {"op": "load", "config": self.config, "files": files}

    def again(self):
        """One of the deliveries is mapped again."""
        self.count += 1
        self.names.append(f"r{self.count}")
        return {"op": "again", "of": self.r.choice(self.names[:-1]),
                "config": self.r.randrange(len(CONFIGS)),
                "id": self.names[-1]}

    def retract(self):
        """One of the deliveries, rather a new one."""
        return {"op": "retract", "of": self.r.choice(
            self.names[-3:] if self.chance(50) else self.names)}

    def draw(self, longest):
        """The script."""
        self.config = self.r.choice((0, 0, 0, 1, 2, 3, 4))
        for _ in range(self.r.randint(3, longest)):
            self.now += self.r.randint(1, 3)
            what = self.r.random()
            if what < .12 and self.names:
                operation = self.again()
            elif what < .26 and self.names:
                operation = self.retract()
            elif what < .32 and self.names:
                operation = {"op": "forget"}
            else:
                if self.chance(12):
                    self.config = self.r.randrange(len(CONFIGS))
                operation = self.load()
            if operation["op"] in ("load", "again") and self.chance(5):
                operation["dry"] = True
            self.script.append(operation)
        return self.script


def smallest(script, fails):
    """A part of the script that still fails, no operation, file or row of
    which can be taken away."""
    script = parts(script, fails)
    for at, operation in enumerate(script):
        if operation["op"] != "load":
            continue

        def with_files(files, at=at, operation=operation):
            return (script[:at] + [{**operation, "files": files}]
                    + script[at + 1:])

        files = parts(operation["files"], lambda f: fails(with_files(f)))
        for number, told in enumerate(files):
            def with_rows(rows, number=number, told=told, files=files):
                return with_files(files[:number] + [{**told, "rows": rows}]
                                  + files[number + 1:])

            rows = parts(told["rows"], lambda r: fails(with_rows(r)))
            files = files[:number] + [{**told, "rows": rows}] \
                + files[number + 1:]
        script = with_files(files)
    return parts(script, fails)


def parts(items, fails):
    """The items without those that the failure does not need."""
    size = max(len(items) // 2, 1)
    while items:
        at = 0
        while at < len(items):
            without = items[:at] + items[at + size:]
            if fails(without):
                items = without
            else:
                at += size
        if size == 1:
            return items
        size = size // 2
    return items
