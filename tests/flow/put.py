#!/usr/bin/python3
"""Values typed by hand: deliveries like any other, with who and why."""
import hashlib
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent
                       / "support"))
import flow  # noqa: E402

FEED = "visits"
WHO = ("--by", "山田", "--why", "電話で確認")
VALUE = ("select value, delivery, typed_by from kpi.observation"
         " where indicator = 'visits_typed' and period = '{}'")


def write_file(f, *rows):
    """The feed's file: month, value."""
    (f.files / "visits.csv").write_text(
        "年月,来館\n" + "".join(f"{m},{v}\n" for m, v in rows),
        encoding="utf-8")


def put(f, *args):
    """kpid put, as its result of the one feed."""
    run = f.kpid("put", "visits_typed", *args, *WHO, "--format", "json")
    if run.code != 0:
        raise RuntimeError(run.err)
    return run.feeds()["by_hand"]


def counts(result):
    """The five counts that matter."""
    return tuple(result[k] for k in ("read", "inserted", "revised",
                                     "unchanged", "rejected"))


def typed(f):
    """A month that no file has yet"""
    f.demo()
    f.hold()
    f.feed(FEED, title="来館者数", owner="lib@city.ueda.example",
           source="上田市", url="file:../files/visits.csv",
           contract={"format": "csv", "period": {"column": "年月"},
                     "values": [{"column": "来館",
                                 "indicator": "visits_typed"}]},
           indicators=[{"indicator": "visits_typed", "name_ja": "来館者数",
                        "unit": "人", "measure": "flow"}])
    write_file(f, ("令和6年7月", 1100), ("令和6年8月", 1200))
    f.kpid("collect", FEED)
    one = put(f, "令和6年9月", "１，３００")
    f.same("loaded and inserted", (one["outcome"], counts(one)),
           ("loaded", (1, 1, 0, 0, 0)))
    f.same("the store says who typed it", f.rows(VALUE.format("2024-09")),
           [["1300", str(one["delivery"]), "山田"]])
    f.same("and why; the body is kept", f.rows(
        "select feed, typed_by, typed_why, body_kept, outcome"
        f" from kpi.delivery where delivery = {one['delivery']}"),
        [["by_hand", "山田", "電話で確認", "t", "loaded"]])
    again = put(f, "令和6年9月", "１，３００")
    f.same("the same once more is unchanged",
           (again["outcome"], again["delivery"]), ("unchanged", None))
    f.same("and no delivery", f.value(
        "select count(*) from kpi.delivery where feed = 'by_hand'"), "1")
    other = put(f, "2024-09", "1,300")
    f.same("written another way it confirms", counts(other),
           (1, 0, 0, 1, 0))


def overruled(f):
    """The next file that states the month wins, changed or not"""
    write_file(f, ("令和6年7月", 1100), ("令和6年8月", 1200),
               ("令和6年9月", 1350))
    f.kpid("collect", FEED)
    value, _, who = f.rows(VALUE.format("2024-09"))[0]
    f.same("the file's value serves, and nobody typed it", (value, who),
           ("1350", ""))
    again = put(f, "2024-09", "1,300")
    f.same("typed again it is a statement again",
           (again["outcome"], counts(again)), ("loaded", (1, 0, 1, 0, 0)))
    f.same("which serves", f.rows(VALUE.format("2024-09"))[0][0::2],
           ["1300", "山田"])
    run = f.kpid("retract", str(again["delivery"]), "--why", "入力ミス")
    f.same("and can be taken back", run.code, 0)
    f.same("the file's value returns", f.rows(VALUE.format("2024-09"))[0][0],
           "1350")


