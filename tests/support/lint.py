#!/usr/bin/python3
"""The house rules that no compiler flag holds, over the sources of kpid.

Prints file:line: what is wrong; ends with 1 when there was anything.
"""

import pathlib
import re
import sys

# From the bottom up, each with the public headers that are its own. A room
# sees the rooms before it; what stands before the store does not know it.
ROOMS = {
    "base": "arena block bytes civil clock error file json_text label limits log"
            " pattern sha256",
    "config": "config contract units url_words",
    "schedule": "schedule turns",
    "spool": "spool",
    "fetch": "drop fetch",
    "decode": "decode place",
    "parse": "archive parse table",
    "layout": "layout",
    "normalise": "normalise observation",
    "body": "body hand",
    "store": "cluster db db_array migrate",
    "load": "load",
    "evaluate": "evaluate targets",
    "notify": "notify",
    "inspect": "inspect",
    "daemon": "daemon session work",
    "cli": "cli",
}
ORDER = list(ROOMS)
OWNER = {head: room for room, heads in ROOMS.items() for head in heads.split()}
STORE_SEES = ("base", "config", "store")

LIBRARIES = {
    "libpq-fe.h": "store load",
    "curl/": "fetch notify daemon",
    "jansson.h": "config spool evaluate notify inspect daemon cli",
    "yajl/": "config parse notify",
    "zstd.h": "spool load",
    "zlib.h": "fetch parse",
    "zip.h": "parse",
    "expat.h": "parse",
    "pcre2.h": "base",
    "iconv.h": "decode",
}

BANNED = re.compile(
    r"\b(strcpy|strcat|sprintf|vsprintf|strncpy|atoi|atof|strtod|sscanf"
    r"|strtok|gets|localtime|gmtime|setlocale|system|popen|alloca)\s*\(")
GLOBAL = re.compile(r"^(?:static )?(?!typedef|return|extern|struct \w+(?: \{|;))"
                    r"[a-z_][\w ]*[\s*]+\w+(?:\[[^\]]*\])*(?: = .*|;)$")
# In two parts, so that this file passes itself.
UNFINISHED = re.compile(r"\bTO" r"DO\b|\bFIX" r"ME\b")
# Homes, and temporary files but those that a program names as its own.
ABSOLUTE = re.compile(r"(?<![\w.*$}-])/(?:home/(?!you/)|Users/|root/"
                      r"|tmp/(?!kpid-|test_))")

FUNCTION_LINES = 60
PARAMETERS = 6
FILE_LINES = 500
SQL_LINES = 150
COLUMNS = {".c": 80, ".h": 80, ".sh": 80, ".sql": 120}
TRACKED_BYTES = 1 << 20

bad = 0


def fail(path, line, what):
    global bad
    bad += 1
    print(f"{path}:{line}: {what}")


def sees(room, other):
    if room == "store":
        return other in STORE_SEES
    return ORDER.index(other) <= ORDER.index(room)


def check_include(path, at, room, name, quoted):
    if not quoted:
        for library, rooms in LIBRARIES.items():
            if name.startswith(library) and room not in rooms.split():
                fail(path, at, f"<{name}> in '{room}', not in {rooms}")
    elif name.startswith("kpid/"):
        owner = OWNER.get(name[5:-2])
        if owner is None:
            fail(path, at, f"lint.py knows no room for '{name}'")
        elif not sees(room, owner):
            fail(path, at, f"'{room}' includes '{name}' of '{owner}'")
    elif "/" in name or not (path.parent / name).exists():
        fail(path, at, f"'{name}' is no header of '{room}'")


def strip(line):
    """A line without its string literals and one-line comments."""
    line = re.sub(r'"(?:\\.|[^"\\])*"', '""', line)
    return re.sub(r"/\*.*?\*/", "", line)


def check_functions(path, lines):
    start = 0
    for at, line in enumerate(lines, 1):
        if line == "{":
            start = at
        elif line == "}" and start:
            if at - start > FUNCTION_LINES:
                fail(path, start, f"{at - start} lines in one function")
            start = 0


def parameters(text, at):
    """How many there are between the parenthesis before at and its end."""
    depth, commas = 1, 0
    while depth and at < len(text):
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        commas += text[at] == "," and depth == 1
        at += 1
    return commas + 1


# What a library calls has the parameters that it passes.
CALLED_BY_LIBRARY = {("health.c", "answer")}


