/* rooms: base config decode layout */
/* Which row is the header, and what is said when none is. */
#include "../support/layout_run.h"

static const struct contract_value values[] = {
	{ .column = "人口", .line = 12 },
};

/* A contract that names 年月, 区 and 人口. */
static struct contract
three_columns(void)
{
	return (struct contract){
		.header = { .rows = 1, .join = "/" },
		.period = { .column = "年月", .line = 10 },
		.organization = { .column = "区", .line = 11 },
		.values = values,
		.n_values = 1,
		.line = 7,
	};
}

struct grid {
	const char *in, *out, *why;
};

static void
check(struct laid *d, const struct grid *rows, size_t n)
{
	for (size_t i = 0; i < n; i++)
		cr_expect_str_eq(laid(d, rows[i].in), rows[i].out,
		    "row %zu (%s): got\n%s", i, rows[i].why, d->told.ptr);
}

static const struct grid searched[] = {
	{ "年月|区|人口\n1|北|5\n", "h1: 年月|区|人口\n2: 1|北|5\n",
	    "it is the first row" },
	{ "神戸市の人口|\n\n単位：人|||\n年月|区|人口\n1|北|5\n",
	    "h4: 年月|区|人口\n5: 1|北|5\n", "below notes, of any length" },
	{ "||\n年　月|区 |人口\n1|北|5\n", "h2: 年　月|区|人口\n3: 1|北|5\n",
	    "compared as labels" },
	{ "人口|区\n年月|区|人口|計\n1|北|5|6\n",
	    "h2: 年月|区|人口|計\n3: 1|北|5|6\n",
	    "a row that has some of them is not it" },
	{ "年月|人口|人口|区\n1|2|3|北\n",
	    "h1: 年月|人口|人口|区\n"
	    "2: 1|2|3|北\n",
	    "a name that stands twice is for others to judge" },
	{ "年月|区|人口\n\n||\n1|北|5\n", "h1: 年月|区|人口\n4: 1|北|5\n",
	    "blank rows are no rows" },
	{ "年月|区|人口\n1|北|5||\n1|北\n1|北|5|x\n",
	    "h1: 年月|区|人口\n2: 1|北|5\n"
	    "bad 3.3 [1|北] the row has 2 cells where the header has 3\n"
	    "bad 4.4 [1|北|5|x] the row has 4 cells where the header has 3\n",
	    "ragged rows; blank cells at the end are cut" },
	{ "!bad a quote\n年月|区|人口\n!bad other\n",
	    "h2: 年月|区|人口\nbad 3.2 [raw] other\n",
	    "a bad row above the header is one of its notes" },
	{ "年月|区|人口数\n1|北|5\n",
	    "error line 1: the header has no column '人口'; it has '年月', "
	    "'区', '人口数'. HINT: is it '人口数' now?; the contract names "
	    "it in feeds/a.json:12\n",
	    "a column that was renamed" },
	{ "題\n区|年月|男\n",
	    "error line 2: the header has no column '人口'; it has '区', "
	    "'年月', '男'. HINT: was it renamed?; the contract names it in "
	    "feeds/a.json:12\n",
	    "the row that came nearest is told" },
	{ "a|b\nc|d\n",
	    "error line 1: none of the first 2 rows has any of the columns "
	    "'年月', '区', '人口'; this one has 'a', 'b'. HINT: was it "
	    "renamed?; the contract names it in feeds/a.json:10\n",
	    "another table" },
	{ "題\n注;a\n年月;人口;計\n1;2;3\n",
	    "error line 3: none of the first 4 rows has any of the columns "
	    "'年月', '区', '人口'; this one has '年月;人口;計'. HINT: its "
	    "fields are divided by another character: \"csv\": { "
	    "\"delimiter\": \";\" }; the contract names it in "
	    "feeds/a.json:10\n",
	    "another delimiter, below a title" },
	{ "年月\t区\t人口\n",
	    "error line 1: the header has no column '年月', '区', '人口'; it "
	    "has '年月\\t区\\t人口'. HINT: its fields are divided by another "
	    "character: \"csv\": { \"delimiter\": \"\\t\" }; the contract "
	    "names it in feeds/a.json:10\n",
	    "a tab is shown" },
	{ "注：人口、世帯;別表\n",
	    "error line 1: the header has no column '年月', '区', '人口'; it "
	    "has '注:人口、世帯;別表'. HINT: was it renamed?; the contract "
	    "names it in feeds/a.json:10\n",
	    "a sentence is no header" },
	{ "<html>|b\n",
	    "error line 1: the header has no column '年月', '区', '人口'; it "
	    "has '<html>', 'b'. HINT: the body looks like a web page; the "
	    "contract names it in feeds/a.json:10\n",
	    "a web page" },
	{ "!bad text follows a closing quote\na|b\n",
	    "error line 1 cannot be read (text follows a closing quote): line "
	    "2: the header has no column '年月', '区', '人口'; it has 'a', "
	    "'b'. HINT: was it renamed?; the contract names it in "
	    "feeds/a.json:10\n",
	    "perhaps it was the row that cannot be read" },
	{ "",
	    "error the body ends before its header: it has no row with "
	    "text\n",
	    "nothing at all" },
};

