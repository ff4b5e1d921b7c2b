/* rooms: base config decode layout */
/* Rows below the header: which are the table's, what is filled in, and what
 * stands beside the table. */
#include "../support/layout_run.h"

static const char *const note[] = { "注", "資 料" };
static const char *const total[] = { "計" };
static const char *const north[] = { "北" };

static const struct row_test by_word = { .is = note, .n_is = 2 };
static const struct row_test by_total = {
	.column = "区", .is = total, .n_is = 1
};
static const struct row_test by_north = {
	.column = "区", .is = north, .n_is = 1
};
static const struct row_test by_number = { .column = "#2",
	.matches = "^\\d+$" };
static const struct row_test by_blank = { .column = "区", .matches = "^$" };
static const struct row_test by_unknown = {
	.column = "町名", .is = total, .n_is = 1, .line = 20
};

static const struct {
	const struct row_test *where, *except, *until;
	const char *in, *out, *why;
} tested[] = {
	{ .except = &by_total,
	    .in = "区|数\n北|1\n計|2\n 計　|3\n南|4\n",
	    .out = "h1: 区|数\n2: 北|1\n5: 南|4\n",
	    .why = "a row of a word is left out, compared as labels" },
	{ .where = &by_number,
	    .in = "区|数\n北|1\n南|-\n西|５\n",
	    .out = "h1: 区|数\n2: 北|1\n4: 西|５\n",
	    .why = "rows of a pattern alone" },
	{ .where = &by_number,
	    .except = &by_total,
	    .in = "区|数\n計|1\n南|x\n北|2\n",
	    .out = "h1: 区|数\n4: 北|2\n",
	    .why = "both" },
	{ .until = &by_word,
	    .in = "区|数\n北|1\n|資料\n南|2\n!bad x\n",
	    .out = "h1: 区|数\n2: 北|1\n",
	    .why = "the first cell that has a text ends the table" },
	{ .until = &by_word,
	    .in = "区|数\n北|1\n注\n南\n",
	    .out = "h1: 区|数\n2: 北|1\n",
	    .why = "a short row can end it" },
	{ .except = &by_word,
	    .in = "区|数\n注|\n注\n北\n",
	    .out = "h1: 区|数\n"
		   "bad 4.2 [北] the row has 1 cell where the header has 2\n",
	    .why = "a short row that is left out is not bad" },
	{ .except = &by_blank,
	    .in = "数|区\n1|\n2|~\n3\n4|北\n",
	    .out = "h1: 数|区\n5: 4|北\n",
	    .why = "a cell that is not there is blank" },
	{ .where = &by_unknown,
	    .in = "区|数\n",
	    .out = "error line 1: the header has no column '町名'; it has "
		   "'区', '数'. HINT: was it renamed?; the contract names it "
		   "in feeds/a.json:20\n",
	    .why = "a test of a column that is not there" },
	{ .where = &by_north,
	    .in = "区|区\n",
	    .out = "error the column '区' stands twice in the header, as "
		   "columns 1 and 2. HINT: '区#2' is the second one; the "
		   "contract names it in feeds/a.json:0\n",
	    .why = "or there twice" },
};

Test(layout_rows, rows_left_out)
{
	for (size_t i = 0; i < ARRAY_LEN(tested); i++) {
		struct laid d;

		laid_init(&d);
		d.c.rows = (struct row_spec){
			.where = tested[i].where,
			.n_where = tested[i].where != NULL,
			.except = tested[i].except,
			.n_except = tested[i].except != NULL,
			.until = tested[i].until,
			.n_until = tested[i].until != NULL,
		};
		cr_expect_str_eq(laid(&d, tested[i].in), tested[i].out,
		    "row %zu (%s): got\n%s", i, tested[i].why, d.told.ptr);
		laid_release(&d);
	}
}

static const char *const filled[] = { "区" };

