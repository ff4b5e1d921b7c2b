#!/usr/bin/python3
"""pace.py [REPS [SEED...]]: how well forecasts and alerts foretell a year.

Simulated years of monthly figures go into the database of PGHOST and
PGDATABASE (nothing else may be in it), kpid.foresee judges every month from
the months so far and past years, and the alert rule is folded over it. Kinds:

    at_least   counts: six shapes of a year, targets 12 to 1000, a true mean
               of 1.15, 1.08, 1.0 or 0.8 of the target, the shape declared,
               or three, two or no past years; Poisson, or wobbly (months
               29 % off, years 10 %)
    at_most    the same against a limit, a true mean of 0.85 to 1.2 of it
    last_year  more than last year, with one to three past years
    level      a rate in per cent, two years of months before, on its way
               from 50 to 60 with 1.2, 1.05, 0.95 or 0.6 of the slope needed,
               after years with 0.5 to 1.1 of that slope

For each kind and seed: false red (years that hit their target and had an
alert before the last month), clear slips (missed years of the worst mean with
an alert by the ninth month), Brier score of the probability in months 3, 6
and 9, and how many years ended within the interval that should hold four of
five.
"""
import collections
import os
import pathlib
import random
import subprocess
import sys
import tempfile

SHAPES = {
    "flat": [1] * 12,
    "march": [10, 6, 6, 7, 8, 7, 7, 6, 6, 7, 10, 20],
    "front": [18, 15, 12, 10, 8, 7, 7, 6, 5, 5, 4, 3],
    "two campaigns": [2, 30, 4, 2, 2, 2, 30, 6, 2, 4, 6, 10],
    "winter": [2, 2, 3, 4, 5, 6, 8, 10, 12, 14, 16, 18],
    "school terms": [5, 12, 13, 8, 0, 12, 13, 12, 7, 6, 9, 3],
}
COUNTS = {"at_least": (1.15, 1.08, 1.0, 0.8),
          "at_most": (0.85, 0.92, 1.0, 1.2),
          "last_year": (1.15, 1.08, 1.0, 0.8)}
SLOPES = (1.2, 1.05, 0.95, 0.6)
PAST = {"at_least": ("declared", 3, 2, 0), "at_most": ("declared", 3, 2, 0),
        "last_year": (3, 2, 1)}

LOAD = r"""
begin;
set local timezone = 'Asia/Tokyo';
set local kpid.clock = '2024-01-01 09:00+09';
create temp table case_of (name text, comparator text, aim numeric, plan text,
                           unit text, aggregate text, baseline numeric);
create temp table value_of (name text, period date, v numeric);
\copy case_of from 'cases.csv' csv
\copy value_of from 'values.csv' csv
insert into kpid.event values (1, '2020-01-01', 'load', null, null, null);
insert into kpid.indicator (indicator, name_ja, unit, measure, decimals,
                            monotone)
select name, name, unit, case unit when '%' then 'ratio' else 'flow' end,
       (unit = '%')::int, unit <> '%' from case_of;
insert into kpid.series (org, indicator, frequency, span)
select 202037, name, 'M', 'M' from case_of;
insert into kpid.observation (org, series, period, since, delivery, line, col,
                              status, value)
select 202037, s.series, v.period, 1, 1, 1, 1, 'A', v.v
  from value_of v join kpid.series s on s.indicator = v.name;
select inserted from kpid.target_import(jsonb_build_object('targets', (
    select jsonb_agg(jsonb_build_object(
        'target', name, 'org', '202037', 'fiscal_year', '2024', 'goal', '1',
        'name', name, 'indicator', name, 'comparator', comparator,
        'value', aim::text, 'unit', unit, 'aggregate', aggregate,
        'baseline', baseline::text, 'valid_from', '2024-04-01',
        'path', case when plan is not null then 'seasonal' end,
        'plan', plan::jsonb)) from case_of)), 'pace');
commit;
analyze;
\copy (select (j).target, (j).t, kpid.alert_word(j, f), (f).probability, (f).low, (f).high from kpid.foresee(kpid.event_at(null), '2025-03-31', true) where (j).t is not null order by 1, 2) to 'said.csv' csv
"""

Case = collections.namedtuple("Case", "name kind label clear months final hit")


def poisson(r, mean):
    """A count with that mean; a rounded normal where that is the same."""
    if mean > 60:
        return max(0, round(r.gauss(mean, mean ** 0.5)))
    count, left = 0, r.expovariate(1) if mean > 0 else mean + 1
    while left < mean:
        count, left = count + 1, left + r.expovariate(1)
    return count


def year(r, shape, mean, wobbly):
    """Twelve months that sum to about the mean."""
    weights = [w * r.gammavariate(12, 1 / 12) if wobbly else w
               for w in SHAPES[shape]]
    if wobbly:
        mean *= r.gammavariate(100, 1 / 100)
    return [poisson(r, mean * w / sum(weights)) for w in weights]


def plan_of(shape):
    """The shape as an office declares it: steps, month by month."""
    steps = [f'{{"first":"{y}-{m:02}-01","last":"{y}-{m:02}-28",'
             f'"amount":"{w}"}}'
             for (y, m), w in zip(months_of(2024), SHAPES[shape])]
    return f"[{','.join(steps)}]"


def months_of(fiscal_year):
    """Year and month of a fiscal year's twelve."""
    return [(fiscal_year + (m > 12), (m - 1) % 12 + 1) for m in range(4, 16)]


def reached(kind, final, aim):
    """Whether the year hit its target."""
    return (final <= aim if kind == "at_most" else
            final > aim if kind == "last_year" else final >= aim)


