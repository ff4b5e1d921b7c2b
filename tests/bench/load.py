#!/usr/bin/python3
"""load.py BUILD [ROWS]: how long large deliveries take from file to commit.

A CP932 table of ROWS rows (a million; every cell in quotes, eras, separators,
triangles for minus, ten months a series) is imported by kpid into PostgreSQL:
first, again with other bytes, with one number in a hundred revised, then its
newest month alone, and once more as series nobody knows. After each stands
`psql \\copy` of the same rows, already normalised, into an empty keyed table
(series, period, float8) of the same server: what nothing that keeps one can
beat by much. What counts is the ratio of seconds; the same in processor time
(client and server) stands beside, for machines that do other things, too.
What was counted is shown. Nothing fails for being slow.

The server is the environment's (PGHOST, PGUSER), or else a private one without
durability (tests/support/pg.sh); databases kpid_load and kpid_load_base are
made and dropped.
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

import generate

HERE = pathlib.Path(__file__).parent
MONTHS = 10
LABELS = [f"指標{n:02}" for n in range(1, 61)]
SERIES = len(generate.PLACES) * len(LABELS)


def feed(name, code):
    """A feed's contract; the indicators are its own."""
    return {
        "feed": name, "title": "大きな表", "owner": "toukei@city.example",
        "url": f"https://statistics.example/{name}.csv",
        "contract": {
            "format": "csv", "encoding": "auto",
            "period": {"column": "年月", "as": "month"},
            "organization": {"column": "団体コード"},
            "indicator": {"column": "指標", "map": {
                label: f"{code}_{n:02}"
                for n, label in enumerate(LABELS, 1)}},
            "values": [{"column": "値"}],
            "missing": {"…": "not_available"},
            "ignore": ["団体名", "備考"]}}


def number(series, month, revision):
    """What a series says of a month; one row in a hundred has others."""
    value = (month * 7919 + series * 104729) % 99765 - 999
    if revision and (month * 31 + series * 17) % 100 == revision:
        value += 7
    return value


def keys(rows, order):
    """(series, month) of so many rows, series by series or month by month."""
    series = rows // MONTHS
    if order == "series":
        return ((s, m) for s in range(series) for m in range(MONTHS))
    return ((s, m) for m in range(MONTHS) for s in range(series))


def cell(value):
    if value % 197 == 0:
        return "…"
    text = f"{abs(value):,}"
    return "▲" + text if value < 0 else text