Test(layout_rows, a_header_found_otherwise_must_have_the_columns_tested)
{
	struct laid d;

	laid_init(&d);
	d.c.header.row = 1;
	d.c.rows.except = &by_unknown;
	d.c.rows.n_except = 1;
	cr_expect_str_eq(laid(&d, "町|数\n"),
	    "error the table has no column '町名'; it has '町', '数'. HINT: "
	    "the contract names it in feeds/a.json:20\n",
	    "got\n%s", d.told.ptr);
	d.c.rows.n_except = 0;
	d.c.rows.fill_down = filled;
	d.c.rows.n_fill_down = 1;
	cr_expect_str_eq(laid(&d, "町|数\n"),
	    "error the table has no column '区'; it has '町', '数'. HINT: "
	    "the contract names it in feeds/a.json:7\n",
	    "got\n%s", d.told.ptr);
	laid_release(&d);
}

static const struct {
	const struct row_test *except;
	const char *in, *out, *why;
} fills[] = {
	{ NULL, "区|性\n北|男\n|女\n~|計\n南|男\n　|女\n",
	    "h1: 区|性\n2: 北|男\n3: 北|女\n4: 北|計\n5: 南|男\n6: 南|女\n",
	    "blank means as above" },
	{ NULL, "区|性\n|男\n北|男\n", "h1: 区|性\n2: |男\n3: 北|男\n",
	    "nothing is above the first" },
	{ NULL, "区|性\n北|男\n^北|女\n|計\n",
	    "h1: 区|性\n2: 北|男\n3: 北|女\n4: 北|計\n",
	    "a merged cell is its text" },
	{ &by_north, "区|性\n北|男\n|女\n南|男\n|女\n",
	    "h1: 区|性\n4: 南|男\n5: 南|女\n",
	    "tests see what is filled in; what is left out fills too" },
	{ &by_word, "区|性\n北|男\n|注\n|女\n",
	    "h1: 区|性\n2: 北|男\n4: 北|女\n",
	    "the first text is the row's own" },
	{ NULL, "区|性\n北|男\n南|男|x\n|女\n",
	    "h1: 区|性\n2: 北|男\n"
	    "bad 3.3 [南|男|x] the row has 3 cells where the header has 2\n"
	    "4: 北|女\n",
	    "a bad row fills nothing" },
};

Test(layout_rows, cells_filled_down)
{
	for (size_t i = 0; i < ARRAY_LEN(fills); i++) {
		struct laid d;

		laid_init(&d);
		d.c.rows.fill_down = filled;
		d.c.rows.n_fill_down = 1;
		d.c.rows.except = fills[i].except;
		d.c.rows.n_except = fills[i].except != NULL;
		cr_expect_str_eq(laid(&d, fills[i].in), fills[i].out,
		    "row %zu (%s): got\n%s", i, fills[i].why, d.told.ptr);
		laid_release(&d);
	}
}

static const char *const header[] = { "区" };