def count_case(r, name, kind, shape, size, ratio, past, wobbly):
    """One count: (Case, row of the target, years of months)."""
    declared = past == "declared"
    before = [year(r, shape, size * (1 if kind == "last_year"
                                     else r.uniform(.75, 1.05)), wobbly)
              for _ in range(0 if declared else past)]
    now = year(r, shape, size * ratio, wobbly)
    aim = sum(before[-1]) if kind == "last_year" else size
    case = Case(name, kind, str(past), ratio == COUNTS[kind][3], now,
                sum(now), reached(kind, sum(now), aim))
    comparator = "more_than_last_year" if kind == "last_year" else kind
    row = [name, comparator, "" if kind == "last_year" else size,
           plan_of(shape) if declared else "", "件", "sum", ""]
    return case, row, before + [now]


def level_case(r, name, slope):
    """One rate: a random walk with drift, three years of it."""
    drift = slope * 10 / 12 * r.uniform(0.5, 1.1)
    values, level = [], 50 - 24 * drift
    for month in range(36):
        level += (drift if month < 24 else slope * 10 / 12) + r.gauss(0, 0.4)
        level = min(99.9, max(0.1, level))
        values.append(round(level, 1))
    base = values[23]
    aim = round(base + 10, 1)
    case = Case(name, "level", "walk", slope == SLOPES[3], values[24:],
                values[35], values[35] >= aim)
    return (case, [name, "at_least", aim, "", "%", "latest", base],
            [values[i:i + 12] for i in (0, 12, 24)])


def cases_of(reps, seed):
    """Every combination, reps times."""
    r, made = random.Random(seed), []
    for kind, ratios in COUNTS.items():
        for shape in SHAPES:
            for size in (12, 30, 100, 1000):
                for ratio in ratios:
                    for past in PAST[kind]:
                        for wobbly in (False, True):
                            made += [count_case(
                                r, f"{kind}_{len(made) + n}", kind, shape,
                                size, ratio, past, wobbly)
                                for n in range(reps)]
    for i, slope in enumerate(SLOPES):
        made += [level_case(r, f"level_{i}_{n}", slope)
                 for n in range(24 * reps)]
    return made


def csv_line(row):
    """A row as CSV that COPY reads; an empty text is null."""
    return ",".join('"' + str(x).replace('"', '""') + '"' if x != "" else ""
                    for x in row) + "\n"


def judge(made):
    """What kpid said of each case, month by month."""
    with tempfile.TemporaryDirectory() as top:
        with open(f"{top}/cases.csv", "w", encoding="utf-8") as file:
            file.writelines(csv_line(row) for _, row, _ in made)
        with open(f"{top}/values.csv", "w", encoding="utf-8") as file:
            for case, _, years in made:
                for n, months in enumerate(reversed(years)):
                    file.writelines(
                        f"{case.name},{y}-{m:02}-01,{v}\n"
                        for (y, m), v in zip(months_of(2024 - n), months))
        subprocess.run(["psql", "-Xqt", "-v", "ON_ERROR_STOP=1"], cwd=top,
                       input=LOAD, text=True, check=True,
                       stdout=subprocess.DEVNULL)
        said = collections.defaultdict(list)
        with open(f"{top}/said.csv", encoding="utf-8") as file:
            for line in file:
                name, _, word, *numbers = line.rstrip("\n").split(",")
                said[name].append((word, *(float(x) if x else None
                                           for x in numbers)))
    return said


def first_red(words):
    """The month of the first alert: bad twice, or missed; watch clears only
    what is pending."""
    bad = 0
    for month, word in enumerate(words, 1):
        if word in ("off_track", "missed"):
            bad = max(bad + 1, 2 if word == "missed" else 0)
        elif word == "on_track" or word == "watch" and bad < 2:
            bad = 0
        if bad >= 2:
            return month
    return None


def share(part, whole):
    """A part of a whole; nan of nothing."""
    return part / whole if whole else float("nan")


def score(cases, said):
    """False red, clear slips by December, Brier, coverage of the interval."""
    hits = false = clear = caught = 0
    brier, inside = [], []
    for case in cases:
        months = said[case.name]
        red = first_red([m[0] for m in months[:11]])
        hits, false = hits + case.hit, false + (case.hit and red is not None)
        if case.clear and not case.hit:
            clear += 1
            caught += red is not None and red <= 9
        for _, p, low, high in (months[i] for i in (2, 5, 8)):
            if p is not None:
                brier.append((p - case.hit) ** 2)
                inside.append(low <= case.final <= high)
    return (share(false, hits), share(caught, clear),
            share(sum(brier), len(brier)), share(sum(inside), len(inside)))


def run(reps, seed, every=1):
    """{kind or kind and what is known: years and the four figures}; of every
    so many years one."""
    made = cases_of(reps, seed)[::every]
    said = judge(made)
    groups = collections.defaultdict(list)
    for case, _, _ in made:
        groups[case.kind].append(case)
        groups[f"{case.kind}, {case.label}"].append(case)
    return {name: (len(cases), *score(cases, said))
            for name, cases in groups.items()}


def main(reps=20, *seeds):
    """One table for each seed, each in a database of its own."""
    for seed in seeds or ("1", "2"):
        base = f"pace_{os.getpid()}_{seed}"
        subprocess.run(["createdb", "-T", os.environ["PGDATABASE"], base],
                       check=True)
        os.environ["PGDATABASE"], kept = base, os.environ["PGDATABASE"]
        print(f"\nseed {seed}\n| kind | years | false red | clear slips | "
              "Brier | within |\n|---|---|---|---|---|---|")
        for name, figures in run(int(reps), int(seed)).items():
            print(f"| {name} | {figures[0]} | "
                  + " | ".join(f"{x:.3f}" for x in figures[1:]) + " |",
                  flush=True)
        os.environ["PGDATABASE"] = kept
        subprocess.run(["dropdb", base], check=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
