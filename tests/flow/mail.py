#!/usr/bin/python3
"""Composed mails as a strict reader sees them: every kind, both languages.

Usage: mail.py MAIL_RENDER   (the program built from tests/flow/mail_render.c)
"""
import html.parser
import json
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent
                       / "support"))
import check_mail  # noqa: E402

KINDS = ("opened", "reopened", "escalated", "closed", "correction",
         "target_changed")
FROM = "上田市 市民まちづくり推進部・上田地域自治センター <kpid@example.jp>"
TO = '"生活環境課, 交通安全係 (直通)" <a.b+kpi@city.example.jp>'
VOID = {"meta", "br", "img", "link", "hr"}


def target(name, **more):
    """One target's facts."""
    return {"name": name, "item": "7-2-(4)", "unit": "件", "actual": "45",
            "target_value": "500", "comparator": "at_least",
            "actual_period": "2024-09-30", "expected": "250.0000",
            "expected_whole": "250", "gap": "-205.0000",
            "pace_index": "0.1800", "status": "off_track",
            "status_ja": "遅れ", "modifiers": ["provisional"],
            "path": "linear", "due": "2025-03-31",
            "required_rate": "75.8333",
            "source": {"title": "中間報告", "line": 58, "col": 6,
                       "delivery": 3, "sha256": "9f" * 32,
                       "fetched_at": "2024-10-15T00:00:00+00:00"}, **more}


EVIL = "甲\r\nBcc: evil@example.jp\n\n\0\u2028\x1b<b>"
HEADERS = ["date", "from", "to", "subject", "message-id", "in-reply-to",
           "references", "auto-submitted", "mime-version", "content-type"]
NOTICE = {"subject_ja": "月報", "subject_en": "Monthly",
          "lead_ja": "お知らせします。", "lead_en": "This is so.",
          "parts": [{"heading_ja": "動き", "heading_en": "News", "lines": [
              {"label_ja": "期間", "label_en": "Period", "ja": "9月",
               "en": "2024-09", "weight": "strong"}]}]}
DELIVERY = {"feed": "a", "title": "収集", "source": "上田市", "delivery": 3,
            "url": "https://example.jp/", "sha256": "9f" * 32,
            "error": "x", "n_findings": 1, "findings": [
                {"kind": "jump", "line": 3, "col": 4, "text": "x",
                 "text_ja": "甲"}]}

CASES = {
    "one": [target("自転車用ヘルメット購入費補助")],
    "three": [target("自転車用ヘルメット購入費補助"),
              target("特殊詐欺等被害防止に関する出前講座"),
              target("移住相談会の開催", status="missed", status_ja="未達成")],
    "sixty": [target(f"目標その{n}") for n in range(60)],
    "a long name": [target("𠮷野家の前の道路における交通安全対策" * 12)],
    "markup": [target('<b>A & B</b> "引用" \'x\' =?UTF-8?B?eA==?=')],
    "ASCII": [target("Helmets")],
    "little": [{"target": "a-1", "status": "watch"}],
}


class Balance(html.parser.HTMLParser):
    """Every element that opens closes, in order."""

    def __init__(self):
        super().__init__()
        self.open, self.text, self.tags = [], "", set()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open and self.open.pop() == tag, f"</{tag}>"

    def handle_data(self, data):
        self.text += data