def check_parameters(path, text):
    for found in re.finditer(r"^(?:\w[\w *]*[ *])?([a-z_]\w*)\(", text, re.M):
        if (path.name, found[1]) in CALLED_BY_LIBRARY:
            continue
        n = parameters(text, found.end())
        if n > PARAMETERS:
            line = text.count("\n", 0, found.start()) + 1
            fail(path, line, f"{n} parameters of {found[1]}()")


def check_globals(path, lines):
    for at, line in enumerate(lines, 1):
        above = lines[at - 2].rstrip() if at > 1 else ""
        if (GLOBAL.match(strip(line).rstrip()) and "const" not in line
                and "/*" not in line and not above.endswith("*/")):
            fail(path, at, "a mutable file-scope variable without its reason")


def check_c(path, room):
    lines = path.read_text().splitlines()
    comment = False
    for at, line in enumerate(lines, 1):
        found = re.match(r'#include ([<"])([^>"]+)', line)
        if found and room:
            check_include(path, at, room, found[2], found[1] == '"')
        code = strip(line)
        if not comment and BANNED.search(code.split("/*")[0]):
            fail(path, at, f"{BANNED.search(code)[1]}() is banned")
        comment = "/*" in code or (comment and "*/" not in code)
    check_functions(path, lines)
    check_parameters(path, "\n".join(lines))
    if room:
        check_globals(path, lines)


def check_text(path):
    """What holds for every file of ours that is text."""
    text = path.read_text()
    lines = text.splitlines()
    columns = COLUMNS.get(path.suffix, sys.maxsize)
    if path.parts[:2] == ("tests", "sql"):
        columns = sys.maxsize       # rows of tables
    for at, line in enumerate(lines, 1):
        if line != line.rstrip():
            fail(path, at, "blanks at the end of the line")
        if UNFINISHED.search(line):
            fail(path, at, "something left to do")
        if ABSOLUTE.search(line):
            fail(path, at, "a path of one machine")
        # a string is not cut for its width, and clang-format sets the rest
        text_only = path.suffix in (".c", ".h") and ('"' in line
                                                      or line[-1:] == "\\")
        if len(line.expandtabs(8)) > columns and not text_only:
            fail(path, at, f"wider than {columns} columns")
    if text.endswith("\n\n") or (text and not text.endswith("\n")):
        fail(path, len(lines), "does not end in one line break")
    if path.suffix in (".c", ".h", ".py") and len(lines) > FILE_LINES:
        fail(path, FILE_LINES, f"{len(lines)} lines in one file")


def check_sql(path, listed):
    text = path.read_text()
    object_file = path.parent.name in ("functions", "views")
    block = re.search(rf"^-- (Function|View|Aggregate): {re.escape(path.stem)}\b",
                      text, re.M)
    if text.count("\n") > SQL_LINES and object_file:
        fail(path, SQL_LINES, f"more than {SQL_LINES} lines")
    if object_file and not block:
        fail(path, 1, f"no block '-- Function: {path.stem}' or '-- View: ..'")
    if block and block[1] == "Function" and not (
            "set search_path = pg_catalog, pg_temp" in text
            or re.search(r"\binlin|No search_path|no search_path", text)):
        fail(path, 1, "neither search_path nor a word that it is inlined")
    if object_file and f"{path.parent.name}/{path.name}" not in listed:
        fail(path, 1, "not in sql/install.list")


def read_list():
    path = pathlib.Path("sql/install.list")
    listed = []
    for at, line in enumerate(path.read_text().splitlines(), 1):
        line = line.split("#")[0].strip()
        if line and not (path.parent / line).exists():
            fail(path, at, f"there is no '{line}'")
        listed.append(line)
    return listed


def main():
    listed = read_list()
    paths = [pathlib.Path(line) for line in sys.stdin.read().splitlines()]
    for path in paths:
        if path.stat().st_size > TRACKED_BYTES:
            fail(path, 1, f"larger than {TRACKED_BYTES} bytes")
        if path.suffix in (".c", ".h"):
            room = (path.parent.name if path.parts[0] == "collector"
                    else OWNER.get(path.stem) if path.parts[0] == "include"
                    else None)
            if path.parts[0] == "include" and room is None:
                fail(path, 1, "lint.py knows no room for this header")
            check_c(path, room if room in ROOMS else None)
        if path.suffix == ".sql":
            check_sql(path, listed)
        if path.suffix in (".c", ".h", ".sh", ".py", ".sql", ".md", ".json",
                           ".in", ".list", "") and not {"cases", "corpus"} & set(path.parts):
            check_text(path)
    print(f"lint: {len(paths)} files, {bad} findings")
    return 1 if bad else 0


sys.exit(main())
