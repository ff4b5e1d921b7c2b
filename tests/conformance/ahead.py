#!/usr/bin/python3
"""ahead.py KPID DATA: forecasts on real long series.

Loads monthly tables of governments through the conformance feeds into the
database of PGHOST and PGDATABASE (nothing else may be in it), sets each series
targets for each fiscal year that has three before it, relative to the year
before: at most 97 % of it for accidents, at least as much for migration.
Prints what tests/bench/pace.py prints of simulated years.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "bench"))
import pace  # noqa: E402

FILES = {
    "npa-traffic-prefecture":
        "npa-traffic/monthly-traffic-accidents-in-japan.tsv",
    "kobe-change-by-month": "derived-csv/kobe_25jinugoki_VIII.csv",
}
AIM = """
set kpid.clock = '2027-01-01 09:00+09';
create table year_of as
select s.org, s.indicator, kpid.year_of(o.period, 'fiscal') as year,
       sum(o.value) as total
  from kpid.observation o join kpid.series s using (org, series)
 where s.frequency = 'M'
 group by s.org, s.indicator, s.series, kpid.year_of(o.period, 'fiscal')
having count(o.value) = 12;
select inserted from kpid.target_import(jsonb_build_object('targets', (
    select jsonb_agg(jsonb_build_object(
        'target', y.indicator || '-' || y.year, 'org', y.org::text,
        'fiscal_year', y.year::text, 'goal', '1', 'name', y.indicator,
        'indicator', y.indicator, 'aggregate', 'sum',
        'valid_from', y.year || '-04-01',
        'comparator', case when a.less then 'at_most' else 'at_least' end,
        'value', case when a.less then ceil(l.total * 0.97)
                 else l.total end::text))
      from year_of y
      join year_of l on (l.org, l.indicator, l.year)
                      = (y.org, y.indicator, y.year - 1)
     cross join lateral (select y.indicator in
           ('accidents', 'deaths', 'injured') as less) a
     where l.total <> 0 and exists (
           select from year_of x where (x.org, x.indicator, x.year)
                                     = (y.org, y.indicator, y.year - 3)))),
    'ahead');
analyze;
"""
SAID = """
copy (select (j).org || ' ' || (j).target, ((j).point).aim,
             y.total, y.indicator, kpid.alert_word(j, f), (f).probability,
             (f).low, (f).high
        from kpid.foresee(kpid.event_at(null), '2026-12-31', true)
        join year_of y on y.org = (j).org
             and y.indicator || '-' || y.year = (j).target
       order by 1, (j).t) to stdout with (format csv)
"""


def psql(text):
    """What the statements print."""
    return subprocess.run(["psql", "-Xqt", "-v", "ON_ERROR_STOP=1"],
                          input=text, text=True, check=True,
                          stdout=subprocess.PIPE).stdout


def load(kpid, data, top):
    """The files through their feeds, the newest contract."""
    (top / "feeds").mkdir()
    for feed in FILES:
        text = (HERE / "feeds" / f"{feed}.json").read_text(encoding="utf-8")
        (top / "feeds" / f"{feed}.json").write_text(text, encoding="utf-8")
    unused = {"indicator": "unused", "name_ja": "なし", "unit": "件",
              "measure": "flow"}
    (top / "indicators.json").write_text(json.dumps({"indicators": [unused]}))
    host = os.environ["PGHOST"].replace("/", "%2F")
    (top / "kpid.json").write_text(json.dumps({
        "organization": "202037", "state": str(top / "state"),
        "feeds": str(top / "feeds"),
        "indicators": str(top / "indicators.json"),
        "database": {"url": f"postgresql://{os.environ['PGUSER']}@/"
                            f"{os.environ['PGDATABASE']}?host={host}"}}))
    for feed, path in FILES.items():
        subprocess.run([kpid, "-c", top / "kpid.json", "import", feed,
                        data / path], check=True, stdout=sys.stderr)


def main(kpid, data):
    """A line for each indicator."""
    with tempfile.TemporaryDirectory() as top:
        load(kpid, pathlib.Path(data), pathlib.Path(top))
    psql(AIM)
    cases, said = {}, {}
    for line in psql(SAID).splitlines():
        name, aim, total, kind, word, *numbers = line.split(",")
        final, aim = float(total), float(aim)
        less = kind in ("accidents", "deaths", "injured")
        cases[name] = pace.Case(name, kind, "", True, [], final,
                                final <= aim if less else final >= aim)
        said.setdefault(name, []).append(
            (word, *(float(x) if x else None for x in numbers)))
    print("| series | years | false red | misses told | Brier | within |\n"
          "|---|---|---|---|---|---|")
    for kind in sorted({c.kind for c in cases.values()}):
        some = [c for c in cases.values()
                if c.kind == kind and len(said[c.name]) == 12]
        print(f"| {kind} | {len(some)} | " + " | ".join(
            f"{x:.3f}" for x in pace.score(some, said)) + " |")


if __name__ == "__main__":
    main(*sys.argv[1:])