def periods(f):
    """Every form of a period"""
    for text, period in (
            ("2024-09-30", "2024-09-30"), ("2024-Q3", "2024-Q3"),
            ("2024-S1", "2024-S1"), ("2024-W36", "2024-W36"),
            ("2023", "2023"), ("FY2023", "FY2023"),
            ("2024-04-01/2024-09-30", "2024-04-01/2024-09-30"),
            ("令和4年度", "FY2022"), ("Ｒ６．８．３１", "2024-08-31"),
            ("令和6年6月", "2024-06")):
        put(f, text, "5", "--new")
        f.same(f"{text} is {period}", f.rows(VALUE.format(period))[0][0],
               "5")
    put(f, "令和3年度", "…", "--missing", "not_collected")
    f.same("a mark with its reason", f.rows(
        "select value, missing, typed_by from kpi.observation where"
        " indicator = 'visits_typed' and period = 'FY2021'"),
        [["", "not_collected", "山田"]])
    put(f, "FY2021", "△1,234.50")
    f.same("a negative number as people write it",
           f.rows(VALUE.format("FY2021"))[0][0], "-1234.50")
    put(f, "FY2021", "-7")
    f.same("and with a hyphen, which is no option",
           f.rows(VALUE.format("FY2021"))[0][0], "-7")


def dimensions(f):
    """A series with dimensions"""
    f.feed("sexes", title="性別の来館者数", owner="lib@city.ueda.example",
           source="上田市", url="file:../files/sexes.csv",
           contract={"format": "csv", "period": {"column": "年月"},
                     "dimensions": {"sex": {"column": "性別"}},
                     "values": [{"column": "来館",
                                 "indicator": "visits_sexes"}]},
           indicators=[{"indicator": "visits_sexes", "name_ja": "性別の来館者",
                        "unit": "人", "measure": "flow"}])
    (f.files / "sexes.csv").write_text(
        "年月,性別,来館\n令和6年8月,女,7\n令和6年8月,男,6\n", encoding="utf-8")
    f.kpid("collect", "sexes")
    base = ("put", "visits_sexes", "2024-09", "8", *WHO)
    run = f.kpid(*base, "--dim", "sex=女", "--format", "json")
    doc = json.loads(run.out)
    f.same("the series that there is", (
        doc["series"], doc["period"], doc["value"], doc["missing"]),
        ({"indicator": "visits_sexes", "org": "202037", "frequency": "M",
          "dims": {"sex": "女"}}, "2024-09", 8, None))
    f.same("three series would be wrong", f.value(
        "select count(*) from kpi.series where indicator = 'visits_sexes'"),
        "2")
    for what, args, text in (
            ("none", (), r"has periods such as 2024-0[89] with the dimensions"),
            ("a slip in the name", ("--dim", "sax=女"), "did you mean 'sex'"),
            ("a slip in the text", ("--dim", "sex=女性"),
             "did you mean '女'.*--new"),
            ("twice", ("--dim", "sex=女", "--dim", "sex=男"),
             "--dim sex is given twice")):
        run = f.kpid(*base, *args)
        f.same(f"{what}: code 2", run.code, 2)
        f.says(f"{what}: said why", run.err, text)
    f.same("--new begins one", f.kpid(*base, "--dim", "sex=不詳",
                                      "--new").code, 0)
    run = f.kpid("explain", "visits_sexes", "2024-08")
    f.same("explain asks which", run.code, 2)
    f.says("and names two", run.err, "2 series with 2024-08", "女", "男",
           "--dim K=V")
    doc = f.kpid("explain", "visits_sexes", "2024-08", "--dim", "sex=男",
                 "--format", "json").json()
    f.same("and answers", (doc["value"], doc["cell"]["raw"],
                           doc["cell"]["line"]), (6, "6", 3))


def mails(f):
    """What is typed is judged at once, and told"""
    f.kpid("collect", "--all")
    before = len(f.mails())
    run = f.kpid("put", "helmet_subsidies", "令和6年9月30日", "600", *WHO)
    f.says("a mail went out", run.out, "1 mail in ")
    f.same("one", len(f.mails()) - before, 1)
    run = f.kpid("put", "helmet_subsidies", "令和6年9月30日", "600", *WHO)
    f.same("nothing changed, nothing is mailed", len(f.mails()) - before, 1)


