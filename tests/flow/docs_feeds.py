#!/usr/bin/python3
"""docs/feeds.md, docs/feeds-cookbook.md and docs/indicators.md against the
program: what a command prints is what the page says.

A line that ends in a file's name in backquotes and a colon (perhaps with
`in ENCODING` or `, sheet NAME` between) makes the fenced block below it that
file; a contract of the cookbook is put into a feed. A block that begins with
`$ ` is a command and what it prints; a line of `...` stands for any lines.
With --write the pages are given what the program prints.
"""
import json
import pathlib
import re
import subprocess
import sys
import zipfile
from xml.sax.saxutils import escape

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent
                       / "support"))
import flow  # noqa: E402
from programs import environment  # noqa: E402

TOWN = "mytown"
CONFIG = {"organization": "202037", "database": {"private": "pg"},
          "state": "state", "file_roots": ["files"], "feeds": "feeds",
          "indicators": "indicators.json"}
MARK = re.compile(r".*`([\w/-]+[.](?:csv|json|xlsx))`"
                  r"(?: in ([\w-]+))?(?:, sheet (\S+))?:$")
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
BOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main"


def sheet_xml(text):
    """A sheet of the table's texts and numbers."""
    rows = []
    for number, line in enumerate(text.splitlines(), 1):
        cells = []
        for column, cell in enumerate(line.split(",")):
            place = f'r="{chr(ord("A") + column)}{number}"'
            if re.fullmatch(r"[0-9]+", cell):
                cells.append(f"<c {place}><v>{cell}</v></c>")
            elif cell:
                cells.append(f'<c {place} t="inlineStr"><is><t>'
                             f"{escape(cell)}</t></is></c>")
        rows.append(f'<row r="{number}">{"".join(cells)}</row>')
    return (f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(rows)}'
            "</sheetData></worksheet>")


def relations(*targets):
    """Parts of the package, by number."""
    return (f'<Relationships xmlns="{PACKAGE}/relationships">' + "".join(
        f'<Relationship Id="r{n}" Type="{REL}/{kind}" Target="{part}"/>'
        for n, (kind, part) in enumerate(targets, 1)) + "</Relationships>")


def write_workbook(path, name, text):
    """A workbook with this sheet, and a cover before it."""
    parts = {
        "[Content_Types].xml":
            f'<Types xmlns="{PACKAGE}/content-types"><Override'
            f' PartName="/xl/workbook.xml" ContentType="{BOOK}+xml"/></Types>',
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml":
            f'<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets>'
            '<sheet name="表紙" sheetId="1" r:id="r1"/>'
            f'<sheet name="{name}" sheetId="2" r:id="r2"/>'
            "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels":
            relations(("worksheet", "worksheets/s1.xml"),
                      ("worksheet", "worksheets/s2.xml")),
        "xl/worksheets/s1.xml": sheet_xml("学校基本調査"),
        "xl/worksheets/s2.xml": sheet_xml(text),
    }
    with zipfile.ZipFile(path, "w") as book:
        for part, content in parts.items():
            book.writestr(part, content)


class Page:
    """One page, worked through from top to bottom in a directory."""

    def __init__(self, f, name):
        self.f, self.page = f, flow.TOP / "docs" / name
        self.top = f.dir / self.page.stem
        self.table = None
        for folder in ("build", f"{TOWN}/files", f"{TOWN}/feeds"):
            (self.top / folder).mkdir(parents=True)
        (self.top / "build" / "kpid").symlink_to(flow.KPID)
        (self.top / TOWN / "kpid.json").write_text(json.dumps(CONFIG))

    def file(self, mark, text):
        """A file of the page: recipes leave out the town."""
        name, encoding, sheet = mark.groups()
        inside = name.startswith(("files/", "feeds/", "indicators"))
        path = self.top / TOWN / name if inside else self.top / name
        if name.startswith("files/"):
            self.table = name
        if sheet:
            write_workbook(path, sheet, text)
            return
        if name.startswith("feeds/") and "feed" not in json.loads(text):
            text = json.dumps({"feed": path.stem, "title": path.stem,
                               "owner": "lib@city.example.jp",
                               "url": f"file:../{self.table}",
                               "contract": json.loads(text)})
        path.write_bytes(text.encode(encoding or "utf-8"))

    def run(self, command):
        """The lines that the command prints."""
        env = environment()
        env["PATH"] = f"{self.top}/build:{env['PATH']}"
        if command.startswith("kpid "):
            env["KPID_CONFIG"] = f"{self.top}/{TOWN}/kpid.json"
        run = subprocess.run(command, shell=True, cwd=self.top, env=env,
                             capture_output=True, text=True,
                             encoding="utf-8", timeout=60, check=False)
        out = (run.stdout + run.stderr).replace(str(self.top),
                                                "/home/you/kpid")
        return [line.rstrip() for line in out.splitlines()]

    def command(self, block):
        """A command's block as it should be."""
        got = [block[0], *self.run(block[0][2:])]
        text = "".join(f"{line}\n" for line in got)
        parts = "".join(f"{line}\n" for line in block).split("\n...\n")
        fits = ".*".join(re.escape(part) for part in parts)
        self.f.ok(f"{self.page.name}: {block[0]}",
                  re.fullmatch(fits, text, re.S), text)
        return got if len(parts) == 1 else block

    def block(self, above, fence, block):
        """Takes a fenced block; returns it as it should be."""
        mark = MARK.match(above)
        try:
            if mark:
                self.file(mark, "".join(f"{line}\n" for line in block))
            elif fence == "```json":
                whole = block[0].startswith("{")
                json.loads("\n".join(block if whole else ["{", *block, "}"]))
            elif block[0].startswith("$ "):
                return self.command(block)
        except ValueError as error:
            self.f.ok(f"the block below '{above}'", False, error)
        return block

    def walk(self, text):
        """The page again, with what the commands print."""
        out, block, fence, above = [], [], None, ""
        for line in text.splitlines():
            if fence is not None and line != "```":
                block.append(line)
                continue
            if fence is not None:
                out += self.block(above, fence, block)
                block, fence, above = [], None, ""
            elif line.startswith("```"):
                fence = line
            else:
                above = line or above
            out.append(line)
        return "".join(f"{line}\n" for line in out)


def worked(f, name):
    """A page held against the program, or brought up to it."""
    page = Page(f, name)
    written = page.walk(page.page.read_text(encoding="utf-8"))
    if "--write" in sys.argv:
        page.page.write_text(written, encoding="utf-8")


def feeds(f):
    """docs/feeds.md"""
    worked(f, "feeds.md")


def recipes(f):
    """docs/feeds-cookbook.md"""
    worked(f, "feeds-cookbook.md")


def indicators(f):
    """docs/indicators.md"""
    worked(f, "indicators.md")


if __name__ == "__main__":
    flow.main(feeds, recipes, indicators)
