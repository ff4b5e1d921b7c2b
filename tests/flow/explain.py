#!/usr/bin/python3
"""From any value to the cell it was read from, whatever the file was."""
import gzip
import hashlib
import io
import json
import pathlib
import sys
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent
                       / "support"))
import flow  # noqa: E402

SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def workbook(name, rows):
    """An XLSX of one sheet of texts."""
    cells = "".join(
        f'<row r="{r}">' + "".join(
            f'<c r="{"ABC"[c]}{r}" t="inlineStr"><is><t>{text}</t></is></c>'
            for c, text in enumerate(row)) + "</row>"
        for r, row in enumerate(rows, 1))
    parts = {
        "[Content_Types].xml":
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
            'content-types"><Default Extension="xml" ContentType="application'
            '/xml"/></Types>',
        "_rels/.rels":
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/'
            f'2006/relationships"><Relationship Id="r1" Type="{REL}/office'
            'Document" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml":
            f'<workbook xmlns="{SHEET}" xmlns:r="{REL}"><sheets><sheet '
            f'name="{name}" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels":
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/'
            f'2006/relationships"><Relationship Id="r1" Type="{REL}/worksheet'
            '" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml":
            f'<worksheet xmlns="{SHEET}"><sheetData>{cells}</sheetData>'
            "</worksheet>"}
    return packed(parts)


