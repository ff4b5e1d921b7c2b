/* rooms: base decode parse */
/* Workbooks that are damaged or made to do harm: an error that names what. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "../../collector/parse/xlsx_row.h"
#include "../support/xlsx_make.h"
#include "kpid/limits.h"

static bool
pass_row(void *ctx, const struct row *row, struct kpid_err *err)
{
	(void)ctx;
	(void)row;
	(void)err;
	return true;
}

/* Rows are not looked at: there may be millions of cells. */
static void
expect_refused(int fd, enum kpid_code code, const char *want, const char *why)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	const struct row_sink sink = { .row = pass_row };
	const struct pick none = { 0 };
	struct kpid_err err = { 0 };

	cr_expect(!xlsx_read(fd, &none, &sink, &mem, &err) && err.code == code
		&& strstr(err.msg, want) != NULL,
	    "%s: got %d %s", why, (int)err.code, err.msg);
	(void)close(fd);
}

static void
expect_error(const struct book *b, enum kpid_code code, const char *want,
    const char *why)
{
	expect_refused(book_make(b), code, want, why);
}

static const struct {
	const char *why;
	struct book book;
	const char *want;
} damaged[] = {
	{ "no such string",
	    { .sheet = "<row r=\"5\"><c r=\"C5\" t=\"s\"><v>1</v></c>"
		       "</row>",
		.strings = "<si><t>x</t></si>" },
	    "sheet '推移', cell C5: the workbook has no shared "
	    "string '1'" },
	{ "no strings at all",
	    { .sheet = "<row><c t=\"s\"><v>0</v></c></row>" },
	    "cell A1: the workbook has no shared string '0'" },
	{ "no number of a string",
	    { .sheet = "<row r=\"1\"><c r=\"AB1\" t=\"s\"><v>-1</v></c>"
		       "</row>" },
	    "cell AB1: the workbook has no shared string '-1'" },
	{ "rows that go back", { .sheet = "<row r=\"2\"/><row r=\"2\"/>" },
	    "sheet '推移': a row '2' stands behind row 2" },
	{ "row 0", { .sheet = "<row r=\"0\"/>" }, "a row '0'" },
	{ "a row beyond the last", { .sheet = "<row r=\"1048577\"/>" },
	    "a row '1048577' stands behind row 0" },
	{ "counted beyond the last", { .sheet = "<row r=\"1048576\"/><row/>" },
	    "stands behind row 1048576" },
	{ "no row", { .sheet = "<row r=\"x\"/>" }, "a row 'x'" },
	{ "cells that go back",
	    { .sheet = "<row><c r=\"B1\"/><c r=\"A1\"/></row>" },
	    "row 1: a cell 'A1' stands behind 2 others" },
	{ "a column beyond the last", { .sheet = "<row><c r=\"XFE1\"/></row>" },
	    "'XFE1'" },
	{ "counted beyond the last",
	    { .sheet = "<row><c r=\"XFD1\"/><c/></row>" },
	    "stands behind 16384 others" },
	{ "no cell", { .sheet = "<row><c r=\"1A\"/></row>" }, "'1A'" },
	{ "no type", { .sheet = "<row><c t=\"z\"><v>1</v></c></row>" },
	    "row 1: 'z' is no type of a cell" },
	{ "no XML", { .sheet = "<row><c></row>" },
	    "'xl/worksheets/s0.xml' of the workbook is no sound XML: "
	    "line 2 column" },
	{ "cut short", { .whole = "<worksheet><sheetData>" }, "no sound XML" },
	{ "empty", { .whole = " " }, "no sound XML" },
	{ "another encoding", { .sheet = "<row><c><v>\x94\x4e</v></c></row>" },
	    "no sound XML" },
	{ "strings that are no XML",
	    { .sheet = "<row><c><v>1</v></c></row>", .strings = "<" },
	    "'xl/sharedStrings.xml' of the workbook is no sound XML" },
	{ "styles that are no XML", { .sheet = "", .styles = "<" },
	    "'xl/styles.xml'" },
	{ "a sheet list that is no XML", { .sheet = "", .before = "<" },
	    "'xl/workbook.xml'" },
};

Test(xlsx_refused, damaged_sheets)
{
	for (size_t i = 0; i < ARRAY_LEN(damaged); i++)
		expect_error(&damaged[i].book, KPID_EPARSE, damaged[i].want,
		    damaged[i].why);
}

#define LAUGHS                                                         \
	"<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]>"      \
	"<worksheet><sheetData><row><c t=\"str\"><v>&b;</v></c></row>" \
	"</sheetData></worksheet>"

