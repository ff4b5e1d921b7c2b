#!/usr/bin/python3
"""A feed whose URL needs a key: the server gets it, nobody else sees it."""
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent
                       / "support"))
import flow  # noqa: E402

KEY = "hors+e bat/tery=é"
CODED = "hors%2Be%20bat%2Ftery%3D%C3%A9"
PATH = "key/appId/key.txt/page/startPosition/s.json?appId={appId}"
PAGE = {"GET_STATS_DATA": {
    "RESULT": {"STATUS": 0},
    "STATISTICAL_DATA": {
        "RESULT_INF": {"TOTAL_NUMBER": 2},
        "CLASS_INF": {"CLASS_OBJ": [
            {"@id": "time", "@name": "時間軸（月）", "CLASS": [
                {"@code": "2024000404", "@name": "2024年4月"},
                {"@code": "2024000505", "@name": "2024年5月"}]}]},
        "DATA_INF": {"VALUE": []}}}}
EVERYWHERE = ("select table_schema || '.' || table_name"
              " from information_schema.tables"
              " where table_schema in ('kpid', 'kpi')"
              " and table_type = 'BASE TABLE'")


def hidden(f, what, *texts):
    """Checks that no part of the key is in the texts."""
    found = [t for t in texts for part in ("hors", "tery") if part in t]
    f.ok(f"{what}: the key is not shown", not found, found)


def page(f, name, month, key, **more):
    """A page of the answer, with one value."""
    doc = json.loads(json.dumps(PAGE))
    data = doc["GET_STATS_DATA"]["STATISTICAL_DATA"]
    data["RESULT_INF"].update(more)
    data["DATA_INF"]["VALUE"] = [{"@time": month, "$": key}]
    (f.www / name).write_text(json.dumps(doc, ensure_ascii=False))


def not_set(f):
    """Without the variable"""
    f.demo()
    (f.www / "key.txt").write_text(KEY)
    page(f, "s.json", "2024000404", "5", FROM_NUMBER=1, TO_NUMBER=1,
         NEXT_KEY=2)
    page(f, "s.json.2", "2024000505", "6", FROM_NUMBER=2, TO_NUMBER=2)
    f.feed("estat", title="e-Stat", owner="a@example.jp", url=f.url(PATH),
           secrets={"appId": {"env": "ESTAT_APP_ID"}},
           indicators=[{"indicator": "cases", "name_ja": "件数",
                        "unit": "件", "measure": "flow"}],
           contract={"format": "estat", "indicator": {"constant": "cases"},
                     "organization": {"constant": "202037"}})
    run = f.kpid("check")
    f.same("check ends with 78", run.code, 78)
    f.says("and says which secret of which feed", run.out,
           r"feeds/estat\.json:\d+: secrets\.appId: could not read a secret:"
           " the environment variable 'ESTAT_APP_ID' is not set")
    run = f.kpid("collect", "estat")
    f.says("collect says it, too", run.out, "estat +failed",
           r"startPosition/s\.json\?appId=\{appId\}'",
           "'ESTAT_APP_ID' is not set")
    f.same("the server was not asked",
           [line for line in f.web.requests() if "/key/" in line], [])


def wrong(f):
    """With a wrong key"""
    env = {"ESTAT_APP_ID": KEY[:-1]}
    f.same("check cannot know", f.kpid("check", env=env).code, 0)
    run = f.kpid("collect", "estat", "--format", "json", env=env)
    error = run.feeds()["estat"]["error"]
    f.says("the server's answer is quoted without it", error, "status 403",
           r"appId '\{appId\}' is unknown: .*appId=\{appId\}")
    hidden(f, "errors", run.out, run.err)


def right(f):
    """With the right one, from a file as well"""
    env = {"ESTAT_APP_ID": KEY}
    run = f.kpid("preview", "estat", "--format", "json", env=env)
    f.same("preview fetches with it", [o["value"] for o in
                                       run.json()["observations"]], [5, 6])
    run = f.kpid("collect", "estat", env=env)
    f.says("both pages are loaded", run.out, "loaded +read 2: 2 inserted")
    asked = [line for line in f.web.requests() if CODED in line]
    f.ok("each page was asked for with it, percent-encoded",
         len(asked) == 4 and all(line.endswith(" 200") for line in asked)
         and "startPosition=2" in asked[-1], asked)
    (f.dir / "appid").write_text(KEY + "\n")
    f.feed("estat", secrets={"appId": {"file": "../appid"}})
    f.same("check reads the file", f.kpid("check").code, 0)
    page(f, "s.json.2", "2024000505", "7", FROM_NUMBER=2, TO_NUMBER=2)
    run = f.kpid("collect", "estat")
    f.says("so does collect", run.out, "loaded +read 2: 0 inserted, 1 rev")


def nowhere(f):
    """What is kept"""
    urls = f.admin("select distinct url from kpid.delivery"
                   " where url like '%appId%'")
    f.says("the database keeps the URL with its name", str(urls),
           r"\?appId=\{appId\}")
    tables = [row[0] for row in f.admin(EVERYWHERE)]
    rows = f.admin(" union all ".join(
        f"select t::text from {name} t" for name in tables))
    hidden(f, "the database", "\n".join("\t".join(row) for row in rows))
    mails = [path.read_bytes().decode("utf-8", "replace")
             for path in f.maildir.rglob("*") if path.is_file()]
    hidden(f, "mails", *mails)
    run = f.kpid("explain", "cases", "2024-05", "--format", "json")
    f.same("explain names the URL with its name", (
        run.json()["source"]["url"].endswith("?appId={appId}"),
        run.json()["value"]), (True, 7))
    hidden(f, "explain", run.out, run.err)


if __name__ == "__main__":
    flow.main(not_set, wrong, right, nowhere)
