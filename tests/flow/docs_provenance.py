#!/usr/bin/python3
"""docs/provenance.md prints what the program prints."""
import pathlib
import re
import shlex
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent
                       / "support"))
import flow  # noqa: E402

PAGE = flow.TOP / "docs" / "provenance.md"


def shown(text, command):
    """The words after "$ kpid", and the output printed below."""
    block = re.search(rf"```\n\$ kpid ({command} .*)\n([^`]*)```", text)
    return shlex.split(block[1]), block[2]


def examples(f):
    """The examples of a typed value"""
    f.demo()
    f.hold()
    f.kpid("collect", "--all")
    text = PAGE.read_text(encoding="utf-8")
    for command in ("put", "explain"):
        words, output = shown(text, command)
        f.same(f"kpid {command} as on the page", f.kpid(*words).out, output)


def keys(f):
    """The keys of the document"""
    words, _ = shown(PAGE.read_text(encoding="utf-8"), "explain")
    doc = f.kpid(*words, "--format", "json").json()
    named = set(re.findall(r"`(\w+)`", PAGE.read_text(encoding="utf-8")))
    for name, part in (("document", doc), ("source", doc["source"]),
                       ("cell", doc["cell"])):
        plain = {"clock", "known_at", "title", "source", "event", "feed",
                 "delivery", "replaces", "bytes", "contract_changed", "note",
                 "known_at"}
        f.same(f"every key of the {name} is on the page",
               sorted(set(part) - named - plain), [])


if __name__ == "__main__":
    flow.main(examples, keys)
