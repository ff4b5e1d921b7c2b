#!/usr/bin/python3
"""Real files of governments against the values they must yield.

    run.py KPID PROGRAMS DATA

PROGRAMS is the folder of the programs built from grid.c and cron.c.

Reads `expected.tsv` beside this file; a line of it says what one file must
give under one of our feeds:

    file    feed    kind    key...

    value       period  org  indicator  dims  value [status]
    missing     period  org  indicator  dims  reason
    absent      period  org  indicator  dims   no observation of this key
    total       n              observations in all
    sum         period  indicator  value       of all observations of it, the
                               period as a pattern: 2018-*
    rejects     n              rejects in all
    reject      text           a reject whose raw cell or reason has the text
    finding     kind           a finding of this kind
    refused     text           an error with this text and no observation
    notable                    `inspect` finds no table in it
    grid        file           the grid equals this JSON file of records
    cron                       the file's cases of schedules hold

A `*` in file stands for any text. Every file under DATA must be named; what
cannot be a table is named in `not_tables` with the reason. Prints per file
how many of how many hold; ends with 1 when one does not.
"""

import collections
import fnmatch
import json
import pathlib
import subprocess
import sys
import tempfile
from decimal import Decimal

HERE = pathlib.Path(__file__).parent

# What stands in the folder and is no input of a feed.
NOT_TABLES = {
    "INDEX.md": "the list itself",
    "*/README.md": "notes", "*/README.txt": "notes",
    "csv-spectrum/json/*": "the other half of csv-spectrum",
    "json-stat/expected-*": "what a file beside it must give",
}


# A configuration that brings nothing: the feeds have their own indicators.
CONFIG = {"database": {"private": "pg"}, "state": "state", "feeds": "feeds",
          "indicators": "indicators.json"}
INDICATORS = {"indicators": [{"indicator": "unused", "name_ja": "なし",
                              "unit": "件", "measure": "flow"}]}


def make_config(top):
    (top / "feeds").mkdir()
    (top / "kpid.json").write_text(json.dumps(CONFIG))
    (top / "indicators.json").write_text(json.dumps(INDICATORS))
    return top / "kpid.json"


def preview(kpid, feed, path):
    """The document of `kpid preview`, and the text of its error."""
    run = subprocess.run(
        [*kpid, "preview", "--format", "json",
         HERE / "feeds" / f"{feed}.json", path],
        capture_output=True, text=True, errors="replace")
    try:
        document = json.loads(run.stdout, parse_float=Decimal,
                              parse_int=Decimal)
    except json.JSONDecodeError:
        document = {"observations": [], "rejects": [], "findings": []}
    if run.returncode != 0 and "error" not in document:
        document["error"] = run.stderr.strip() or f"exit {run.returncode}"
    document.setdefault("error", None)
    document["keys"] = collections.defaultdict(list)
    for o in document["observations"]:
        document["keys"][key_of(o)].append(o)
    return document


def key_of(o):
    s = o["series"]
    return o["period"], s["org"], s["indicator"], dims_text(s["dims"])


def dims_text(dims):
    return json.dumps(dims, ensure_ascii=False, sort_keys=True,
                      separators=(",", ":"))


def wanted_key(fields):
    period, org, indicator, dims = fields[:4]
    return period, org, indicator, dims_text(json.loads(dims or "{}"))


def one(doc, fields, fault):
    found = doc["keys"].get(wanted_key(fields), [])
    if len(found) != 1:
        return fault(f"{len(found)} observations of {wanted_key(fields)}")
    return found[0]


def check_value(doc, fields, fault):
    o = one(doc, fields, fault)
    if o and (o["value"] is None or str(o["value"]) != fields[4]):
        fault(f"{wanted_key(fields)}: {o['value']} {o['missing']}, "
              f"wanted {fields[4]}")
    elif o and len(fields) > 5 and o["status"] != fields[5]:
        fault(f"{wanted_key(fields)}: status {o['status']}")


def check_missing(doc, fields, fault):
    o = one(doc, fields, fault)
    if o and (o["value"] is not None or o["missing"] != fields[4]):
        fault(f"{wanted_key(fields)}: {o['value']} {o['missing']}")


def check_absent(doc, fields, fault):
    if wanted_key(fields) in doc["keys"]:
        fault(f"{wanted_key(fields)} is there")


def check_total(doc, fields, fault):
    if len(doc["observations"]) != int(fields[0]):
        fault(f"{len(doc['observations'])} observations, not {fields[0]}")


def check_sum(doc, fields, fault):
    period, indicator, wanted = fields
    total = sum(o["value"] for o in doc["observations"]
                if o["series"]["indicator"] == indicator
                and o["value"] is not None
                and fnmatch.fnmatchcase(o["period"], period))
    if total != Decimal(wanted):
        fault(f"sum of {indicator} {period}: {total}, not {wanted}")


