/* rooms: base config decode layout */
/* Headers of several rows: what the columns are called, their units, and
 * headers that come again. */
#include "../support/layout_run.h"

static const struct {
	struct header_spec header;
	const char *in, *out, *why;
} joined[] = {
	{ { .row = 1, .rows = 2 },
	    "年度|総収集量|家庭系||事業系\n||燃える|缶・$びん|\n元|1|2|3|4\n",
	    "h1: 年度|総収集量|家庭系/燃える|家庭系/缶・$びん|事業系\n"
	    "4: 元|1|2|3|4\n",
	    "a text spans what stands below it" },
	{ { .row = 1, .rows = 2, .join = " " }, "a|b\nc|d\n", "h1: a c|b d\n",
	    "joined by what the contract says" },
	{ { .row = 1, .rows = 2, .no_fill = true }, "a||\n|x|y\n",
	    "h1: a|x|y\n", "not filled" },
	{ { .row = 1, .rows = 3 }, "件数||人数|\n|死亡||\n||率|\n",
	    "h1: 件数|件数/死亡|人数/率|\n",
	    "only where some row below has a text, and not beyond what "
	    "begins above" },
	{ { .row = 1, .rows = 3 }, "件数|件数|件数\n|死亡|\n||率\n",
	    "h1: 件数|件数/死亡|件数/死亡/率\n",
	    "the same text beside itself does not begin anew" },
	{ { .row = 1, .rows = 3 }, "|東京|東京\n年月|気温|気温\n||\n|品|番\n",
	    "h1: 年月|東京/気温|東京/気温\n4: |品|番\n",
	    "a blank row in a header is one of its rows" },
	{ { .row = 1, .rows = 2 }, "年度|家庭系|^家庭系\n^年度|燃|不燃\n",
	    "h1: 年度|家庭系/燃|家庭系/不燃\n",
	    "a merged cell is one part, in every row that it covers" },
	{ { .row = 1, .rows = 2 }, "計|計\n計|男\n", "h1: 計/計|計/男\n",
	    "the same text in two cells is two parts" },
	{ { .row = 1, .rows = 2 }, " 人 |\n~|x\n", "h1: 人|人/x\n",
	    "blanks around a part are none of it" },
	{ { .row = 1, .rows = 2 }, "a\nb|c\n", "h1: a/b|a/c\n",
	    "header rows of any length" },
	{ { .row = 1, .rows = 4 }, "a|b\n", "h1: a|b\n",
	    "the body ends in its header" },
	{ { .row = 1, .units = 1 }, "年|人口|面積\n|（千人）|~\n1|2|3\n",
	    "h1: 年|人口[（千人）]|面積\n3: 1|2|3\n", "units" },
	{ { .row = 1, .units = 2 }, "年|人口|面積\n|千人|\n\n1|2|3\n",
	    "h1: 年|人口[千人]|面積\n4: 1|2|3\n",
	    "an empty line is a row of units too" },
	{ { .row = 1, .units = 1 }, "年|人口\n年|人\n", "h1: 年[年]|人口[人]\n",
	    "nothing below the units" },
	{ { .names = (const char *[]){ "a", "b" }, .n_names = 2, .units = 1 },
	    "人|%\n1|2\n", "h0: a[人]|b[%]\n2: 1|2\n",
	    "units without a header" },
	{ { .row = 1, .units = 1 }, "a\n!bad x\n",
	    "error line 2 column 2: the header cannot be read: x\n",
	    "units that cannot be read" },
};

Test(layout_names, header_rows_are_joined)
{
	for (size_t i = 0; i < ARRAY_LEN(joined); i++) {
		struct laid d;

		laid_init(&d);
		d.c.header = joined[i].header;
		d.c.lenient = true;
		cr_expect_str_eq(laid(&d, joined[i].in), joined[i].out,
		    "row %zu (%s): got\n%s", i, joined[i].why, d.told.ptr);
		laid_release(&d);
	}
}

Test(layout_names, a_column_knows_where_its_name_stands)
{
	struct laid d;

	laid_init(&d);
	d.c.header.row = 2;
	d.c.header.rows = 2;
	d.places = true;
	cr_expect_str_eq(laid(&d, "題\n年|家庭系|\n|燃|不燃\n1|2|3\n"),
	    "h2: 年@2.1|家庭系/燃@3.2|家庭系/不燃@3.3\n"
	    "4: 1@4.1|2@4.2|3@4.3\n",
	    "got\n%s", d.told.ptr);
	laid_release(&d);
}

static const struct contract_value value = { .column = "総数/男", .line = 9 };