def instants(f):
    """A date belongs to the checkpoint's series that there is"""
    f.kpid("collect", "ueda-midterm")
    run = f.kpid("put", "blue_light_patrols", "令和6年9月30日", "41", *WHO)
    f.same("no --frequency is needed", run.code, 0)
    f.same("one series", f.rows(
        "select frequency, latest_value from kpi.series"
        " where indicator = 'blue_light_patrols'"), [["S", "41"]])


def refused(f):
    """What is no value, or nobody's"""
    for what, args, text in (
            ("indicator", ("visits_type", "2024-09", "1"),
             "no indicator 'visits_type'. HINT: did you mean 'visits_typed'"),
            ("organization", ("visits_typed", "2024-09", "1",
                              "--org", "202038"),
             r"did you mean '202037' \(長野県上田市\)"),
            ("town", ("visits_typed", "2024-09", "1", "--org", "199991"),
             "no organization has the code '199991'. HINT: did you mean"),
            ("dimension", ("visits_typed", "2024-09", "1",
                           "--dim", "sex=女"), "has no dimension 'sex'"),
            ("form of a dimension", ("visits_typed", "2024-09", "1",
                                     "--dim", "sex"), "is not K=V"),
            ("period", ("visits_typed", "2024-13", "1"), "'2024-13': no"),
            ("kind of period", ("visits_typed", "2024-02-03/2024-02-07", "1"),
             "HINT: --new begins a series beside"),
            ("number", ("visits_typed", "2024-09", "1,2,3"),
             "'1,2,3': a thousands separator"),
            ("mark", ("visits_typed", "2024-09", "…"),
             "unknown mark '…'.*HINT: --missing REASON"),
            ("reason", ("visits_typed", "2024-09", "…", "--missing",
                        "not_availabl"), "did you mean 'not_available'"),
            ("number that is missing",
             ("visits_typed", "2024-09", "7", "--missing", "suppressed"),
             "'7' is one")):
        run = f.kpid("put", *args, *WHO)
        f.same(f"{what}: code 2", run.code, 2)
        f.says(f"{what}: said why", run.err, text)
    f.same("nobody: code 2", f.kpid("put", "visits_typed", "2024-09",
                                    "1").code, 2)


def held(f):
    """A slip of the finger that a gate sees"""
    (f.files / "visits.csv").unlink()
    one = put(f, "2024-12", "5")
    f.same("a month that has not begun is held", one["outcome"], "held")
    f.same("--strict makes it code 1", f.kpid(
        "put", "visits_typed", "2024-12", "5", *WHO, "--strict").code, 1)
    f.same("whoever is sure can say so", f.kpid(
        "replay", str(one["delivery"]), "--commit").code, 0)
    f.same("and it serves, with the name", f.rows(
        VALUE.format("2024-12"))[0][0::2], ["5", "山田"])


def left_over(f):
    """A body that a crash left in the spool"""
    body = ('"indicator","organization","period","value","frequency",'
            '"missing","by","why","again"\n'
            '"visits_typed","202037","2024-05","55","","","佐藤","紙の報告",'
            '""\n').encode()
    spool = f.dir / "state" / "spool"
    name = "01728950400000000001"
    f.same("the spool is empty", list(spool.iterdir()), [])
    (spool / f"{name}.body").write_bytes(body)
    said = {"feed": "by_hand", "url": "by_hand:",
            "fetched_at": "2024-10-15T00:00:00Z", "bytes": len(body),
            "sha256": hashlib.sha256(body).hexdigest(), "quiet": False}
    packed = json.dumps(said, separators=(",", ":")).encode()
    said["sum"] = hashlib.sha256(packed).hexdigest()
    (spool / f"{name}.json").write_text(json.dumps(said))
    run = f.kpid("collect", "ueda-yearly")
    f.same("the next run loads it", f.rows(VALUE.format("2024-05"))[0][0::2],
           ["55", "佐藤"])
    f.ok("and sets nothing aside", "set aside" not in run.err, run.err)


if __name__ == "__main__":
    flow.main(typed, overruled, periods, dimensions, instants, refused, held, left_over,
              mails)