/* One capture of each kind of table. */
static const struct {
	enum feed_format format;
	struct capture capture;
	const char *in, *out, *why;
} captured[] = {
	{ FORMAT_CSV, { "年", CAPTURE_ABOVE, "(平成\\d+年)", 5 },
	    "題|（平成３０年中）\n平成29年\n区|数\n北|1\n",
	    "h3: 区@3.1|数@3.2|=年@0.0\n"
	    "4: 北@4.1|1@4.2|平成３０年@1.2\n",
	    "the first cell above, by row and column" },
	{ FORMAT_CSV, { "年", CAPTURE_ABOVE, "平成", 5 },
	    "題\n区|数\n北|平成\n",
	    "error no cell above the header on line 2 is like '平成', by "
	    "which feeds/a.json:5 takes '年'\n",
	    "there is none" },
	{ FORMAT_CSV, { "表", CAPTURE_SECTION, "数（(.+)）", 5 },
	    "区|数\n北|0\n|増減数（自然）\n南|1\n\n増減数（社会）\n西|2\n",
	    "h1: 区@1.1|数@1.2|=表@0.0\n"
	    "2: 北@2.1|0@2.2|@0.0\n"
	    "4: 南@4.1|1@4.2|自然@3.2\n"
	    "7: 西@7.1|2@7.2|社会@6.1\n",
	    "a section's title holds for the rows below it" },
	{ FORMAT_CSV, { "表", CAPTURE_SECTION, "（(.+)）", 5 },
	    "|（自然）\n区|数\n北|0\n",
	    "h2: 区@2.1|数@2.2|=表@0.0\n3: 北@3.1|0@3.2|自然@1.2\n",
	    "a title above the header is one" },
	{ FORMAT_CSV, { "表", CAPTURE_SECTION, "（(.+)）", 5 },
	    "区|数\n（他）|1\n|x\n",
	    "h1: 区@1.1|数@1.2|=表@0.0\n2: （他）@2.1|1@2.2|@0.0\n"
	    "3: @3.1|x@3.2|@0.0\n",
	    "a row of two cells is none, nor is one without the pattern" },
	{ FORMAT_XLSX, { "表", CAPTURE_SECTION, "（(.+)）", 5 },
	    "区|数\n（他）|^（他）\n^（他）|^（他）\n北|1\n",
	    "h1: 区@1.1|数@1.2|=表@0.0\n4: 北@4.1|1@4.2|他@2.1\n",
	    "a title over merged cells" },
	{ FORMAT_CSV, { "年月", CAPTURE_FILE, "h(\\d+)_", 5 }, "区|数\n北|1\n",
	    "h1: 区@1.1|数@1.2|=年月@0.0\n2: 北@2.1|1@2.2|29@0.0\n",
	    "the file's name" },
	{ FORMAT_CSV, { "年月", CAPTURE_FILE, "r(\\d+)_", 5 }, "",
	    "error the file name 'h29_08.csv' is not like 'r(\\d+)_', by "
	    "which feeds/a.json:5 takes '年月' from it\n",
	    "which is another" },
	{ FORMAT_CSV, { "年", CAPTURE_URL, "/(\\d+)/", 5 }, "区|数\n北|1\n",
	    "h1: 区@1.1|数@1.2|=年@0.0\n2: 北@2.1|1@2.2|2017@0.0\n",
	    "the URL" },
	{ FORMAT_XLSX, { "月", CAPTURE_SHEET, "\\d+月", 5 },
	    "!sheet (1月)\n区|数\n北|1\n!sheet 2月\n区|数\n北|2\n",
	    "h1: 区@1.1|数@1.2|=月@0.0\n2: 北@2.1|1@2.2|1月@0.0\n"
	    "h1048577: 区@1048577.1|数@1048577.2|=月@0.0\n"
	    "1048578: 北@1048578.1|2@1048578.2|2月@0.0\n",
	    "the sheet's name" },
	{ FORMAT_XLSX, { "月", CAPTURE_SHEET, "\\d+月", 5 },
	    "!sheet 表紙\n区|数\n",
	    "error the sheet's name '表紙' is not like '\\d+月', by which "
	    "feeds/a.json:5 takes '月' from it\n",
	    "which is another" },
	{ FORMAT_CSV, { "月", CAPTURE_SHEET, NULL, 5 }, "区|数\n",
	    "error the body has no sheets, from whose names feeds/a.json:5 "
	    "takes '月'\n",
	    "there are no sheets" },
	{ FORMAT_XLSX, { "年", CAPTURE_ABOVE, "\\d+年", 5 },
	    "!sheet a\n1年\n区|数\n北|1\n!sheet b\n区|数\n北|2\n"
	    "!sheet c\n3年\n区|数\n北|3\n",
	    "h2: 区@2.1|数@2.2|=年@0.0\n3: 北@3.1|1@3.2|1年@1.1\n"
	    "error sheet 'b': no cell above the header on row 1 is like "
	    "'\\d+年', by which feeds/a.json:5 takes '年'\n",
	    "what one sheet says does not hold for the next" },
	{ FORMAT_XLSX, { "年", CAPTURE_ABOVE, "\\d+年", 5 },
	    "!sheet a\n題\n区|数\n",
	    "error sheet 'a': no cell above the header on row 2 is like "
	    "'\\d+年', by which feeds/a.json:5 takes '年'\n",
	    "a sheet without it" },
	{ FORMAT_JSON, { "年", CAPTURE_URL, "/(\\d+)/", 5 }, "a\n1\n",
	    "h1: a@1.1|=年@0.0\n2: 1@2.1|2017@0.0\n", "beside records" },
	{ FORMAT_CSV, { "年", CAPTURE_URL, "(", 5 }, "",
	    "error feeds/a.json:5: '(' is no pattern: missing closing "
	    "parenthesis, at byte 2\n",
	    "a pattern that is none" },
};