def check(program, where, kind, language, targets):
    """One mail; an AssertionError says what is wrong with it."""
    facts = {"as_of": "2024-10-15", "event": 12, "fiscal_year": 2024,
             "department": "市民まちづくり推進部", "targets": targets}
    command = (program, kind, language, FROM, TO)
    run = subprocess.run(command, input=json.dumps(facts).encode(),
                         capture_output=True, timeout=60)
    assert run.returncode == 0, run.stderr.decode()
    again = subprocess.run(command, input=json.dumps(facts).encode(),
                           capture_output=True, timeout=60)
    assert run.stdout == again.stdout, "not the same bytes twice"
    path = where / "mail.eml"
    path.write_bytes(run.stdout)
    mail = check_mail.read(path)
    first = targets[0].get("name", targets[0].get("target"))
    assert first in mail["subject"], mail["subject"]
    assert mail["from"] == FROM, mail["from"]
    assert "直通" in mail["to"] and "a.b+kpi@" in mail["to"], mail["to"]
    assert mail["date"] == "2024-10-15T09:00:00+09:00", mail["date"]
    assert len(mail["references"]) == 2, mail["references"]
    page = Balance()
    page.feed(mail["html"])
    page.close()
    assert not page.open, page.open
    assert not page.tags & {"img", "script", "style", "link"}, page.tags
    for one in targets:
        name = one.get("name", one.get("target"))
        assert name in mail["text"] and name in page.text, name


def poisoned(value):
    """The value with each of its texts, one at a time, made evil."""
    if isinstance(value, str):
        yield EVIL.replace("\0", "")
    elif isinstance(value, (dict, list)):
        for key in (value if isinstance(value, dict) else range(len(value))):
            for bad in poisoned(value[key]):
                other = dict(value) if isinstance(value, dict) else list(value)
                other[key] = bad
                yield other


def unharmed(program, kind, language, facts):
    """A mail with an evil text has the headers of any other, or is refused."""
    run = subprocess.run((program, kind, language, FROM, TO),
                         input=json.dumps(facts).encode(),
                         capture_output=True, timeout=60)
    if run.returncode != 0:
        assert run.stderr, "refused without a word"
        return
    head = run.stdout.split(b"\r\n\r\n", 1)[0].decode("ascii")
    names = [line.split(":")[0].lower() for line in head.split("\r\n")
             if line[0] not in " \t"]
    assert names == HEADERS, names
    assert "\n" not in head.replace("\r\n", ""), head


def injection(program):
    """Every text of every kind of facts, and every address: (title, check)."""
    facts = {"as_of": "2024-10-15", "event": 12, "fiscal_year": 2024,
             "department": "課", "targets": [target(
                 "甲", reason="遅れ", reason_en="late", note="x")]}
    for kind, doc in [(k, facts) for k in KINDS + ("reminder",)] + [
            ("held", DELIVERY)] + [(k, NOTICE) for k in (
                "late", "trouble", "trouble_over", "digest", "checkpoint",
                "heartbeat")]:
        def every(kind=kind, doc=doc):
            for language in ("ja", "en"):
                for bad in poisoned(doc):
                    unharmed(program, kind, language, bad)
        yield f"{kind}: no text of the facts makes a header", every

    def addresses():
        for pair in ((FROM, EVIL + " <a@example.jp>"), (EVIL, TO),
                     (FROM, "a@example.jp\r\nBcc: evil@example.jp")):
            pair = [text.replace("\0", "") for text in pair]
            run = subprocess.run((program, "opened", "ja", *pair),
                                 input=json.dumps(facts).encode(),
                                 capture_output=True, timeout=60)
            assert run.returncode != 0 and not run.stdout, run.stdout
    yield "an address with a line break is refused", addresses


def main():
    """TAP for every kind, language and case."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    number = failed = 0
    with tempfile.TemporaryDirectory(prefix="kpid-mail-") as where:
        for name, targets in CASES.items():
            for kind in KINDS:
                for language in ("ja", "en"):
                    number += 1
                    title = f"{kind}, {language}, {name}"
                    try:
                        check(sys.argv[1], pathlib.Path(where), kind,
                              language, targets)
                        print(f"ok {number} - {title}")
                    except Exception as e:
                        failed += 1
                        print(f"not ok {number} - {title}\n# {e!r}")
    for title, every in injection(sys.argv[1]):
        number += 1
        try:
            every()
            print(f"ok {number} - {title}")
        except Exception as e:
            failed += 1
            print(f"not ok {number} - {title}\n# {e!r}")
    print(f"1..{number}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
