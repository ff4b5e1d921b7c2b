"""Monthly deliveries into the large store: kpid import beside plain SQL.

Each month comes three times: new; again with 5 % revised; again with other
bytes and nothing changed. Both sides read a file of the same rows; kpid's has
the names and codes that a ministry writes, the other's the numbers of series.
"""

import json
import statistics
import time

MONTHS = ("2025-04", "2025-05", "2025-06")
CASES = ("a new month", "that month, 5 % revised", "that month, unchanged")


def series(rig):
    """(org, series, label, measure) of all of them, in the file's order."""
    return [(org, int(number), label, measure)
            for org, number, label, measure in rig.rows(
                "select s.org_code, s.series, i.name_ja, i.measure"
                " from kpid.series s join kpid.indicator i using (indicator)"
                " order by s.org, s.series")]


def value(month, number, measure, revised):
    """As months.sql goes on, so that no delivery looks wrong as a whole."""
    if measure == "flow":
        base = 100 + (number * 7919 + month * 1047) % 997
    elif measure == "stock":
        base = 20000 + (number * 7919) % 90000 + month * 11
    elif measure == "ratio":
        return f"{30 + (number * 79 + month * 3 + revised) % 500 / 10:.1f}"
    else:
        base = (month % 12 + 1) * (20 + number % 50)
    return str(base + revised)


def last_day(month):
    return {"04": 30, "05": 31, "06": 30}[month[5:]]


def write(rig, found, nth, case):
    """Both files of a case."""
    month, tail = MONTHS[nth], "\n" * (case == 2)
    ours, plain = rig.work / "month.csv", rig.work / "plain.csv"
    with ours.open("w", encoding="utf-8") as a, plain.open("w") as b:
        a.write("時点,団体コード,指標,値\n")
        for line, (org, number, label, measure) in enumerate(found, 2):
            revised = case > 0 and (number * 13 + nth) % 20 == 0
            shown = value(120 + nth, number, measure, revised)
            day = measure == "stock"
            when = f"{month}-{last_day(month)}" if day else month
            first = when if day else f"{month}-01"
            a.write(f"{when},{org},{label},{shown}\n")
            b.write(f"{int(org)},{number},{first},{line},{shown}\n")
        a.write(tail)
    return ours, plain


def by_kpid(rig, path):
    """Seconds of kpid import, and its counts."""
    start = time.monotonic()
    out = rig.kpid("import", "national", path, "--format", "json")
    took = time.monotonic() - start
    feed = json.loads(out)["feeds"][0]
    return took, [feed[k] for k in ("read", "inserted", "revised",
                                    "unchanged")]


def by_hand(rig, path, event):
    start = time.monotonic()
    out = rig.run(["psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-c", "begin",
                   "-c", "truncate plain.staged", "-c",
                   f"\\copy plain.staged from '{path}' csv", "-c",
                   f"select plain.merge({event})", "-c", "commit"])
    return time.monotonic() - start, [int(n) for n in out.split()[:4]]


def run(rig):
    rig.run_sql("plain.sql")
    found = series(rig)
    took = {case: ([], []) for case in CASES}
    for nth in range(len(MONTHS)):
        for at, case in enumerate(CASES):
            ours, plain = write(rig, found, nth, at)
            seconds, counts = by_kpid(rig, ours)
            other, others = by_hand(rig, plain, 10_000_000 + nth * 3 + at)
            if counts != others:
                raise RuntimeError(f"{case}: kpid counted {counts}, plain SQL"
                                   f" {others}")
            took[case][0].append(seconds)
            took[case][1].append(other)
    print(f"\n{f'a delivery of {len(found)} rows':46}{'kpid s':>9}"
          f"{'plain s':>9}{'ratio':>7}")
    for case, (ours, plain) in took.items():
        a, b = statistics.median(ours), statistics.median(plain)
        print(f"{case:46}{a:9.2f}{b:9.2f}{a / b:7.2f}", flush=True)
    delivery = rig.rows("select max(d.delivery) from kpid.delivery d"
                        " join kpid.feed f using (feed_id)"
                        " where f.feed = 'national' and d.revised > 0")[0][0]
    start = time.monotonic()
    rig.kpid("retract", delivery, "--why", "bench")
    print(f"{'retracting the one that revised':46}"
          f"{time.monotonic() - start:9.2f}")
    rig.run(["psql", "-Xq", "-c", "drop schema plain cascade", "-c",
             "vacuum analyze kpid.observation, kpid.superseded"])