def write(base, places, revision=0, note=""):
    """A table as a town writes it, and as normalised rows for psql."""
    months = [divmod(2023 * 12 + 3 + m, 12) for m in range(MONTHS + 1)]
    eras = [generate.era(year, m + 1) for year, m in months]
    firsts = [f"{year}-{m + 1:02}-01" for year, m in months]
    with open(f"{base}.csv", "w", encoding="cp932", newline="") as out, \
            open(f"{base}.norm", "w", encoding="utf-8") as norm:
        out.write("年月,団体コード,団体名,指標,値,備考\r\n")
        for series, month in places:
            place = generate.PLACES[series // len(LABELS)]
            value = number(series, month, revision)
            out.write(f'"{eras[month]}","{place[0]}","{place[1]}",'
                      f'"{LABELS[series % len(LABELS)]}","{cell(value)}",'
                      f'"{note}"\r\n')
            if value % 197:
                norm.write(f"{series},{firsts[month]},{value}\n")


def sql(database, text, *more):
    out = subprocess.run(
        ["psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-d", database, *more,
         "-c", text], capture_output=True, text=True, check=False)
    if out.returncode != 0:
        sys.exit(f"{text}\n{out.stderr}")
    return out.stdout.strip()


def fresh(database):
    sql("postgres", f"drop database if exists {database}")
    sql("postgres", f"create database {database}")


class Clock:
    """Wall time, and processor time of children and of the server's ended
    sessions, where that runs here."""

    def __init__(self):
        data = pathlib.Path(sql("postgres", "show data_directory"))
        try:
            self.server = int((data / "postmaster.pid").read_text().split()[0])
        except OSError:
            self.server = None
        self.began = self.read()

    def read(self):
        times = os.times()
        used = times.children_user + times.children_system
        if self.server:
            time.sleep(0.3)         # until the session has ended
            stat = pathlib.Path(f"/proc/{self.server}/stat").read_text()
            ticks = stat.rpartition(")")[2].split()[13:15]
            used += sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")
        return time.monotonic(), used

    def took(self):
        wall, used = time.monotonic() - self.began[0], self.read()[1]
        return wall, used - self.began[1]


def base_copy(path):
    """What \\copy into an empty keyed float8 table takes."""
    sql("kpid_load_base", "drop table if exists plain")
    sql("kpid_load_base", "create table plain (series int, period date,"
        " value float8, primary key (series, period))")
    clock = Clock()
    sql("kpid_load_base", f"\\copy plain from '{path}.norm' csv")
    return clock.took()


class Town:
    """A configuration, a database, and what an import took."""

    def __init__(self, build, room):
        self.kpid, self.room = build / "kpid", room
        feeds = {"load": "load", "more": "more"}
        (room / "feeds").mkdir(parents=True, exist_ok=True)
        self.write("indicators.json", {"indicators": [
            {"indicator": f"{code}_{n:02}", "name_ja": f"{label} {code}",
             "unit": "人", "measure": "flow", "decimals": 0}
            for code in feeds.values() for n, label in enumerate(LABELS, 1)]})
        for name, code in feeds.items():
            self.write(f"feeds/{name}.json", feed(name, code))
        self.write("kpid.json", {
            "database": {"url": f"postgresql://{os.environ['PGUSER']}@/"
                                f"kpid_load?host={os.environ['PGHOST']}"},
            "state": "state", "organization": "202037", "feeds": "feeds",
            "indicators": "indicators.json"})

    def write(self, name, document):
        (self.room / name).write_text(
            json.dumps(document, ensure_ascii=False), encoding="utf-8")

    def run(self, *words):
        out = subprocess.run(
            [self.kpid, "-c", self.room / "kpid.json", "--format", "json",
             *words], capture_output=True, text=True, check=False)
        if out.returncode != 0:
            sys.exit(f"kpid {' '.join(map(str, words))}: {out.returncode}\n"
                     f"{out.stdout[-500:]}{out.stderr[-2000:]}")
        return out.stdout

    def new(self):
        fresh("kpid_load")
        self.run("migrate")

    def load(self, path, name="load"):
        """Wall and processor seconds, and the delivery's counts."""
        clock = Clock()
        self.run("import", name, f"{path}.csv")
        took = clock.took()
        counts = sql("kpid_load", "select concat_ws(',', read, inserted,"
                     " revised, unchanged, rejected) from kpi.delivery"
                     " order by delivery desc limit 1")
        return *took, counts


def show(name, path, took, goal):
    """One line; the base is measured right after."""
    wall, used = base_copy(path)
    ratio = took[0] / wall
    word = "" if goal is None else (
        f"goal {goal}{'' if ratio <= goal else ', missed'}")
    print(f"{name:38}{took[0]:7.2f} s{wall:7.2f} s{ratio:7.2f}"
          f"{took[1]:7.2f} s{used:7.2f} s{took[1] / used:7.2f}"
          f"  {took[2]:29}{word}".rstrip(), flush=True)


def measure(town, room, rows, order):
    first, again, revised, newest = (room / f"{order}-{name}" for name in (
        "first", "again", "revised", "newest"))
    write(first, keys(rows, order))
    write(again, keys(rows, order), note="x")
    write(revised, keys(rows, order), revision=3)
    write(newest, ((s, MONTHS) for s in range(rows // MONTHS)))
    town.new()
    for name, path, feed_name, goal in (
            ("first, store empty, series new", first, "load", 0.95),
            ("other bytes, nothing changed", again, "load", 0.4),
            ("1 % revised", revised, "load", 0.75),
            ("newest month alone", newest, "load", None),
            ("first, store in use, series new", first, "more", 1.2)):
        show(f"{name}, by {order}", path, town.load(path, feed_name), goal)


def server(room):
    """Starts a private server unless the environment names one; what stops
    it, or None."""
    script = HERE.parent / "support" / "pg.sh"
    if "PGHOST" in os.environ:
        os.environ.setdefault("PGUSER", "postgres")
        return None
    where = tempfile.mkdtemp(prefix="kpid-bench-", dir="/tmp")
    os.environ.update(PGHOST=f"{where}/pg", PGUSER="kpid")
    os.chmod(where, 0o755)
    subprocess.run(["sh", script, "start", f"{where}/pg"], check=True,
                   stdout=subprocess.DEVNULL)
    return lambda: (subprocess.run(["sh", script, "stop", f"{where}/pg"],
                                   check=True), shutil.rmtree(where))


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    rows = int(sys.argv[2]) if len(sys.argv) > 2 else 1000000
    if not MONTHS <= rows <= SERIES * MONTHS:
        sys.exit(f"load.py: from {MONTHS} to {SERIES * MONTHS} rows")
    room = build / "bench" / "load"
    room.mkdir(parents=True, exist_ok=True)
    stop = server(room)
    try:
        town = Town(build, room)
        fresh("kpid_load_base")
        print(f"{'':38}{'kpid':>9}{'base':>9}{'ratio':>7}{'processor':>25}  "
              "read, inserted, revised, unchanged, rejected")
        for order in ("series", "month"):
            measure(town, room, rows, order)
        for database in ("kpid_load_base", "kpid_load"):
            sql("postgres", f"drop database {database}")
    finally:
        if stop:
            stop()


if __name__ == "__main__":
    main()
