"""What the store is told in its tests: feeds, contracts, rows and files.

A row is a line of CSV, "2024-01,甲,男,1.5,p": period, town, sex, number,
status. Few texts are used, so that a dictionary can read them: this is the
second opinion on what the collector makes of them.
"""
import json
from collections import namedtuple
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from urllib.parse import quote

from store_model import File, Row, Said

HEADER = "年月,団体,性別,件数,状態"
FUTURE = 900        # a month that has not begun
PERIODS = {f"{form}": month for month in (1, 2, 3, 4, 9) for form in
           (f"2024-{month:02}", f"令和6年{month}月")} | {"2099-01": FUTURE}
TOWNS = {"甲": 202037, "かぶと": 202037, "乙": 202045, "丁": 202061,
         "丙": 202053}
SEXES = ("男", "女")
STATUSES = {"": "A", "p": "P"}

# What a contract may say. v 2 knows a town more, another scale and another
# reason; hold stops columns that it does not know, future the gate's periods;
# by twice the women's rows are read a second time, by a contract of their own.
Variant = namedtuple("Variant", "v absent hold future twice",
                     defaults=(1, "keep", False, False, False))
MISSING = {1: {"-": "not_applicable", "x": "suppressed",
               "…": "not_available"},
           2: {"-": "not_collected", "x": "suppressed",
               "…": "not_available"}}
WITHDRAW = Variant(absent="withdraw")
CONFIGS = (
    {"f": Variant(), "g": WITHDRAW, "p": Variant()},
    {"f": Variant(2), "g": Variant(2, "withdraw"), "p": Variant(twice=True)},
    {"f": WITHDRAW, "g": Variant(), "p": Variant()},
    {"f": Variant(hold=True), "g": WITHDRAW._replace(future=True),
     "p": WITHDRAW._replace(twice=True)},
    {"f": Variant(2, "withdraw", future=True), "g": Variant(2, hold=True),
     "p": Variant()},
)
START = datetime(2024, 6, 1, tzinfo=timezone.utc)


def instant(second):
    """An instant of the model as the driver reads it."""
    return ("-" if second is None else
            (START + timedelta(seconds=second)).isoformat())


def towns(v):
    """The towns that a contract knows."""
    return {k: c for k, c in TOWNS.items() if v == 2 or k != "丙"}


def contracts(variant):
    """The contracts as the collector reads them."""
    first = contract(variant)
    return [first, {**first, "rows": {"where": [
        {"column": "性別", "is": ["女"]}]}}] if variant.twice else first


def contract(variant):
    """One of them."""
    missing = MISSING[variant.v]
    return {
        "format": "csv", "encoding": "utf-8",
        "period": {"column": "年月"},
        "organization": {"column": "団体", "map": {
            k: str(c) for k, c in towns(variant.v).items()}},
        "dimensions": {"sex": {"column": "性別"}},
        "values": [{"column": "件数", "indicator": "told",
                    "scale": 0 if variant.v == 1 else -3}],
        "status": {"column": "状態", "map": {
            k: c for k, c in STATUSES.items() if k}},
        "missing": missing, "ignore": ["備考"], "absent": variant.absent,
        "hold": ["unknown_column"] if variant.hold else []}


def write_configs(folder, database):
    """The configurations as files; their paths."""
    indicators = folder / "indicators.json"
    indicators.write_text(json.dumps({"indicators": [
        {"indicator": "told", "name_ja": "件数", "unit": "件",
         "measure": "stock"}]}, ensure_ascii=False))
    paths = []
    for number, config in enumerate(CONFIGS):
        feeds = folder / f"feeds{number}"
        feeds.mkdir()
        for feed, variant in config.items():
            gates = dict.fromkeys(("all_zero", "unit_slip", "running_total"),
                                  False)
            (feeds / f"{feed}.json").write_text(json.dumps({
                "feed": feed, "title": feed, "owner": "a@city.example",
                "url": "https://city.example/model.csv",
                "gates": gates | {"rows_drop": False, "jump": False,
                                  "ratio_max": False,
                                  "future": variant.future},
                "contract": contracts(variant)}, ensure_ascii=False))
        paths.append(folder / f"kpid{number}.json")
        paths[-1].write_text(json.dumps({
            "organization": "202037", "time_zone": "Asia/Tokyo",
            "state": str(folder / "state"), "feeds": str(feeds),
            "indicators": str(indicators), "database": {"url": database}}))
    return paths


def database_url(socket, user, name):
    """How the collector reaches a database of a test's server."""
    return f"postgresql://{user}@/{name}?host={quote(str(socket), safe='')}"


def body(told):
    """The bytes of a file that is told as {"rows": [..], ..}."""
    more = ",備考" * told.get("note", False) + ",謎" * told.get("odd", False)
    cells = ",注" * told.get("note", False) + ",？" * told.get("odd", False)
    header = {"header": "年月,団体"}.get(told.get("broken"), HEADER + more)
    end = {"quote": '\n2024-01,"甲'}.get(told.get("broken"), "")
    return "\n".join([header] + [row + cells for row in told["rows"]]) + end


def said(v, number, status):
    """What the cells of a number say; None: they cannot be read."""
    if number in MISSING[v]:
        return Said(None, MISSING[v][number])
    if not number[:1].isdigit():
        return None
    return Said(Decimal(number).scaleb(0 if v == 1 else -3), STATUSES[status])


def read(variant, text):
    """A row's key and what it says."""
    period, town, sex, number, status = text.split(",")
    if period not in PERIODS or town not in towns(variant.v):
        return None, None
    key = ((TOWNS[town], sex), PERIODS[period])
    return key, said(variant.v, number, status)


def file_of(told, variant, again=False):
    """The model's file: what the variant of a contract makes of it."""
    rows = [Row(line, *read(variant, text))
            for line, text in enumerate(told["rows"], 2)]
    women = [row for row, text in zip(rows, told["rows"]) if ",女," in text]
    early = variant.future and not again and any(
        row.said and row.key[1] == FUTURE and row.said.value is not None
        for row in rows)
    failed = "broken" in told or not rows or variant.twice and not women
    rows += women if variant.twice else []
    return File(feed=told["feed"], rows=rows, body=body(told),
                fetched=told["at"], published=told.get("published"),
                contract=variant._replace(future=False),
                absent=variant.absent, failed=failed,
                held=not failed and bool(
                    early or variant.hold and told.get("odd")))
