#!/usr/bin/python3
"""What the daemon says of itself over HTTP, read by the readers of others:
promtool and the OpenMetrics parser of Prometheus' own Python client."""
import datetime
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import urllib.error
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
# inspect.py, beside this file, is not the one that others import.
sys.path[:] = [str(HERE.parent / "support")] + [
    p for p in sys.path if pathlib.Path(p or ".").resolve() != HERE]
import flow  # noqa: E402
from prometheus_client.openmetrics.parser import (  # noqa: E402
    text_string_to_metric_families)

OPEN = "application/openmetrics-text; version=1.0.0"


def ask(f, path, accept="*/*", method="GET"):
    """Code, content type and text of a page."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{f.port}{path}", headers={"Accept": accept},
        method=method)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return (answer.status, answer.headers["Content-Type"],
                    answer.read().decode())
    except urllib.error.HTTPError as e:
        return e.code, e.headers["Content-Type"], e.read().decode()


def samples(text):
    """{(name, label value): number} of an OpenMetrics page."""
    return {(s.name, *s.labels.values()): s.value
            for family in text_string_to_metric_families(text)
            for s in family.samples}


def start_again(f):
    """The daemon; it says where it may be asked."""
    f.daemon = f.start("run")
    line = f.daemon.wait_line("listening, port ([0-9]+)", 30)
    f.ok("it says where it listens", line, f.daemon.text())
    f.port = int(line.rsplit(" ", 1)[1])


def start(f):
    """A daemon that may be asked"""
    f.demo(clock=None, health="127.0.0.1:0", plans=[],
           indicators="indicators.json")
    for path in f.feeds_dir.glob("*.json"):
        path.unlink()
    (f.dir / "indicators.json").write_text(json.dumps({"indicators": [{
        "indicator": "accidents", "name_ja": "交通事故", "name_en": "Accidents",
        "unit": "件", "measure": "flow", "decimals": 0, "source": "試験"}]}))
    for name, url in (("good", f.url("good.csv")),
                      ("away", "http://127.0.0.1:1/none.csv")):
        (f.feeds_dir / f"{name}.json").write_text(json.dumps({
            "feed": name, "title": name, "owner": "a@example.jp",
            "source": "試験", "licence": "試験", "url": url,
            "schedule": "0 7 5 * *", "contract": {
                "format": "csv", "period": {"column": "月"},
                "organization": {"constant": "202037"},
                "values": [{"column": "件数", "indicator": "accidents"}]}}))
    (f.www / "good.csv").write_text("月,件数\n2024-04,3\n2024-05,4\n2024-06,x\n")
    start_again(f)
    f.ok("its feed is loaded", f.daemon.wait_line("feed good.*inserted 2", 30),
         f.daemon.text())


def pages(f):
    """The pages"""
    f.same("/livez", ask(f, "/livez"),
           (200, "text/plain; charset=utf-8", "live\n"))
    flow.wait_until(lambda: ask(f, "/readyz")[0] == 200, 20)
    f.same("/readyz names the parts", ask(f, "/readyz"),
           (200, "text/plain; charset=utf-8",
            "database: ok\nspool: ok\noutbox: ok\nclock: ok\n"))
    f.same("what is not there is told so", ask(f, "/x")[0], 404)
    f.same("nothing can be sent to it", ask(f, "/livez", method="POST")[0],
           405)


def counts(f):
    """The counts"""
    want = {("kpid_fetches_total", "body"): 1,
            ("kpid_fetches_total", "failed"): 1,
            ("kpid_deliveries_total", "loaded"): 1,
            ("kpid_rows_total", "read"): 3,
            ("kpid_rows_total", "inserted"): 2,
            ("kpid_rows_total", "rejected"): 1,
            ("kpid_feed_failures", "away"): 1,
            ("kpid_feed_failures", "good"): 0,
            ("kpid_ready", "database"): 1,
            ("kpid_spooled_bodies",): 0}
    flow.wait_until(lambda: want.items() <= samples(
        ask(f, "/metrics", accept=OPEN)[2]).items(), 10)
    code, kind, text = ask(f, "/metrics", accept=OPEN)
    f.same("OpenMetrics for who asks for it", (code, kind.split(";")[0]),
           (200, "application/openmetrics-text"))
    found = samples(text)
    f.same("it counts what was done", {k: found.get(k) for k in want}, want)
    f.ok("a feed that was loaded says when",
         found.get(("kpid_feed_loaded_timestamp_seconds", "good"), 0)
         > found["kpid_start_timestamp_seconds",]
         and ("kpid_feed_loaded_timestamp_seconds", "away") not in found,
         found)
    code, kind, text = ask(f, "/metrics")
    f.same("Prometheus' text for others", (code, kind.split(";")[:2]),
           (200, ["text/plain", " version=0.0.4"]))
    if shutil.which("promtool"):
        said = subprocess.run(["promtool", "check", "metrics"], input=text,
                              capture_output=True, text=True, timeout=30,
                              check=False)
        f.same("promtool has nothing to say",
               (said.returncode, said.stdout, said.stderr), (0, "", ""))


def fault(f):
    """A part that fails"""
    old = f.postmasters()[0]
    mark = f.daemon.mark()
    for pid, name in f.processes().items():
        if name == "kpid-loader":
            os.kill(pid, signal.SIGSTOP)
            stopped = pid
    os.kill(old, signal.SIGKILL)
    f.ok("an answer comes while the database is away",
         flow.wait_until(lambda: ask(f, "/livez")[0] == 200, 10))
    os.kill(stopped, signal.SIGKILL)
    f.ok("not ready, and why", flow.wait_until(
        lambda: "database: no loader has the database" in
        ask(f, "/readyz")[2], 10), f.daemon.text())
    f.daemon.wait_line("loader", 10, mark)
    f.ok("ready again, by itself", flow.wait_until(
        lambda: ask(f, "/readyz")[0] == 200, 30), f.daemon.text())
    found = samples(ask(f, "/metrics", accept=OPEN)[2])
    f.ok("the restart is counted",
         found["kpid_worker_restarts_total",] >= 1, found)
    f.daemon.stop()


WAITS = """set kpid.clock = '{}'; insert into kpid.outbox (thread, seq,
 recipient, kind, message_id, created_at, payload, next_attempt_at) select
 'x', 1, 'a@example.jp', 'heartbeat', '<x@example.jp>', kpid.now(), '{{}}',
 clock_timestamp() + interval '1 day'"""


def outbox(f):
    """A mail that cannot leave"""
    f.smtp_server = f.smtp()
    f.mail_by(f.smtp_server, tls="none")
    holder = f.hold()
    f.admin(WAITS.format(datetime.datetime.now(datetime.timezone.utc)
                         - datetime.timedelta(hours=5)))
    start_again(f)
    f.ok("not ready when a mail has waited for hours", flow.wait_until(
        lambda: "outbox: a mail has waited" in ask(f, "/readyz")[2], 20),
        (ask(f, "/readyz"), f.daemon.text()))
    f.same("and 503", ask(f, "/readyz")[0], 503)
    f.same("the metrics say the same", samples(ask(
        f, "/metrics", accept=OPEN)[2])["kpid_ready", "outbox"], 0)
    f.admin("update kpid.outbox set given_up_at = now() where sent_at is null;"
            " select pg_notify('kpid_outbox', '')")
    f.ok("ready when it does not wait any more", flow.wait_until(
        lambda: ask(f, "/readyz")[0] == 200, 20), ask(f, "/readyz"))
    f.daemon.stop()
    holder.stop()


if __name__ == "__main__":
    flow.main(start, pages, counts, fault, outbox)