static const struct {
	const char *in, *out, *why;
} windows[] = {
	{ "人口統計||\n年月|総数|\n|男|女\n1|2|3\n",
	    "h2: 年月|総数/男|総数/女\n4: 1|2|3\n", "below a title" },
	{ "||\n||人口統計\n年月|総数|\n|男|女\n1|2|3\n",
	    "h3: 年月|総数/男|総数/女\n5: 1|2|3\n",
	    "a title over a blank is not its first row" },
	{ "年月|総数|\n|男女|女\n",
	    "error line 1: the header has no column '総数/男'; it has "
	    "'年月', '総数/男女', '総数/女'. HINT: is it '総数/男女' now?; the contract "
	    "names it in feeds/a.json:9\n",
	    "what the joined names are" },
	{ "年月|人口|\n|計|総数/男\n|1|2\n",
	    "error line 1: the header has no column '総数/男'; it has "
	    "'年月', '人口/計', '人口/総数/男'. HINT: is it "
	    "'人口/総数/男' now?; the contract names it in feeds/a.json:9\n",
	    "a name below another is told whole" },
};

Test(layout_names, a_header_of_two_rows_is_found_by_its_joined_names)
{
	for (size_t i = 0; i < ARRAY_LEN(windows); i++) {
		struct laid d;

		laid_init(&d);
		d.c.header.rows = 2;
		d.c.period.column = "年月";
		d.c.values = &value;
		d.c.n_values = 1;
		cr_expect_str_eq(laid(&d, windows[i].in), windows[i].out,
		    "row %zu (%s): got\n%s", i, windows[i].why, d.told.ptr);
		laid_release(&d);
	}
}

Test(layout_names, labels_find_the_header_that_begins_with_one_of_them)
{
	struct laid d;

	laid_init(&d);
	d.c.header.rows = 3;
	d.c.header.find = (const char *[]){ "年月", "品質情報" };
	d.c.header.n_find = 2;
	cr_expect_str_eq(
	    laid(&d,
		"取得 2022\n\n|東京|東京\n年月|気温|気温\n||\n|値|品質情報\n"
		"1900/1|1.6|8\n"),
	    "h4: 年月|気温/値|気温/品質情報\n7: 1900/1|1.6|8\n", "got\n%s",
	    d.told.ptr);
	laid_release(&d);
}

static const char *const titles[] = { "計" };
static const struct row_test ends[] = { { .is = titles, .n_is = 1 } };

static const struct {
	struct header_spec header;
	bool until;
	const char *in, *out, *why;
} repeated[] = {
	{ { .row = 1, .repeats = true }, false, "a|b\n1|2\nａ|b\n3|4\n",
	    "h1: a|b\n2: 1|2\nh3: ａ|b\n4: 3|4\n",
	    "the row that was the header" },
	{ { .row = 1 }, false, "a|b\n1|2\na|b\n", "h1: a|b\n2: 1|2\n3: a|b\n",
	    "not when the contract does not say so" },
	{ { .find = (const char *[]){ "a" }, .n_find = 1, .repeats = true },
	    false, "a|b\n1|2\nc|a\n3|4\n", "h1: a|b\n2: 1|2\nh3: c|a\n4: 3|4\n",
	    "other columns beside it" },
	{ { .row = 1, .rows = 2, .units = 1, .repeats = true }, false,
	    "a|\nx|y\n人|%\n1|2\na|\nx|z\n件|%\n3|4\na|\nx|y\n",
	    "h1: a/x[人]|a/y[%]\n4: 1|2\nh5: a/x[件]|a/z[%]\n8: 3|4\n"
	    "h9: a/x|a/y\n",
	    "of two rows, with units" },
	{ { .row = 1, .repeats = true }, true,
	    "a|b\n1|2\n計|3\n注|\n\na|b\n4|5\n計|9\n6|7\n",
	    "h1: a|b\n2: 1|2\nh6: a|b\n7: 4|5\n",
	    "a table that has ended begins again" },
	{ { .row = 1 }, true, "a|b\n1|2\n計|3\na|b\n4|5\n!bad x\n",
	    "h1: a|b\n2: 1|2\n", "or does not" },
};

Test(layout_names, a_header_may_come_again)
{
	for (size_t i = 0; i < ARRAY_LEN(repeated); i++) {
		struct laid d;

		laid_init(&d);
		d.c.header = repeated[i].header;
		d.c.rows.until = ends;
		d.c.rows.n_until = repeated[i].until;
		cr_expect_str_eq(laid(&d, repeated[i].in), repeated[i].out,
		    "row %zu (%s): got\n%s", i, repeated[i].why, d.told.ptr);
		laid_release(&d);
	}
}
