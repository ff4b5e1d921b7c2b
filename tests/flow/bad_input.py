#!/usr/bin/python3
"""Bad inputs: each a clear message, and nothing lost."""
import pathlib
import socket
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent
                       / "support"))
import flow  # noqa: E402

COUNTED = "select count(*), sum(value), max(event) from kpi.observation"


def collect(f, feed):
    """One feed's run and result."""
    run = f.kpid("collect", feed, "--format", "json")
    return run, run.feeds()[feed]


def refused(f, what, feed, *patterns):
    """A feed that fails: told with these words, code 1, nothing lost."""
    before = f.rows(COUNTED)
    run, result = collect(f, feed)
    f.ok(f"{what}: failed, with code 1",
         (run.code, result["outcome"]) == (1, "failed"), run)
    f.says(f"{what}: the message says so", result["error"] or "", *patterns)
    f.same(f"{what}: nothing is lost", f.rows(COUNTED), before)
    return run


def good(f):
    """The good beginning, but for the mail server's password"""
    f.demo()
    f.server = f.smtp("--auth", "kpid:correct horse")
    f.password = f.dir / "password"
    f.password.write_text("wrong horse\n")
    f.mail_by(f.server, user="kpid", password={"file": "password"})
    run = f.kpid("collect", "--all")
    f.ok("everything is loaded first", run.code == 0, run)
    f.says("a wrong SMTP password is said, with what to do", run.err,
           f"mail server '127.0.0.1:{f.server.port}': .*535",
           "HINT: check mail.smtp user and password")
    f.says("and that the mails wait", run.out, "waiting mails: [1-9]")
    f.ok("the password is told to nobody",
         "horse" not in run.err + run.out, run)
    f.same("nothing was taken by the server", f.server.paths(), [])
    f.waiting = f.admin("select message_id, encode(message, 'hex')"
                        " from kpid.outbox where sent_at is null"
                        " and given_up_at is null")
    f.ok("the mails are kept as rendered", f.waiting
         and all(len(row) == 2 and row[1] for row in f.waiting), f.waiting)


def error_page(f):
    """An error page instead of a table"""
    f.feed("furusato", url=f.url("html/200"))
    refused(f, "an HTML page with status 200", "furusato", "this is an HTML"
            " page, not a table", "HINT: open the URL")
    refused(f, "the same page again", "furusato", "this is an HTML page")
    text = f.kpid("collect", "furusato")
    f.says("people read the reason, too", text.out,
           "furusato +failed .*HTML page")
    f.feed("furusato", url=f.url("html/404"))
    refused(f, "an error page with status 404", "furusato",
            "HTTP status 404", "ただいまメンテナンス中です")
    f.feed("furusato", url=f.url("furusato-ueda.json"))
    run, _ = collect(f, "furusato")
    f.ok("the page is mended: all is well again", run.code == 0, run)


def truncated(f):
    """A body that ends early"""
    whole = len((f.www / "mynumber-nagano.csv").read_bytes())
    f.feed("mynumber-municipal", url=f.url("truncate/4000/"
                                           "mynumber-nagano.csv"))
    refused(f, "a truncated body", "mynumber-municipal",
            f"the body ends early: 4000 of {whole} bytes")
    f.feed("mynumber-municipal", url=f.url("cut/4000/mynumber-nagano.csv"))
    refused(f, "a chunked body without its end", "mynumber-municipal",
            "the body ends early")
    f.feed("mynumber-municipal", url=f.url("gzipcut/700/"
                                           "mynumber-nagano.csv"))
    refused(f, "a gzip body that is cut short is refused and nothing of it"
            " is loaded", "mynumber-municipal", "the body ends early: its"
            " gzip stream is cut short")
    f.feed("mynumber-municipal", url=f.url("close"))
    refused(f, "a server that hangs up", "mynumber-municipal", "[Ee]mpty")
    f.feed("mynumber-municipal", url=f.url("mynumber-nagano.csv"))


def encoding(f):
    """Bytes that are not the declared encoding"""
    path = f.files / "ueda-ratios.csv"
    before = path.read_bytes()
    lines = before.split(b"\n")
    at = len(b"\n".join(lines[:5])) + 1
    lines.insert(5, "保有枚数率,令和5年3月末,60,実績,".encode("cp932"))
    path.write_bytes(b"\n".join(lines))
    refused(f, "CP932 in a UTF-8 file", "ueda-ratios", "(?i)utf-8",
            f"byte (offset )?{at}\\b", "line 6\\b")
    path.write_bytes(before)
    f.feed("ueda-midterm", contract={"encoding": "utf-8"})
    refused(f, "a file declared as what it is not", "ueda-midterm",
            "(?i)utf-8", "\\b0\\b", "line 1\\b")
    f.feed("ueda-midterm", contract={"encoding": "cp932"})