/* begin, then piece as often as fits into len bytes, then end. */
static const char *
repeated(const char *begin, const char *piece, size_t len, const char *end,
    struct arena *mem)
{
	char *text = arena_alloc(mem, strlen(begin) + len + strlen(end) + 1);
	size_t n = strlen(begin), step = strlen(piece);

	memcpy(text, begin, n);
	memcpy(text + n, piece, step);
	len -= len % step;
	for (size_t done = step; done < len; done += step) {
		step = done < len - done ? done : len - done;
		memcpy(text + n + done, text + n, step);
	}
	n += len;
	memcpy(text + n, end, strlen(end));
	return text;
}

Test(xlsx_refused, made_to_do_harm)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	const char *string = repeated("<si><t>", "x", 50000, "</t></si>", &mem);
	const struct {
		const char *why;
		struct book book;
		const char *want;
	} table[] = {
		{ "entities", { .whole = LAUGHS },
		    "'xl/worksheets/s0.xml' of the workbook has a "
		    "document type (DOCTYPE), which no workbook has" },
		{ "deep",
		    { .whole = repeated("<worksheet>", "<a>", 300, "", &mem) },
		    "nested deeper than 64" },
		{ "a tag without end",
		    { .whole = repeated("<worksheet a=\"", "x", 3 << 20,
			  "\"></worksheet>", &mem) },
		    "has a tag of more than 1048576 bytes (LIMIT_CELL_BYTES)" },
		{ "a comment without end",
		    { .whole = repeated("<worksheet><!--", "x", 3 << 20,
			  "--></worksheet>", &mem) },
		    "has a tag of more than 1048576 bytes (LIMIT_CELL_BYTES)" },
		{ "a cell",
		    { .sheet = repeated("<row r=\"3\"><c t=\"str\"><v>", "x",
			  2 << 20, "</v></c></row>", &mem) },
		    "sheet '推移', cell A3: it is longer than 1048576 "
		    "bytes (LIMIT_CELL_BYTES)" },
		{ "a shared string",
		    { .sheet = "",
			.strings = repeated("<si><t>", "x", 2 << 20,
			    "</t></si>", &mem) },
		    "a shared string of the workbook is longer than 1048576 "
		    "bytes (LIMIT_CELL_BYTES)" },
		{ "shared strings",
		    { .sheet = "",
			.strings = repeated("", string, 33 << 20, "", &mem) },
		    "the shared strings of the workbook are more than 33554432 "
		    "bytes (LIMIT_SHARED_STRINGS_BYTES)" },
		{ "a row",
		    { .sheet = repeated("<row>", "<c t=\"s\"><v>0</v></c>",
			  23 * 17, "</row>", &mem),
			.strings = repeated("<si><t>", "x", 1 << 20,
			    "</t></si>", &mem) },
		    "row 1: it is longer than 16777216 bytes (LIMIT_ROW_BYTES)" },
		{ "merged ranges",
		    { .sheet = "<row/>",
			.behind = repeated("<mergeCells>",
			    "<mergeCell ref=\"A1:B1\"/>", 26 * 100001,
			    "</mergeCells>", &mem) },
		    "100000 merged ranges (LIMIT_MERGED_RANGES)" },
		{ "styles",
		    { .sheet = "",
			.styles = repeated("", " ", 33 << 20, "", &mem) },
		    "'xl/styles.xml' of the zip archive unpacks to more than "
		    "the limit of 33554432 bytes" },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++)
		expect_error(&table[i].book, KPID_EREFUSED, table[i].want,
		    table[i].why);
}