Test(layout_rows, texts_beside_the_table)
{
	for (size_t i = 0; i < ARRAY_LEN(captured); i++) {
		const bool grid = captured[i].format != FORMAT_JSON;
		struct laid d;

		laid_init(&d);
		d.places = true;
		d.name = (struct body_name){ "h29_08.csv",
			"https://x/2017/h29_08.csv" };
		d.c.format = captured[i].format;
		d.c.header.find = grid ? header : NULL;
		d.c.header.n_find = grid;
		d.c.captures = &captured[i].capture;
		d.c.n_captures = 1;
		cr_expect_str_eq(laid(&d, captured[i].in), captured[i].out,
		    "row %zu (%s): got\n%s", i, captured[i].why, d.told.ptr);
		laid_release(&d);
	}
}

Test(layout_rows, a_captured_text_can_be_tested)
{
	static const struct capture section = { "表", CAPTURE_SECTION, "第.表",
		5 };
	static const char *const second[] = { "第2表" };
	static const struct row_test where = {
		.column = "表", .is = second, .n_is = 1
	};
	struct laid d;

	laid_init(&d);
	d.c.captures = &section;
	d.c.n_captures = 1;
	d.c.rows.where = &where;
	d.c.rows.n_where = 1;
	d.c.rows.fill_down = filled;
	d.c.rows.n_fill_down = 1;
	cr_expect_str_eq(
	    laid(&d, "区|数\n第1表\n北|1\n第２表\n|2\n南|3\n第3表\n西|4\n"),
	    "h1: 区|数|=表\n5: |2|第２表\n6: 南|3|第２表\n",
	    "nothing is filled down from one section into the next: got\n%s",
	    d.told.ptr);
	laid_release(&d);
}

Test(layout_rows, a_title_between_two_blocks)
{
	static const struct capture above = { "年", CAPTURE_ABOVE, "\\d+年",
		5 };
	struct laid d;

	laid_init(&d);
	d.c.header.repeats = true;
	d.c.header.find = header;
	d.c.header.n_find = 1;
	d.c.captures = &above;
	d.c.n_captures = 1;
	cr_expect_str_eq(laid(&d,
			     "1年\n区|数\n北|1年\n2年\n単位：人\n3年\n"
			     "区|数\n北|2\n区|数\n北|3\n"),
	    "h2: 区|数|=年\n3: 北|1年|1年\nbad 5.2 [単位：人] the row has 1 "
	    "cell where the header has 2\n"
	    "h7: 区|数|=年\n8: 北|2|2年\n"
	    "h9: 区|数|=年\n10: 北|3|2年\n",
	    "the year of one block is not that of the next: got\n%s",
	    d.told.ptr);
	laid_release(&d);
}

Test(layout_rows, what_stands_above_a_header_that_comes_again)
{
	static const struct capture above = { "年", CAPTURE_ABOVE, "\\d+年",
		5 };
	struct laid d;

	laid_init(&d);
	d.c.header.repeats = true;
	d.c.header.find = header;
	d.c.header.n_find = 1;
	d.c.captures = &above;
	d.c.n_captures = 1;
	d.c.rows.until = &by_total;
	d.c.rows.n_until = 1;
	cr_expect_str_eq(laid(&d,
			     "1年\n区|数\n北|1\n計|1\n2年\n3年\n区|数\n"
			     "北|2\n計|2\n区|数\n北|3\n"),
	    "h2: 区|数|=年\n3: 北|1|1年\n"
	    "h7: 区|数|=年\n8: 北|2|2年\n"
	    "h10: 区|数|=年\n11: 北|3|2年\n",
	    "got\n%s", d.told.ptr);
	laid_release(&d);
}
