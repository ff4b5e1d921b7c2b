/* rooms: base config normalise */
/* What fields are read from: columns, cells put into a text, parts of cells. */
#include <criterion/criterion.h>
#include <string.h>

#include "../support/normalise_run.h"

static const struct contract_value helmets[] = {
	{ .column = "値", .indicator = "helmets", .line = 9 }
};

static const char *const header[] = { "年", "月", "区", "値" };

/* A table of 年 月 区 値; the fields are the test's to say. */
static void
begin(struct run *r)
{
	run_init(r);
	r->contract.values = helmets;
	r->contract.n_values = 1;
	r->contract.other_columns = true;
	r->contract.period = (struct source){ .column = "年", .line = 5 };
}

static bool
one_row(struct run *r, const char *year, const char *month, const char *ward,
    const char *value)
{
	const char *const row[] = { year, month, ward, value };

	return run_row(r, 2, 4, row);
}

/* How a period is put together of the cells 年 and 月. */
static const struct {
	struct source period;
	const char *year, *month;
	const char *told; /* the period, or the reject */
	const char *why;
} sources[] = {
	{ { .text = "{年}年{月}月" }, "2024", " 4 ", "2024-04", "two cells" },
	{ { .text = "{年}{月}" }, "平成30年", "１月中", "2018-01",
	    "as they stand" },
	{ { .text = "平成{年}年度" }, "30", "", "FY2018", "with an era" },
	{ { .text = "{{{年}}}" }, "2024", "",
	    "2:1 '{2024}': period '{{{年}}}': not a year", "braces" },
	{ { .text = "{年}年{月}月" }, "2024", "13",
	    "2:2 '2024年13月': period '{年}年{月}月': no such date",
	    "the reject names the text" },
	{ { .column = "年", .pattern = "(\\d{4}年\\d+月)" },
	    "統計（2024年4月公表）", "", "2024-04", "a group" },
	{ { .column = "年", .pattern = "\\d{4}" }, "2024/25学年", "", "2024",
	    "all that is found" },
	{ { .column = "年", .pattern = "\\d{4}" }, "令和6年", "",
	    "2:1 '令和6年': column '年': the contract's pattern is not found",
	    "nothing is found" },
	{ { .text = "{年}-{月}", .pattern = "20.*" }, "西暦2024", "04",
	    "2024-04", "a part of what was put together" },
	{ { .column = "年" }, "平成24年a)b)", "", "2012", "footnotes" },
	{ { .column = "年" }, "平成24年 a) ", "", "2012", "behind a blank" },
	{ { .text = "{年}年{月}月" }, "2024a)", "4b)", "2024-04",
	    "of each cell" },
	{ { .column = "年" }, "a)", "", "2:1 'a)': column '年': not a year",
	    "a mark alone is the cell" },
	{ { .constant = "R6.9.30" }, "", "", "2024-09-30", "a constant" },
};

Test(normalise_rows, where_a_period_comes_from)
{
	static const char *const marks[] = { "a)", "b)" };

	for (size_t i = 0; i < ARRAY_LEN(sources); i++) {
		struct run r;

		begin(&r);
		r.contract.period = sources[i].period;
		r.contract.footnotes = marks;
		r.contract.n_footnotes = 2;
		run_begin(&r);
		cr_assert(run_header(&r, 1, 4, header), "row %zu: %s", i,
		    r.err.msg);
		cr_assert(one_row(&r, sources[i].year, sources[i].month, "",
			      "1"),
		    "row %zu: %s", i, r.err.msg);
		cr_expect(strstr(run_told(&r), sources[i].told) != NULL,
		    "row %zu (%s): told '%s', not '%s'", i, sources[i].why,
		    run_told(&r), sources[i].told);
		run_release(&r);
	}
}

Test(normalise_rows, a_dimension_is_a_part_of_a_text)
{
	static const struct dimension dims[] = {
		{ .name = "ward",
		    .source = { .column = "区", .pattern = "^(.+?)区" } },
		{ .name = "sex", .source = { .constant = "女" } },
		{ .name = "age", .source = { .text = "{年}-{月}" } },
	};
	static const char *const marks[] = { "①" };
	struct run r;

	begin(&r);
	r.contract.period = (struct source){ .constant = "2024" };
	r.contract.dims = dims;
	r.contract.n_dims = 3;
	r.contract.footnotes = marks;
	r.contract.n_footnotes = 1;
	run_begin(&r);
	cr_assert(run_header(&r, 1, 4, header), "%s", r.err.msg);
	cr_assert(one_row(&r, "20", "29①", "中央区計", "1"));
	cr_assert(one_row(&r, "20", "29", "\"北\"区", "2"));
	cr_assert(one_row(&r, "20", "29①", "中央区計", "3"));
	cr_assert(one_row(&r, "20", "29", "計", "4"));
	cr_expect_str_eq(run_told(&r),
	    "helmets 202037 A A {\"age\":\"20-29\",\"sex\":\"女\","
	    "\"ward\":\"中央\"} 2024 = 1 A\n"
	    "helmets 202037 A A {\"age\":\"20-29\",\"sex\":\"女\","
	    "\"ward\":\"\\\"北\\\"\"} 2024 = 2 A\n"
	    "helmets 202037 A A {\"age\":\"20-29\",\"sex\":\"女\","
	    "\"ward\":\"中央\"} 2024 = 3 A\n"
	    "reject 2:3 '計': column '区': the contract's pattern is not found "
	    "in it");
	run_release(&r);
}

