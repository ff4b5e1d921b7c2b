#!/usr/bin/python3
"""A stored delivery mapped again: what would change is shown, then done."""
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent
                       / "support"))
import flow  # noqa: E402

FEED = "visits"
CONTRACT = {"format": "csv", "period": {"column": "年月"},
            "values": [{"column": "来館", "indicator": "visits_replayed"}]}


def write_feed(f, **value):
    """The feed, its one value with these keys more."""
    contract = dict(CONTRACT)
    contract["values"] = [{**CONTRACT["values"][0], **value}]
    f.feed(FEED, title="来館者数", owner="lib@city.ueda.example",
           source="上田市", url="file:../files/visits.csv",
           contract=contract, indicators=[
               {"indicator": "visits_replayed", "name_ja": "来館者数",
                "unit": "人", "measure": "flow"}])


def values(f):
    """What analysts see, by period."""
    return f.rows("select period, value from kpi.observation"
                  " where indicator = 'visits_replayed' order by 1")


def collect(f):
    """One collection of the feed."""
    return f.kpid("collect", FEED, "--format", "json").feeds()[FEED]


def mended(f):
    """A contract that read the wrong unit"""
    f.demo()
    (f.files / "visits.csv").write_text(
        "年月,来館\n令和6年8月,12\n令和6年9月,15\n", encoding="utf-8")
    write_feed(f)
    delivery = str(collect(f)["delivery"])
    f.same("loaded as it was read", values(f),
           [["2024-08", "12"], ["2024-09", "15"]])
    write_feed(f, scale=3)
    run = f.kpid("replay", delivery)
    f.same("shown with code 0", run.code, 0)
    f.says("both values would change", run.out, r"2024-08 +12  -> +12000  revised",
           r"2024-09 +15  -> +15000  revised", r"2 latest values would change; nothing "
           r"was written")
    f.same("and did not", values(f), [["2024-08", "12"], ["2024-09", "15"]])
    f.same("the same as JSON", json.loads(f.kpid(
        "replay", delivery, "--format", "json").out)["changes"][0],
        {"indicator": "visits_replayed", "org": "202037", "frequency": "M",
         "dims": {}, "period": "2024-08", "before": 12,
         "before_missing": None, "after": 12000, "after_missing": None,
         "kind": "revised"})
    run = f.kpid("replay", delivery, "--commit", "--format", "json")
    f.same("done with code 0", run.code, 0)
    doc = json.loads(run.out)
    f.same("and says so", (doc["committed"], doc["n_changes"],
                           doc["not_shown"]), (True, 2, 0))
    f.same("both values are mended", values(f),
           [["2024-08", "12000"], ["2024-09", "15000"]])
    f.same("the event before still shows the old ones", f.rows(
        "select count(*) from kpi.observation_vintage where indicator ="
        " 'visits_replayed' and value in (12, 15)"), [["2"]])
    again = collect(f)
    f.same("the same bytes are no new delivery under the mended contract",
           (again["outcome"], again["delivery"]), ("unchanged", None))
    f.same("only the two are stored", f.rows(
        "select delivery, replaces from kpi.delivery order by 1"),
        [[delivery, ""], [str(doc["feeds"][0]["delivery"]), delivery]])


def kinds(f):
    """A contract that leaves a month out, adds one and marks another"""
    (f.files / "visits.csv").write_text(
        "年月,来館\n令和6年8月,12\n令和6年9月,15\n注,\n", encoding="utf-8")
    write_feed(f, scale=3)
    f.feed(FEED, contract={"rows": {"except": [{"is": ["注"]}]}})
    delivery = str(collect(f)["delivery"])
    f.feed(FEED, contract={
        "rows": {"except": [{"is": ["注"]}, {"matches": "9月"}]},
        "missing": {"12": "suppressed"}})
    run = f.kpid("replay", delivery)
    f.says("one is withdrawn, but the earlier file still says it", run.out,
           r"2024-08 +12000  -> +suppressed  revised",
           r"1 latest value would change")
    f.same("code 0", run.code, 0)
    (f.feeds_dir / f"{FEED}.json").unlink()
    write_feed(f, scale=3)


def decided(f):
    """A held delivery that is right after all"""
    (f.files / "visits.csv").write_text(
        "年月,来館\n令和6年8月,0\n令和6年9月,0\n", encoding="utf-8")
    held = collect(f)
    if held["outcome"] != "held":   # two values are few for a gate
        (f.files / "visits.csv").write_text(
            "年月,来館\n令和6年9月,16\n令和7年8月,20\n", encoding="utf-8")
        held = collect(f)
    f.same("held", held["outcome"], "held")
    run = f.kpid("replay", str(held["delivery"]), "--commit")
    f.same("loaded because somebody decided", run.code, 0)
    f.ok("it serves", ["2025-08", "20000"] in values(f)
         or ["2024-08", "0"] in values(f), values(f))


def refused(f):
    """What cannot be replayed"""
    for what, args, code, text in (
            ("no number", ["x"], 2, "no delivery's number"),
            ("none of that number", ["99999"], 2, "there is no delivery")):
        run = f.kpid("replay", *args)
        f.same(f"{what}: code {code}", run.code, code)
        f.says(f"{what}: said so", run.err, text)


if __name__ == "__main__":
    flow.main(mended, kinds, decided, refused)