Test(layout, the_header_is_the_row_that_has_every_column)
{
	struct laid d;

	laid_init(&d);
	d.c = three_columns();
	check(&d, searched, ARRAY_LEN(searched));
	laid_release(&d);
}

Test(layout, a_header_is_not_looked_for_for_ever)
{
	CLEANUP(buf_release) struct buf grid = { 0 };
	struct laid d;

	buf_init(&grid, 1 << 20);
	for (int i = 0; i < 1000; i++)
		cr_assert(buf_puts(&grid, "注|記\n"));
	cr_assert(buf_put(&grid, "年月|区|人口\n", sizeof("年月|区|人口\n")));
	laid_init(&d);
	d.c = three_columns();
	cr_expect(strstr(laid(&d, grid.ptr), "none of the first 1000 rows")
		!= NULL,
	    "got %s", d.told.ptr);
	laid_release(&d);
}

static const struct {
	struct header_spec header;
	const char *in, *out, *why;
} found_by[] = {
	{ { .row = 3 }, "題\n注$記\nx|y\n1|2\n", "h4: x|y\n5: 1|2\n",
	    "rows are counted as a spreadsheet does: a row of two lines is "
	    "one" },
	{ { .row = 3 }, "題\n\nx|y\n1|2\n", "h3: x|y\n4: 1|2\n",
	    "and an empty line is one too" },
	{ { .row = 5 }, "題\nx|y\n",
	    "error the body ends before its header, which the contract says "
	    "is on row 5 (feeds/a.json:7)\n",
	    "the body is too short" },
	{ { .row = 2 }, "題\n!bad a quote\nx|y\n",
	    "error line 2 column 2: the header cannot be read: a quote\n",
	    "the header is a bad row" },
	{ { .row = 2 }, "!bad a quote\nx|y\n1|2\n", "h2: x|y\n3: 1|2\n",
	    "a bad row above it" },
	{ { .row = 2, .rows = 2 }, "題\nx|\n|y\n1|2\n", "h2: x|x/y\n4: 1|2\n",
	    "two rows by number" },
	{ { .find = (const char *[]){ "市 町", "計" }, .n_find = 2 },
	    "計\n計|他\n市町|計\n上田|5\n", "h3: 市町|計\n4: 上田|5\n",
	    "labels, all of them" },
	{ { .find = (const char *[]){ "市町", "計" }, .n_find = 2 },
	    "市町|合計\n",
	    "error line 1: the header has no column '計'; it has '市町', "
	    "'合計'. HINT: is it '合計' now?; the contract names it in "
	    "feeds/a.json:7\n",
	    "a label that is not there" },
	{ { .pattern = "^\\d+月$" }, "題|4月分\n区|４月|５月\n北|1|2\n",
	    "h2: 区|４月|５月\n3: 北|1|2\n", "a cell like a pattern" },
	{ { .pattern = "^\\d+月$" }, "題\n区\n",
	    "error none of the first 2 rows has a cell like '^\\d+月$', by "
	    "which the contract knows the header (feeds/a.json:7)\n",
	    "no cell like it" },
	{ { .pattern = "月$", .find = (const char *[]){ "区" }, .n_find = 1 },
	    "4月\n区\n区|5月\n", "h3: 区|5月\n", "labels and a pattern" },
	{ { 0 }, "|\nx|y\n1|2\n", "h2: x|y\n3: 1|2\n",
	    "nothing is named: the first row that has a text" },
	{ { .names = (const char *[]){ "a", "b" }, .n_names = 2 },
	    "1|2\n3|4|\n5|6|7\n",
	    "h0: a|b\n1: 1|2\n2: 3|4\n"
	    "bad 3.3 [5|6|7] the row has 3 cells where the header has 2\n",
	    "names alone: there is no header row" },
	{ { .names = (const char *[]){ "a" }, .n_names = 1, .row = 1 },
	    "x|y\n1|2\n", "h1: a|y\n2: 1|2\n", "names stand instead" },
	{ { .names = (const char *[]){ "a", "b", "c" },
	      .n_names = 3,
	      .row = 1 },
	    "x|y\n1|2\n",
	    "error line 1: the header has 2 columns, but feeds/a.json:7 "
	    "gives 3 names\n",
	    "more names than columns" },
	{ { .find = (const char *[]){ "x" },
	      .n_find = 1,
	      .names = (const char *[]){ "x" },
	      .n_names = 1 },
	    "題\nx\n1\n", "h2: x\n3: 1\n",
	    "names that stand instead are not looked for" },
};