Test(normalise_rows, a_dimension_is_called_as_the_contract_says)
{
	static const struct pair map[] = { { "男 性", "male" },
		{ "女性", "female" } };
	static const struct dimension dims[] = { { .name = "sex",
	    .source = { .column = "区", .pattern = "[^0-9]+" },
	    .map = map,
	    .n_map = 2 } };
	static const char *const rows[][2] = { { "男　性", "male" },
		{ "1女性", "female" }, { "総　数", "総数" },
		{ "女性", "female" } };
	struct run r;
	char want[64];

	begin(&r);
	r.contract.dims = dims;
	r.contract.n_dims = 1;
	run_begin(&r);
	cr_assert(run_header(&r, 1, 4, header), "%s", r.err.msg);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		cr_assert(one_row(&r, "2024", "", rows[i][0], "1"));
		(void)snprintf(want, sizeof(want), "{\"sex\":\"%s\"}",
		    rows[i][1]);
		cr_expect_str_eq(r.last.dims, want, "row %zu: %s", i,
		    r.last.dims);
	}
	cr_expect_eq(r.last.ordinal, 1, "two spellings are one series");
	run_release(&r);
}

/* More combinations than are remembered at once, twice. */
Test(normalise_rows, dimensions_are_never_mixed_up)
{
	static const struct dimension dims[] = {
		{ .name = "a", .source = { .column = "月" } },
		{ .name = "b", .source = { .column = "区" } }
	};
	struct run r;
	char a[16], b[16], want[64];

	begin(&r);
	r.contract.dims = dims;
	r.contract.n_dims = 2;
	run_begin(&r);
	cr_assert(run_header(&r, 1, 4, header), "%s", r.err.msg);
	for (int i = 0; i < 2000; i++) {
		(void)snprintf(a, sizeof(a), "%d", i % 1000 / 10);
		(void)snprintf(b, sizeof(b), "%d", i % 10);
		(void)snprintf(want, sizeof(want),
		    "{\"a\":\"%s\",\"b\":\"%s\"}", a, b);
		cr_assert(one_row(&r, "2024", a, b, "1"));
		cr_assert_str_eq(r.last.dims, want);
		cr_assert_eq(r.last.ordinal, (uint32_t)(i % 1000));
	}
	run_release(&r);
}

/* Cells 1|23 and 12|3 hold the same bytes one behind the other. */
Test(normalise_rows, where_a_cell_ends_makes_a_difference)
{
	static const struct dimension dims[] = {
		{ .name = "a", .source = { .column = "月" } },
		{ .name = "b", .source = { .column = "区" } }
	};
	struct run r;

	begin(&r);
	r.contract.dims = dims;
	r.contract.n_dims = 2;
	run_begin(&r);
	cr_assert(run_header(&r, 1, 4, header), "%s", r.err.msg);
	cr_assert(one_row(&r, "2024", "1", "23", "1"));
	cr_assert(one_row(&r, "2024", "12", "3", "1"));
	cr_expect_str_eq(r.last.dims, "{\"a\":\"12\",\"b\":\"3\"}");
	cr_expect_eq(r.last.ordinal, 1);
	run_release(&r);
}

Test(normalise_rows, a_value_has_a_period_and_dimensions_of_its_own)
{
	static const struct pair men[] = { { "sex", "男" }, { "age", "計" } };
	static const struct contract_value values[] = {
		{ .column = "年",
		    .indicator = "helmets",
		    .period = "令和6年4月1日",
		    .dims = men,
		    .n_dims = 2 },
		{ .column = "月", .indicator = "helmets", .period = "2025-04" },
	};
	static const struct dimension dims[] = { { .name = "ward",
	    .source = { .column = "区" } } };
	struct run r;

	begin(&r);
	r.contract.period = (struct source){ 0 };
	r.contract.values = values;
	r.contract.n_values = 2;
	r.contract.dims = dims;
	r.contract.n_dims = 1;
	run_begin(&r);
	cr_assert(run_header(&r, 1, 4, header), "%s", r.err.msg);
	cr_assert(one_row(&r, "7", "8", "東", ""));
	cr_assert(one_row(&r, "9", "10", "西", ""));
	cr_expect_str_eq(run_told(&r),
	    "helmets 202037 D D {\"age\":\"計\",\"sex\":\"男\",\"ward\":\"東\"}"
	    " 2024-04-01 = 7 A\n"
	    "helmets 202037 M M {\"ward\":\"東\"} 2025-04 = 8 A\n"
	    "helmets 202037 D D {\"age\":\"計\",\"sex\":\"男\",\"ward\":\"西\"}"
	    " 2024-04-01 = 9 A\n"
	    "helmets 202037 M M {\"ward\":\"西\"} 2025-04 = 10 A");
	run_release(&r);
}