def broken_number(f):
    """A row with a broken number"""
    path = f.files / "ueda-midterm.csv"
    before = path.read_bytes()
    f.edit(path, "夜光反射材の配付,令和６年９月末,４００,",
           "夜光反射材の配付,令和６年９月末,４0O,", "cp932")
    f.edit(path, "交通安全教室,令和6年9月末,79,",
           "交通安全教室,令和6年9月末,80,", "cp932")
    line = 1 + before.decode("cp932").split("夜光反射材の配付")[0].count("\n")
    run, result = collect(f, "ueda-midterm")
    f.same("a broken number: the rest is loaded", [result[k] for k in (
        "outcome", "read", "revised", "unchanged", "rejected")],
        ["loaded", 67, 1, 65, 1])
    f.same("that is no failure", run.code, 0)
    rejects = f.rows("select line, col, raw, reason from kpi.reject"
                     f" where delivery = {result['delivery']}")
    f.same("the row stands in kpi.reject with line, column and raw cell",
           [r[:3] for r in rejects], [[str(line), "5", "４0O"]])
    f.says("and the reason", rejects[0][3], "number|digit")
    f.same("the earlier value still stands", f.value(
        "select value from kpi.observation where indicator ="
        " 'reflector_people'"), "400")
    run = f.kpid("collect", "ueda-midterm", "--strict")
    f.edit(path, "交通安全教室,令和6年9月末,80,",
           "交通安全教室,令和6年9月末,81,", "cp932")
    run = f.kpid("collect", "ueda-midterm", "--strict")
    f.ok("--strict makes rejects a failure", run.code == 1, run)
    f.says("people are told where to look", run.out, "1 rejected",
           "kpi.reject")
    path.write_bytes(before)
    run, result = collect(f, "ueda-midterm")
    f.ok("the mended file is loaded", run.code == 0
         and result["rejected"] == 0, run)


def missing_column(f):
    """A column that is not there"""
    path = f.files / "ueda-ratios.csv"
    before = path.read_bytes()
    f.edit(path, "率（％）", "割合")
    refused(f, "a missing column", "ueda-ratios", "率（％）")
    path.write_bytes(before)
    (f.files / "ueda-yearly.csv").rename(f.files / "away.csv")
    refused(f, "a missing file", "ueda-yearly", "ueda-yearly.csv",
            "there is no file")
    (f.files / "away.csv").rename(f.files / "ueda-yearly.csv")
    (f.files / "empty.csv").write_bytes(b"")
    run = f.kpid("import", "ueda-yearly", str(f.files / "empty.csv"))
    f.ok("an empty file: code 1", run.code == 1 and "empty" in run.out, run)


def others_go_on(f):
    """One bad feed among good ones"""
    f.feed("furusato", url=f.url("html/200?again"))
    f.feed("mynumber-municipal", url=f.url("status/500"))
    f.edit(f.files / "ueda-yearly.csv", "令和4年度,59,", "令和4年度,58,")
    run = f.kpid("collect", "--all", "--format", "json")
    got = run.feeds()
    f.same("failed feeds do not stop the others", {
        k: (r["outcome"], r["revised"]) for k, r in got.items()}, {
            "furusato": ("failed", 0), "mynumber-municipal": ("failed", 0),
            "ueda-midterm": ("unchanged", 0),
            "ueda-ratios": ("loaded", 0), "ueda-yearly": ("loaded", 1)})
    f.same("and the code is 1", run.code, 1)
    f.says("a server's fault is told", got["mynumber-municipal"]["error"],
           "HTTP status 500")
    f.same("the loaded figure is there", f.value(
        "select value from kpi.observation where indicator ="
        " 'migration_cases' and period = 'FY2022'"), "58")


def no_database(f):
    """The database is away"""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        f.configure(database={
            "url": f"postgresql://kpid@127.0.0.1:{port}/kpid"})
        for args in (("collect", "--all"), ("status",), ("ping",)):
            run = f.kpid(*args)
            f.ok(f"no database: {args[0]} ends with 75", run.code == 75, run)
            f.says(f"no database: {args[0]} says so", run.err,
                   "could not connect to the database", str(port))
    f.configure(database={"private": "pg"})
    f.ok("it is back: all is there", f.rows(COUNTED)[0][0] != "0")


def bad_paths(f):
    """JSON paths that cannot be read are found before a body is there"""
    for records, column, says in (
            ("data[*]", "n", "'data\\[\\*\\]' of the records does not begin"),
            ("$.data[*", "n", "the path '\\$.data\\[\\*'"),
            ("$[*]", "n[", "the path 'n\\['"),
            ("$[*]", "n[*]", "'n\\[\\*\\]' of a column names more than")):
        f.feed("paths", title="paths", url=f.url("x.json"), contract={
            "format": "json", "records": records,
            "period": {"constant": "2024"}, "values": [
                {"column": column, "indicator": "migration_cases"}]})
        run = f.kpid("check")
        f.same(f"{records} {column}: check ends with 78", run.code, 78)
        f.says(f"{records} {column}: with file and line", run.out,
               f"paths.json:[0-9]+: contract: .*{says}")
    (f.feeds_dir / "paths.json").unlink()


