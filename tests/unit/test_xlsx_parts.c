/* rooms: base decode parse */
/* The small things that a workbook is read with. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "kpid/table.h"

#include "../../collector/parse/archive_pick.h"
#include "../../collector/parse/xlsx_book.h"
#include "../support/xlsx_make.h"

Test(xlsx_parts, references_are_columns_and_rows)
{
	static const struct {
		const char *text;
		bool ok;
		uint32_t column, row;
	} table[] = {
		{ "A1", true, 1, 1 },
		{ "Z9", true, 26, 9 },
		{ "AA10", true, 27, 10 },
		{ "XFD1048576", true, 16384, 1048576 },
		{ "$C$5", true, 3, 5 },
		{ "C", true, 3, 0 },
		{ "XFE1", false, 0, 0 },
		{ "A1048577", false, 0, 0 },
		{ "A0", false, 0, 0 },
		{ "", false, 0, 0 },
		{ "5", false, 0, 0 },
		{ "a1", false, 0, 0 },
		{ "A-1", false, 0, 0 },
		{ "A1 ", false, 0, 0 },
		{ "AAAAAAAAAAAAAAAAAAAA1", false, 0, 0 },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		uint32_t column = 0, row = 0;
		bool ok = xlsx_reference(table[i].text, &column, &row);

		cr_expect(ok == table[i].ok
			&& (!ok
			    || (column == table[i].column
				&& row == table[i].row)),
		    "row %zu (%s): got %u %u", i, table[i].text, column, row);
	}
}

Test(xlsx_parts, escapes_are_characters)
{
	static const struct {
		const char *in, *want;
	} table[] = {
		{ "", "" },
		{ "人口", "人口" },
		{ "a_b", "a_b" },
		{ "_x000D_", "\r" },
		{ "a_x000d__x000A_b", "a\r\nb" },
		{ "_x005F_x000D_", "_x000D_" },
		{ "_x3042__x00E9_", "あé" },
		{ "_x0000_", "_x0000_" },
		{ "_xD83D__xDE00_", "_xD83D__xDE00_" },
		{ "_xFFFF_", "_xFFFF_" },
		{ "_x00G0_", "_x00G0_" },
		{ "_x000D", "_x000D" },
		{ "__x0041__", "_A_" },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		char text[64];
		struct slice got;

		(void)snprintf(text, sizeof(text), "%s", table[i].in);
		got = xlsx_unescape(text, strlen(text));
		cr_expect(slice_is(got, table[i].want),
		    "row %zu: got " SLICE_FMT, i, slice_width(got), got.ptr);
	}
}

Test(xlsx_parts, numbers_of_attributes)
{
	uint32_t n = 7;

	cr_expect(xml_number("0", 9, &n) && n == 0);
	cr_expect(xml_number("4294967295", UINT32_MAX, &n) && n == UINT32_MAX);
	cr_expect(!xml_number("4294967296", UINT32_MAX, &n));
	cr_expect(!xml_number("10", 9, &n));
	cr_expect(!xml_number("", 9, &n) && !xml_number(NULL, 9, &n));
	cr_expect(!xml_number("-1", 9, &n) && !xml_number("1 ", 9, &n));
	cr_expect(xml_true("1") && xml_true("true") && xml_true("on"));
	cr_expect(!xml_true("0") && !xml_true("") && !xml_true(NULL));
}

Test(xlsx_parts, relations_name_parts_from_where_they_stand)
{
	static const struct part part = { .name = "a/b/_rels/c.xml.rels",
		.text = "<r><Relationship Id=\"1\" Type=\"u/v/sheet\" "
			"Target=\"d/e.xml\"/><Relationship Id=\"2\" Type=\"t\" "
			"Target=\"../f.xml\"/><Relationship Id=\"3\" "
			"Type=\"t\" Target=\"/g.xml\"/><Relationship Id=\"4\" "
			"Type=\"t\" Target=\"../../../../h.xml\"/>"
			"<Relationship Id=\"5\" Type=\"t\" "
			"Target=\"https://example.org/\" "
			"TargetMode=\"External\"/><Relationship Id=\"6\"/>"
			"</r>" };
	static const char *const want[] = { "a/b/d/e.xml", "a/f.xml", "g.xml",
		"h.xml" };
	CLEANUP(arena_release) struct arena mem = { 0 };
	CLEANUP(zip_release) zip_t *zip = NULL;
	struct xlsx_relations all = { .mem = &mem };
	struct kpid_err err = { 0 };
	int fd = zip_make(&part, 1);

	cr_assert(zip_begin(fd, &zip, &err), "%s", err.msg);
	cr_assert(xlsx_relations_read(zip, "a/b/c.xml", &all, &err), "%s",
	    err.msg);
	cr_assert_eq(all.n, ARRAY_LEN(want));
	for (size_t i = 0; i < ARRAY_LEN(want); i++)
		cr_expect_str_eq(all.list[i].part, want[i]);
	cr_expect_str_eq(all.list[0].type, "sheet");
	all.n = 0;
	cr_expect(xlsx_relations_read(zip, "c.xml", &all, &err) && all.n == 0);
	(void)close(fd);
}

Test(xlsx_parts, names_are_listed_up_to_a_dozen)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	const char *names[20];
	bool shown[20] = { false };
	struct names all = { names, shown, 0 };

	cr_expect_str_eq(names_listed(&all, &mem), "");
	for (size_t i = 0; i < 20; i++) {
		names[i] = arena_printf(&mem, "%zu", i);
		shown[i] = i != 1;
	}
	all.n = 4;
	cr_expect_str_eq(names_listed(&all, &mem), "'0', '2', '3'");
	all.n = 20;
	cr_expect_str_eq(names_listed(&all, &mem),
	    "'0', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12' "
	    "and 7 more");
}

/* A long text under a merged cell goes on to the rows below and no further;
 * ranges come and go as rows are passed. */
Test(xlsx_parts, merged_ranges_begin_and_end)
{
	static const struct book book = {
		.behind = "<mergeCells><mergeCell ref=\"C9:D9\"/>"
			  "<mergeCell ref=\"A1:A3\"/><mergeCell ref=\"B2:B5\"/>"
			  "</mergeCells>"
	};
	static const struct {
		uint32_t row;
		size_t open;
		bool reach;
	} table[] = {
		{ 1, 1, true },
		{ 2, 2, true },
		{ 4, 1, true },
		{ 6, 0, false },
		{ 9, 1, true },
		{ 10, 0, false },
	};
	CLEANUP(arena_release) struct arena mem = { 0 };
	CLEANUP(xlsx_book_close) struct xlsx_book b = { 0 };
	CLEANUP(xlsx_merges_free) struct xlsx_merges m = { 0 };
	struct kpid_err err = { 0 };
	int fd = book_make(&book);

	cr_assert(xlsx_book_open(fd, &mem, &b, &err), "%s", err.msg);
	cr_assert(xlsx_merges_read(&b, b.sheets[0].part, &m, &err));
	cr_assert_eq(m.n, 3);
	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		xlsx_merges_row(&m, table[i].row);
		for (size_t k = 0; k < m.n_open; k++)
			if (m.open[k]->text.len == 0)
				cr_assert(xlsx_merge_keep(&m, m.open[k],
				    slice_of("x"), &err));
		cr_expect(m.n_open == table[i].open
			&& xlsx_merges_reach(&m, table[i].row) == table[i].reach
			&& m.kept == m.n_open,
		    "row %u: %zu open, %zu bytes", table[i].row, m.n_open,
		    m.kept);
	}
	(void)close(fd);
}
