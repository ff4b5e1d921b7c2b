#!/usr/bin/python3
"""Reads mails as a strict reader would and prints what it sees.

Usage: check_mail.py [--html FILE] [--json] MAIL...

Fails when a mail has any defect (Python's email package, policy SMTP with
raise_on_defect), a line break other than CRLF, a line past 78 columns, a header
that a mail of kpid must have is missing, or its parts are not the text and the
HTML of one message. --html writes the HTML part of the last mail to FILE.
"""
import argparse
import base64
import email
import email.header
import email.policy
import json
import re
import sys

NEEDED = ("Date", "From", "To", "Subject", "Message-ID", "Auto-Submitted",
          "MIME-Version", "Content-Type")
STRICT = email.policy.SMTP.clone(raise_on_defect=True)


def check_bytes(raw):
    """Line breaks, line lengths and 7 bit, before anything is decoded."""
    assert b"\r" not in raw.replace(b"\r\n", b""), "a CR without LF"
    assert b"\n" not in raw.replace(b"\r\n", b""), "an LF without CR"
    assert raw.isascii(), "8-bit bytes"
    for number, line in enumerate(raw.split(b"\r\n"), 1):
        unbreakable = line.startswith((b" <", b"Message-ID: <"))
        assert len(line) <= 78 or unbreakable, f"line {number} is too long"
    for word in re.findall(rb"=\?\S+\?=", raw):
        assert len(word) <= 75, f"encoded-word of {len(word)} bytes"


def check_encoded_words(raw):
    """Each encoded-word is whole characters by itself."""
    for word in re.findall(rb"=\?UTF-8\?B\?(\S*?)\?=", raw):
        base64.b64decode(word, validate=True).decode("utf-8")


def mailbox(raw, name):
    """A From or To as people read it. The policy's own decoding leaves a blank
    between two encoded-words of a display name (gh-128110, mended in Python
    3.12.9), where RFC 2047 section 6.2 wants none."""
    value = email.message_from_bytes(raw, policy=email.policy.compat32)[name]
    return str(email.header.make_header(email.header.decode_header(value)))


def read(path):
    """The mail at path as a dictionary; an AssertionError says what is wrong."""
    with open(path, "rb") as f:
        raw = f.read()
    check_bytes(raw)
    check_encoded_words(raw)
    mail = email.message_from_bytes(raw, policy=STRICT)
    for part in mail.walk():
        assert not part.defects, part.defects
    for name, value in mail.items():
        assert not value.defects, (name, value.defects)
    for name in NEEDED:
        assert len(mail.get_all(name, [])) == 1, f"{name} missing or twice"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Date"].datetime.tzinfo is not None
    parts = [p for p in mail.walk() if not p.is_multipart()]
    kinds = [p.get_content_type() for p in parts]
    assert kinds in (["text/plain"], ["text/plain", "text/html"]), kinds
    if mail.is_multipart():
        assert mail.get_content_type() == "multipart/alternative"
    bodies = [p.get_content() for p in parts]
    assert all("\ufffd" not in b for b in bodies), "undecodable text"
    return {
        "from": mailbox(raw, "From"), "to": mailbox(raw, "To"),
        "date": mail["Date"].datetime.isoformat(),
        "subject": str(mail["Subject"]),
        "message_id": str(mail["Message-ID"]),
        "in_reply_to": str(mail["In-Reply-To"] or "") or None,
        "references": str(mail["References"] or "").split(),
        "text": bodies[0], "html": bodies[1] if len(bodies) > 1 else None,
    }


def main():
    """Command line."""
    args = argparse.ArgumentParser()
    args.add_argument("--html")
    args.add_argument("--json", action="store_true")
    args.add_argument("mails", nargs="+")
    args = args.parse_args()
    seen = []
    for path in args.mails:
        try:
            seen.append(read(path))
        except Exception as e:
            sys.exit(f"{path}: {e or type(e).__name__}")
    if args.html:
        with open(args.html, "w", encoding="utf-8", newline="") as f:
            f.write(seen[-1]["html"] or "")
    if args.json:
        print(json.dumps(seen, ensure_ascii=False, indent=1))
        return
    for mail in seen:
        print(f"{mail['date']}  {mail['from']} -> {mail['to']}")
        print(mail["subject"], mail["text"], mail["html"] or "", sep="\n\n")


if __name__ == "__main__":
    main()