def configuration(f):
    """Mistakes in the configuration"""
    f.configure(databse={"private": "pg"})
    line = 1 + f.config_path.read_text().split('"databse"')[0].count("\n")
    run = f.kpid("collect", "--all")
    f.same("an unknown key: code 78", run.code, 78)
    f.says("with file, line and the likely word", run.err,
           f"kpid.json:{line}: unknown key 'databse'.*did you mean"
           " 'database'")
    run = f.kpid("-c", "/nonexistent/kpid.json", "status")
    f.same("a configuration that is not there: code 78", run.code, 78)
    f.same("its path is said once", run.err.count("/nonexistent"), 1)
    f.configure(time_zone="Asia/Tokio", organization="20203")
    f.feed("ueda-ratios", schedule="61 * * * *", colour="red")
    run = f.kpid("check")
    f.same("several at once: check ends with 78", run.code, 78)
    f.says("all problems of all files at once", run.out, "databse",
           "kpid.json:[0-9]+: .*'organization'",
           "ueda-ratios.json:[0-9]+: unknown key 'colour'")
    same = f.kpid("check", "--format", "json")
    f.ok("the same as JSON", len(same.json()["problems"])
         == len(run.out.splitlines()), same)
    f.configure(databse=None, organization="202037")
    f.feed("ueda-ratios", colour=None)
    run = f.kpid("check")
    f.says("then what only the words' meaning shows", run.out,
           "ueda-ratios.json:[0-9]+: .*schedule.*61", "Asia/Tokio")
    f.feed("ueda-ratios", schedule="0 8 10 * *")
    f.configure(time_zone="Asia/Tokyo")
    bad_paths(f)
    run = f.kpid("check")
    f.ok("mended: no problems", run.code == 0
         and "no problems" in run.out, run)
    plans = f.config["plans"]
    (f.dir / "past.csv").write_text(
        "目標ID,年度,目標,項目,名称,指標,条件,目標値,集計,基準値,期限\n"
        "past,令和6年度,5,5-1,x,mynumber_card_rate,at_least,73.0,latest,74.0,"
        "2025-03-31\n", encoding="utf-8")
    f.configure(plans=[*plans, {"targets": "past.csv"}])
    run = f.kpid("check")
    f.ok("a baseline past its target is a warning: code 0", run.code == 0
         and "past.csv:2: warning: the baseline 74.0 is past the target 73.0"
         in run.out and "no problems" in run.out, run)
    doc = f.kpid("check", "--format", "json").json()
    f.same("as JSON it is no problem", (doc["problems"], [
        w["line"] for w in doc["warnings"]]), ([], [2]))
    f.configure(plans=plans)
    (f.dir / "past.csv").write_text(
        "目標ID,年度,目標,項目,名称,指標,条件,目標値,集計,期限\n"
        "men,令和6年度,5,5-1,x,visits_by_sex,at_least,73,sum,2025-03-31\n",
        encoding="utf-8")
    f.feed("by-sex", title="来館者数", owner="a@city.example",
           url="file:../files/visits.csv", contract={
               "format": "csv", "period": {"column": "年月"},
               "dimensions": {"sex": {"column": "男女"}},
               "values": [{"column": "値", "indicator": "visits_by_sex"}]},
           indicators=[{"indicator": "visits_by_sex", "name_ja": "来館者数",
                        "unit": "人", "measure": "flow"}])
    run = f.kpid("target", "import", str(f.dir / "past.csv"))
    f.ok("a target of the whole, given by sex alone, is imported",
         run.code == 0 and "1 inserted" in run.out, run)
    f.says("with a warning", run.err, "past.csv:2: warning: 'visits_by_sex'"
           " comes by dimensions alone .*sex")


def no_room(f):
    """No room for what a command prints"""
    for args in (("target", "export"), ("--help",)):
        with open("/dev/full", "w", encoding="utf-8") as full:
            run = subprocess.run(
                [flow.KPID, "-c", str(f.config_path), *args], stdout=full,
                stderr=subprocess.PIPE, text=True, check=False)
        f.ok(f"{args[0]} into a full disk: code 1, and why",
             run.returncode == 1 and "could not write" in run.stderr, run)
    run = subprocess.run(
        f"{flow.KPID} -c {f.config_path} status --format json | head -c 1",
        shell=True, capture_output=True, text=True, check=False)
    f.ok("a reader that has seen enough is no fault",
         run.stdout == "{" and "could not" not in run.stderr, run)


def password_mended(f):
    """The password is mended"""
    f.password.write_text("correct horse\n")
    # As if the pause before the next attempt had passed.
    f.admin("update kpid.outbox set next_attempt_at = now()"
            " where sent_at is null")
    run = f.kpid("collect", "ueda-yearly")
    f.ok("the next run sends what waited", run.code == 0
         and "mail" in run.out, run)
    arrived = {m["message_id"]: m["raw"].hex() for m in f.server.mails()}
    for message_id, message in f.waiting:
        f.ok("the same bytes under the same Message-ID arrive",
             arrived.get(message_id) == message, message_id)
    count = len(f.server.paths())
    f.kpid("collect", "ueda-yearly")
    f.same("and arrive once", (len(f.server.paths()), len(arrived)),
           (count, count))


if __name__ == "__main__":
    flow.main(good, error_page, truncated, encoding, broken_number,
              missing_column, others_go_on, no_database, configuration,
              no_room, password_mended)