def check_rejects(doc, fields, fault):
    if len(doc["rejects"]) != int(fields[0]):
        fault(f"{len(doc['rejects'])} rejects, not {fields[0]}: "
              f"{doc['rejects'][:2]}")


def check_reject(doc, fields, fault):
    if not any(fields[0] in r["raw"] or fields[0] in r["reason"]
               for r in doc["rejects"]):
        fault(f"no reject with '{fields[0]}'")


def check_finding(doc, fields, fault):
    if not any(f["kind"] == fields[0] for f in doc["findings"]):
        fault(f"no finding {fields[0]}")


def check_refused(doc, fields, fault):
    if doc["error"] is None or fields[0] not in doc["error"]:
        fault(f"not refused with '{fields[0]}': {doc['error']}")
    elif doc["observations"]:
        fault("refused, and yet there are observations")


CHECKS = {"value": check_value, "missing": check_missing,
          "absent": check_absent, "total": check_total, "sum": check_sum,
          "rejects": check_rejects, "reject": check_reject,
          "finding": check_finding, "refused": check_refused}


class Run:
    def __init__(self, kpid, programs, data):
        self.kpid, self.programs, self.data = kpid, programs, data
        self.cache = {}
        self.held = collections.Counter()
        self.all = collections.Counter()

    def document(self, feed, path):
        if (feed, path) not in self.cache:
            self.cache = {(feed, path): preview(self.kpid, feed, path)}
        return self.cache[feed, path]

    def check(self, name, feed, kind, fields):
        faults = []
        path = self.data / name
        if kind == "notable":
            run = subprocess.run([*self.kpid, "inspect", path],
                                 capture_output=True, text=True)
            if run.returncode != 1:
                faults.append(f"inspect ended with {run.returncode}")
        elif kind == "cron":
            run = subprocess.run([self.programs / "cron", path],
                                 capture_output=True, text=True)
            faults += run.stderr.splitlines()
            if run.returncode > 1:
                faults.append("the cases cannot be read")
        elif kind == "grid":
            self.compare_grid(path, self.data / fields[0], faults.append)
        else:
            doc = self.document(feed, path)
            if doc["error"] and kind != "refused":
                faults.append(f"refused: {doc['error']}")
            else:
                CHECKS[kind](doc, fields, faults.append)
        self.all[name] += 1
        self.held[name] += not faults
        for fault in faults:
            print(f"{name} [{feed}]: {fault}", file=sys.stderr)

    def compare_grid(self, path, want, fault):
        run = subprocess.run([self.programs / "grid", path],
                             capture_output=True, text=True)
        if run.returncode != 0:
            return fault(run.stderr.strip())
        rows = json.loads(run.stdout)
        records = [dict(zip(rows[0], row)) for row in rows[1:]]
        # One of the CSV files came with its line ends changed; in a cell
        # they are compared as line ends of any kind.
        wanted = json.loads(want.read_text().replace("\\r\\n", "\\n"))
        records = json.loads(json.dumps(records).replace("\\r\\n", "\\n"))
        if records != wanted:
            fault(f"{records} is not what {want.name} says")


def cases():
    with open(HERE / "expected.tsv", encoding="utf-8") as lines:
        for line in lines:
            fields = line.rstrip("\n").split("\t")
            if line.strip() and not line.startswith("#"):
                yield fields[0], fields[1], fields[2], fields[3:]


def is_no_table(name):
    return any(fnmatch.fnmatch(name, p) for p in NOT_TABLES)


def main():
    kpid, programs, data = (pathlib.Path(a).resolve() for a in sys.argv[1:])
    with tempfile.TemporaryDirectory() as top:
        config = make_config(pathlib.Path(top))
        return run_all(Run([kpid, "-c", config], programs, data), data)


def run_all(run, data):
    files = sorted(str(p.relative_to(data)) for p in data.rglob("*")
                   if p.is_file())
    for pattern, feed, kind, fields in cases():
        for name in fnmatch.filter(files, pattern):
            run.check(name, feed, kind, fields)
    left = [n for n in files if n not in run.all and not is_no_table(n)]
    for name in sorted(run.all):
        print(f"{run.held[name]:4} of {run.all[name]:4}  {name}")
    for name in left:
        print(f"   - of    -  {name}: no expectation")
    print(f"{sum(run.held.values())} of {sum(run.all.values())} hold, "
          f"{len(run.all)} files, {len(left)} without expectation")
    return 0 if run.held == run.all and not left else 1


if __name__ == "__main__":
    sys.exit(main())