Test(layout, headers_found_otherwise)
{
	for (size_t i = 0; i < ARRAY_LEN(found_by); i++) {
		struct laid d;

		laid_init(&d);
		d.c.header = found_by[i].header;
		cr_expect_str_eq(laid(&d, found_by[i].in), found_by[i].out,
		    "row %zu (%s): got\n%s", i, found_by[i].why, d.told.ptr);
		laid_release(&d);
	}
}

static const struct {
	const char *column, *in, *out, *why;
} references[] = {
	{ "計#2", "計|人\n人|計|計\n1|2|3\n", "h2: 人|計|計\n3: 1|2|3\n",
	    "two columns of one name are asked for" },
	{ "計#2", "計|x\n計#2|x\n1|2\n", "h2: 計#2|x\n3: 1|2\n",
	    "a text that looks like it wins" },
	{ "#2", "題\nx|y\n",
	    "h1: 題\n"
	    "bad 2.2 [x|y] the row has 2 cells where the "
	    "header has 1\n",
	    "a place says nothing of the header" },
};

Test(layout, columns_named_by_place)
{
	for (size_t i = 0; i < ARRAY_LEN(references); i++) {
		struct laid d;

		laid_init(&d);
		d.c.period.column = references[i].column;
		cr_expect_str_eq(laid(&d, references[i].in), references[i].out,
		    "row %zu (%s): got\n%s", i, references[i].why, d.told.ptr);
		laid_release(&d);
	}
}

static const struct {
	enum feed_format format;
	bool lenient;
	const char *in, *out, *why;
} formats[] = {
	{ FORMAT_CSV, true, "a|b\n1\n1|2|3\n", "h1: a|b\n2: 1|\n3: 1|2\n",
	    "lenient: short rows are filled up, long ones cut" },
	{ FORMAT_XLSX, false, "a|b\n1\n1|2|3\n", "h1: a|b\n2: 1|\n3: 1|2\n",
	    "a workbook's rows end where their text does" },
	{ FORMAT_JSON, false, "a|b\n~|~\n1|~\n", "h1: a|b\n3: 1|~\n",
	    "records; the paths are the header" },
	{ FORMAT_ESTAT, false, "tab|value\n1|2\n", "h1: tab|value\n2: 1|2\n",
	    "a named shape" },
	{ FORMAT_SDMX_CSV, false, "A|B\n1\n",
	    "h1: A|B\nbad 2.2 [1] the row has 1 cell where the header has 2\n",
	    "text of a statistical office is strict" },
};

Test(layout, formats)
{
	for (size_t i = 0; i < ARRAY_LEN(formats); i++) {
		struct laid d;

		laid_init(&d);
		d.c.format = formats[i].format;
		d.c.lenient = formats[i].lenient;
		cr_expect_str_eq(laid(&d, formats[i].in), formats[i].out,
		    "row %zu (%s): got\n%s", i, formats[i].why, d.told.ptr);
		laid_release(&d);
	}
}

static const struct grid sheets[] = {
	{ "!sheet 1月\n題\n年月|区|人口\n1|北|5\n!sheet 2月\n年月|人口|区\n"
	  "2|6|北\n",
	    "h2: 年月|区|人口\n3: 1|北|5\n"
	    "h1048577: 年月|人口|区\n1048578: 2|6|北\n",
	    "each sheet has its header" },
	{ "!sheet 1月\n年月|区|人口\n!sheet 表紙\n題\n",
	    "h1: 年月|区|人口\n"
	    "error sheet '表紙': row 1: the header has no column "
	    "'年月', '区', '人口'; it has '題'. HINT: was it renamed?; the "
	    "contract names it in feeds/a.json:10\n",
	    "a sheet without it" },
	{ "!sheet 表紙\n題\n!sheet 1月\n年月|区|人口\n",
	    "error sheet '表紙': row 1: the header has no column '年月', "
	    "'区', '人口'; it has '題'. HINT: was it renamed?; the contract "
	    "names it in feeds/a.json:10\n",
	    "the first of two" },
};

Test(layout, a_sheet_begins_anew)
{
	struct laid d;

	laid_init(&d);
	d.c = three_columns();
	d.c.format = FORMAT_XLSX;
	check(&d, sheets, ARRAY_LEN(sheets));
	d.c.header.row = 2;
	cr_expect_str_eq(laid(&d, "!sheet a\n題\nx\n1\n!sheet b\n題\ny\n2\n"),
	    "h2: x\n3: 1\nh1048578: y\n1048579: 2\n",
	    "rows are counted in each sheet: got\n%s", d.told.ptr);
	laid_release(&d);
}

Test(layout, a_plain_row_is_passed_on_as_it_came)
{
	struct laid d;

	laid_init(&d);
	d.c = three_columns();
	(void)laid(&d, "年月|区|人口\n1|北|5\n2|北|6\n3|北|7|\n");
	cr_expect_eq(d.same, 2, "got %zu", d.same);
	laid_release(&d);
}