/* A few of so many cells that only the count is near its limit. */
Test(xlsx_refused, cells_that_the_file_does_not_hold_are_counted)
{
	static const struct {
		const char *why;
		uint64_t before;
		uint32_t column; /* of the only cell */
		struct xlsx_merge merge;
		bool ok;
	} table[] = {
		{ "blank cells, up to the limit", LIMIT_FILLED_CELLS - 9, 10,
		    { 0 }, true },
		{ "one more", LIMIT_FILLED_CELLS - 8, 10, { 0 }, false },
		{ "cells that follow each other", LIMIT_FILLED_CELLS, 1, { 0 },
		    true },
		{ "covered cells", LIMIT_FILLED_CELLS - 3, 1,
		    { .row = 7, .column = 1, .last_row = 7, .last_column = 3 },
		    true },
		{ "one more of them", LIMIT_FILLED_CELLS - 3, 1,
		    { .row = 7, .column = 1, .last_row = 7, .last_column = 4 },
		    false },
		{ "those of a row below", LIMIT_FILLED_CELLS - 2, 1,
		    { .row = 6, .column = 2, .last_row = 8, .last_column = 4 },
		    true },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		const struct row_sink sink = { .row = pass_row };
		struct xlsx_merge list = table[i].merge, *open = &list;
		struct xlsx_row r = { .sink = &sink,
			.sheet = "推移",
			.number = 7,
			.filled = table[i].before };
		struct kpid_err err = { 0 };
		bool ok;

		if (list.row > 0) {
			r.merges.open = &open;
			r.merges.n_open = 1;
		}
		ok = xlsx_row_put(&r, table[i].column, slice_of("1"),
			 (struct slice){ 0 }, &err)
		    && xlsx_row_end(&r, &err);
		cr_expect(ok == table[i].ok, "row %zu (%s): %s", i,
		    table[i].why, err.msg);
		cr_expect(ok
			|| strcmp(err.msg,
			       "sheet '推移', row 7: more than 100000000 cells "
			       "so far are blank or merged "
			       "(LIMIT_FILLED_CELLS)")
			    == 0,
		    "row %zu (%s): %s", i, table[i].why, err.msg);
		r.merges = (struct xlsx_merges){ 0 };
		xlsx_row_free(&r);
	}
}

/* A merged cell's text waits for the rows below: not for as many as one
 * likes. */
Test(xlsx_refused, texts_of_merged_cells_are_bounded)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	const char *rows = "", *ranges = "";
	struct book b = { .strings = repeated("<si><t>", "x", 1 << 20,
			      "</t></si>", &mem) };

	for (int i = 1; i <= 17; i++) {
		rows = arena_printf(&mem,
		    "%s<row r=\"%d\"><c r=\"%c%d\" t=\"s\"><v>0</v></c></row>",
		    rows, i, 'A' + i, i);
		ranges = arena_printf(&mem, "%s<mergeCell ref=\"%c%d:%c99\"/>",
		    ranges, 'A' + i, i, 'A' + i);
	}
	b.sheet = rows;
	b.behind = arena_printf(&mem, "<mergeCells>%s</mergeCells>", ranges);
	expect_error(&b, KPID_EREFUSED,
	    "longer than 16777216 bytes (LIMIT_ROW_BYTES)",
	    "one above the other");
}

#define LIST \
	"<workbook><sheets><sheet name=\"a\" id=\"r\"/></sheets></workbook>"

Test(xlsx_refused, parts_that_are_missing)
{
	static const struct part none[] = { { .name = "a", .text = "b" } };
	static const struct part list[] = { { .name = "xl/workbook.xml",
	    .text = LIST } };
	static const struct part no_part[] = {
		{ .name = "xl/workbook.xml", .text = LIST },
		{ .name = "xl/_rels/workbook.xml.rels",
		    .text = "<r><Relationship Id=\"r\" Type=\"worksheet\" "
			    "Target=\"../../s.xml\"/></r>" },
	};
	static const struct part chart[] = {
		{ .name = "xl/workbook.xml", .text = LIST },
		{ .name = "xl/s.xml", .text = "<chartsheet/>" },
		{ .name = "xl/_rels/workbook.xml.rels",
		    .text = "<r><Relationship Id=\"r\" Type=\"u/chartsheet\" "
			    "Target=\"s.xml\"/></r>" },
	};
	static const struct part dangling[] = { { .name = "_rels/.rels",
	    .text = "<r><Relationship Id=\"r\" Type=\"a/officeDocument\" "
		    "Target=\"/x.xml\"/></r>" } };

	expect_refused(zip_make(none, 1), KPID_EPARSE,
	    "the zip archive is no workbook", "any archive");
	expect_refused(zip_make(list, 1), KPID_EPARSE,
	    "no visible sheet of the workbook has cells", "no relations");
	expect_refused(zip_make(no_part, 2), KPID_EPARSE, "no visible sheet",
	    "no sheet");
	expect_refused(zip_make(chart, 3), KPID_EPARSE, "no visible sheet",
	    "a chart");
	expect_refused(zip_make(dangling, 1), KPID_EPARSE,
	    "the workbook has no part 'x.xml'", "no workbook");
}

Test(xlsx_refused, what_is_no_archive)
{
	expect_refused(bytes_fd("a,b\n", 4), KPID_EPARSE,
	    "the zip archive could not be opened: ", "a text");
}