def packed(parts):
    """A zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def add_feed(f, name, body, **contract):
    """A feed of one indicator, and its file."""
    (f.files / name).write_bytes(body)
    f.feed(name.split(".")[0], title=f"{name}の表", owner="a@city.example",
           source="上田市", url=f"file:../files/{name}",
           contract={"period": {"column": "年月"}, "values": [
               {"column": "来館", "indicator": "v_" + name.split(".")[0]}],
               **contract},
           indicators=[{"indicator": "v_" + name.split(".")[0],
                        "name_ja": f"来館者数 {name}", "unit": "人",
                        "measure": "flow"}])


def explain(f, *args):
    """kpid explain, as its document."""
    run = f.kpid("explain", *args, "--format", "json")
    if run.code != 0:
        raise RuntimeError(run.err)
    return json.loads(run.out)


def formats(f):
    """Every format"""
    f.demo()
    f.hold()
    csv = "年月,来館\n令和6年8月,\"1,2００\"\n".encode()
    add_feed(f, "plain.csv", csv, format="csv")
    add_feed(f, "packed.gz", gzip.compress(csv, mtime=0), format="csv")
    add_feed(f, "member.zip", packed({"読んで.txt": b"x", "表.csv": csv}),
             format="csv", member={"name": "表.csv"})
    add_feed(f, "book.xlsx", workbook("来館", [["年月", "来館"],
                                              ["令和6年8月", "1,2００"]]),
             format="xlsx")
    add_feed(f, "doc.json", json.dumps(
        {"d": [{"年月": "2024-08", "来館": "1,2００"}]},
        ensure_ascii=False, indent=1).encode(), format="json",
        records="$.d[*]")
    run = f.kpid("collect", "plain", "packed", "member", "book", "doc")
    f.same("all are loaded", run.out.count(" loaded "), 5)
    for name, want in (
            ("plain", {"line": 2, "column": 2, "member": None}),
            ("packed", {"line": 2, "column": 2, "member": None}),
            ("member", {"line": 2, "column": 2, "member": "表.csv"}),
            ("book", {"line": 2, "column": 2, "sheet": "来館",
                      "cell": "B2"}),
            ("doc", {"line": 5, "column": 14})):
        doc = explain(f, "v_" + name, "2024-08")
        cell = doc["cell"]
        f.same(f"{name}: the value and its cell", (doc["value"],
                                                  cell["raw"]),
               (1200, "1,2００"))
        f.same(f"{name}: its place", {k: cell[k] for k in want}, want)
        f.ok(f"{name}: by the contract that is", not cell["contract_changed"])
    text = f.kpid("explain", "v_book", "令和6年8月").out
    f.says("for people", text, "来館者数 book.xlsx（v_book）.*令和6年8月", "値　　1200人",
           "シート「来館」の B2　「1,2００」", "SHA-256 [0-9a-f]{64}",
           "履歴　第[0-9]+版　2024-10-15 09:00　1200")
    text = f.kpid("explain", "v_member", "2024-08").out
    f.says("a member of an archive", text, "表.csv の中の 2行目・2列目")


def history(f):
    """Every vintage, with its event and delivery"""
    (f.files / "plain.csv").write_text("年月,来館\n令和6年8月,1250\n",
                                       encoding="utf-8")
    f.kpid("collect", "plain")
    f.kpid("put", "v_plain", "2024-08", "1300", "--by", "山田", "--why",
           "電話で確認")
    doc = explain(f, "v_plain", "2024-08")
    steps = [(h["value"], h["kind"], h["who"], h["feed"])
             for h in doc["history"]]
    f.same("three steps", steps, [
        (1200, "load", None, "plain"), (1250, "load", None, "plain"),
        (1300, "load", "山田", "by_hand")])
    f.same("who typed it, and what", (
        doc["source"]["typed_by"], doc["source"]["typed_why"],
        doc["cell"]["raw"]), ("山田", "電話で確認", "1300"))
    event = doc["history"][1]
    old = explain(f, "v_plain", "2024-08", "--known-at", event["known_at"])
    f.same("as known before", (old["value"], old["cell"]["raw"],
                               len(old["history"])), (1250, "1250", 2))
    f.kpid("retract", str(doc["source"]["delivery"]), "--why", "間違い")
    back = explain(f, "v_plain", "2024-08")
    f.same("a retraction is a step, too", [
        (h["value"], h["kind"], h["why"]) for h in back["history"]][3:],
        [(1250, "retract", "間違い")])
    first = explain(f, "v_plain", "2024-08", "--known-at",
                    "2024-10-14T00:00:00Z")
    f.same("before anything was known", (
        first["value"], first["source"], first["cell"], first["history"]),
        (None, None, None, []))


def unknown_place(f):
    """A value whose line and column are not stored"""
    f.admin("update kpid.observation set line = 0, col = 0 where delivery in"
            " (select delivery from kpi.delivery where feed in"
            " ('doc', 'book'))")
    for name, place in (("doc", (5, 14)), ("book", (2, 2))):
        cell = explain(f, "v_" + name, "2024-08")["cell"]
        f.same(f"{name}: found by series and period", (
            cell["raw"], (cell["line"], cell["column"])), ("1,2００", place))


def repeated(f):
    """The same figures in other bytes: their place stands nowhere"""
    (f.files / "again.csv").write_text("年月,来館\n令和6年7月,90\n"
                                       "令和6年8月,100\n", encoding="utf-8")
    add_feed(f, "again.csv", (f.files / "again.csv").read_bytes(),
             format="csv")
    f.kpid("collect", "again")
    other = f.files / "other.csv"
    other.write_text("年月,来館\n令和6年8月,\"1００\"\n令和6年7月,90\n",
                     encoding="utf-8")
    f.kpid("import", "again", str(other))
    base, copy = [d for d, in f.rows("select delivery from kpi.delivery"
                                     " where feed = 'again' order by 1")]
    f.same("known as a repetition", f.admin(
        f"select repeats from kpid.delivery where delivery = {copy}"), [[base]])
    doc = explain(f, "v_again", "2024-08")
    f.same("the value rests on the first", (
        doc["source"]["delivery"], doc["cell"]["raw"], doc["cell"]["line"]),
        (int(base), "100", 3))
    f.kpid("retract", base, "--why", "取り違え")
    doc = explain(f, "v_again", "2024-08")
    f.same("without it, on the second", (
        doc["value"], doc["source"]["delivery"],
        doc["source"]["sha256"]), (
        100, int(copy),
        hashlib.sha256(other.read_bytes()).hexdigest()))
    f.same("whose body says where", (
        doc["cell"]["raw"], doc["cell"]["line"], doc["cell"]["column"],
        doc["cell"]["why"]), ("1００", 2, 2, None))
    f.same("analysts are told no wrong place", f.rows(
        "select line, col from kpi.observation where indicator = 'v_again'"
        " and period = '2024-08'"), [["", ""]])


def not_found(f):
    """A contract that changed, a body that is gone, a feed that is gone"""
    f.feed("doc", contract={"period": {"column": "月"}})
    cell = explain(f, "v_doc", "2024-08")["cell"]
    f.ok("changed: said so", cell["contract_changed"], cell)
    f.says("and what it cannot", cell["note"], "present contract")
    f.feed("plain", contract={"footnotes": ["注1"]})
    cell = explain(f, "v_plain", "2024-08")["cell"]
    f.same("a harmless change still finds the cell", (
        cell["contract_changed"], cell["raw"]), (True, "1250"))
    f.admin("delete from kpid.body where sha256 in (select sha256 from"
            " kpid.delivery where bytes = "
            + str(len((f.files / 'book.xlsx').read_bytes())) + ")")
    doc = explain(f, "v_book", "2024-08")
    f.same("pruned: said so", (
        doc["value"], doc["source"]["body_kept"], doc["cell"]["raw"],
        doc["cell"]["why"], doc["cell"]["note"]),
        (1200, False, None, "pruned", "the body is not kept any more"))
    f.says("for people, too", f.kpid("explain", "v_book", "2024-08").out,
           "原本は保存期間を過ぎ、残っていません")
    (f.feeds_dir / "packed.json").unlink()
    run = f.kpid("explain", "v_packed", "2024-08")
    f.same("an indicator that left with its feed: code 2", run.code, 2)


def targets(f):
    """A status whose value somebody typed"""
    f.kpid("collect", "ueda-ratios")
    f.kpid("put", "mynumber_card_rate", "令和6年9月30日", "７２．９", "--by",
           "佐藤", "--why", "速報")
    rows = {t["target"]: t for t in json.loads(f.kpid(
        "status", "--as-of", "2024-09-30", "--format", "json").out)["targets"]}
    f.same("status says who", (
        rows["ueda-r6-5-1-card-rate"]["actual"],
        rows["ueda-r6-5-1-card-rate"]["typed_by"]), (72.9, "佐藤"))
    f.same("of no other", [t for t, r in rows.items() if r["typed_by"]],
           ["ueda-r6-5-1-card-rate"])
    given = explain(f, "ueda-r6-5-1-card-rate", "--as-of",
                    "2024-09-30")["inputs"]
    f.same("and so does explain, with the cell", [
        (i["typed_by"], i["raw"], i["line"], i["col"]) for i in given],
        [("佐藤", "７２．９", 2, 4)])
    f.says("for people", f.kpid("explain", "ueda-r6-5-1-card-rate",
                               "--as-of", "2024-09-30").out, "入力者 佐藤")


def refused(f):
    """What cannot be explained"""
    for what, args, text in (
            ("indicator", ("v_plan", "2024-08"), "did you mean 'v_plain'"),
            ("period", ("v_plain", "x"), "'x' is no period"),
            ("nothing there", ("v_plain", "2020-08"), "it has 2024-08"),
            ("another town", ("v_plain", "2024-08", "--org", "202029"),
             "'v_plain' of 202029 was never delivered"),
            ("no period", ("v_plain",),
             "'v_plain' is an indicator, no target. HINT: say which period"),
            ("--as-of", ("v_plain", "2024-08", "--as-of", "2024-08-01"),
             "--as-of is for targets")):
        run = f.kpid("explain", *args)
        f.same(f"{what}: code 2", run.code, 2)
        f.says(f"{what}: said why", run.err, text)


if __name__ == "__main__":
    flow.main(formats, history, unknown_place, repeated, not_found, targets, refused)