Test(normalise_rows, periods_that_are_nowhere_are_an_error)
{
	static const struct contract_value values[] = {
		{ .column = "値", .indicator = "helmets", .period = "平成35年" }
	};
	struct run r;

	begin(&r);
	r.contract.period = (struct source){ 0 };
	run_begin(&r);
	cr_expect(!run_header(&r, 1, 4, header));
	cr_expect_str_eq(r.err.msg,
	    "feeds/a.json: period: the contract does not say where it "
	    "stands");
	r.contract.values = values;
	run_begin(&r);
	cr_expect(!run_header(&r, 1, 4, header));
	cr_expect(strstr(r.err.msg, "period '平成35年': not in 平成") != NULL,
	    "%s", r.err.msg);
	run_release(&r);
}

/* A label that is known and unused leaves the row out, but a year that it
 * says holds for those below. */
Test(normalise_rows, an_ignored_label_is_no_row_of_data)
{
	static const char *const ignored[] = { "合 計" };
	struct run r;

	begin(&r);
	r.contract.inherit = true;
	r.contract.indicator = (struct source){ .column = "区" };
	r.contract.indicator_ignore = ignored;
	r.contract.n_indicator_ignore = 1;
	r.contract.values = &(struct contract_value){ .column = "値" };
	run_begin(&r);
	cr_assert(run_header(&r, 1, 4, header), "%s", r.err.msg);
	cr_assert(one_row(&r, "平成24年1月", "", "合計", "100"));
	cr_assert(one_row(&r, "2月", "", "helmets", "3"));
	cr_assert(one_row(&r, "nothing", "", "合　計", "x"));
	cr_assert(one_row(&r, "3月", "", "ヘルメット着用数", "4"));
	cr_expect_str_eq(run_told(&r),
	    "helmets 202037 M M {} 2012-02 = 3 A\n"
	    "helmets 202037 M M {} 2012-03 = 4 A");
	cr_expect_eq(normaliser_read(r.n), 2);
	run_release(&r);
}

Test(normalise_rows, a_period_below_another_takes_its_year)
{
	static const char *const cells[][2] = {
		{ "平成24年11月", "2012-11 = 1" },
		{ "11月", "2012-11 = 1" },
		{ "12月", "2012-12 = 1" },
		{ "1月", "a month before the one above it and no year" },
		{ "平成25年1月", "2013-01 = 1" },
		{ "11月", "2013-11 = 1" },
	};
	struct run r;

	begin(&r);
	r.contract.inherit = true;
	run_begin(&r);
	cr_assert(run_header(&r, 1, 4, header), "%s", r.err.msg);
	for (size_t i = 0; i < ARRAY_LEN(cells); i++) {
		run_forget(&r);
		cr_assert(one_row(&r, cells[i][0], "", "", "1"));
		cr_expect(strstr(run_told(&r), cells[i][1]) != NULL,
		    "row %zu: '%s' told '%s'", i, cells[i][0], run_told(&r));
	}
	run_release(&r);
}

Test(normalise_rows, a_pattern_that_takes_too_long_is_an_error)
{
	char text[64];
	struct run r;

	memset(text, 'a', sizeof(text) - 2);
	text[sizeof(text) - 2] = '!';
	text[sizeof(text) - 1] = '\0';
	begin(&r);
	r.contract.period.pattern = "^(a+)+$";
	run_begin(&r);
	cr_assert(run_header(&r, 1, 4, header), "%s", r.err.msg);
	cr_expect(!one_row(&r, text, "", "", "1"), "told %s", run_told(&r));
	cr_expect(r.err.msg[0] != '\0');
	cr_expect_eq(r.rejects, 0);
	run_release(&r);
}

Test(normalise_rows, a_pattern_that_is_none_is_an_error)
{
	struct run r;

	begin(&r);
	r.contract.period.pattern = "(";
	run_begin(&r);
	cr_expect(!run_header(&r, 1, 4, header));
	cr_expect_eq(r.err.code, KPID_ECONFIG);
	run_release(&r);
}

Test(normalise_rows, a_value_has_a_status_of_its_own)
{
	static const struct contract_value values[] = {
		{ .column = "値", .indicator = "helmets", .status = "月" },
		{ .column = "区", .indicator = "cards" },
	};
	static const struct pair map[] = { { "速報", "P" } };
	struct run r;

	begin(&r);
	r.contract.values = values;
	r.contract.n_values = 2;
	r.contract.status_map = map;
	r.contract.n_status_map = 1;
	run_begin(&r);
	cr_assert(run_header(&r, 1, 4, header), "%s", r.err.msg);
	cr_assert(one_row(&r, "2024", "速報", "1", "2"));
	cr_assert(one_row(&r, "2025", "概数", "1", "2"));
	cr_expect_str_eq(run_told(&r),
	    "helmets 202037 A A {} 2024 = 2 P\n"
	    "cards 202037 A A {} 2024 = 1 A\n"
	    "unknown_status 2:2 unknown status '概数'\n"
	    "reject 2:4 '2' helmets 2025: a status that the contract does not "
	    "map\n"
	    "cards 202037 A A {} 2025 = 1 A");
	run_release(&r);
}
