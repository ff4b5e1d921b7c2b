/* rooms: base config normalise */
/* Rows through a contract: observations, rejects, findings, errors. */
#include <criterion/criterion.h>
#include <string.h>

#include "../support/normalise_run.h"

/* A long table as a city hall exports it: the row names its indicator. */
static const char *const long_header[] = { "年度・時点", "指標", "実績値",
	"区分", "備考" };

#define LONG_COLUMNS ARRAY_LEN(long_header)

static void
long_contract(struct run *r)
{
	static const struct pair missing[] = { { "…", "not_available" },
		{ "x", "suppressed" }, { "-", "not_applicable" } };
	static const struct pair map[] = { { "交付率", "card_rate" } };
	static const struct pair status[] = { { "速報", "P" },
		{ "確報", "A" } };
	static const char *const zero[] = { "未開催" };
	static const char *const ignore[] = { "備考" };
	static const struct contract_value values[] = { { .column = "実績値",
	    .line = 9 } };
	struct contract *c = &r->contract;

	c->period = (struct source){ .column = "年度・時点", .line = 5 };
	c->indicator = (struct source){ .column = "指標", .line = 7 };
	c->status = (struct source){ .column = "区分", .line = 8 };
	c->values = values;
	c->n_values = 1;
	c->indicator_map = map;
	c->n_indicator_map = 1;
	c->status_map = status;
	c->n_status_map = 2;
	c->missing = missing;
	c->n_missing = 3;
	c->zero = zero;
	c->n_zero = 1;
	c->ignore = ignore;
	c->n_ignore = 1;
	run_begin(r);
}

static void
long_begin(struct run *r)
{
	run_init(r);
	long_contract(r);
	cr_assert(run_header(r, 1, LONG_COLUMNS, long_header), "%s",
	    r->err.msg);
}

struct long_row {
	const char *period, *label, *value, *status;
	const char *told; /* as run.h prints it */
	const char *why;
};

static const struct long_row long_rows[] = {
	{ "令和6年9月末", "ヘルメット着用数", "45", "",
	    "helmets 202037 D D {} 2024-09-30 = 45 A", "by its name" },
	{ "令和6年9月末", "helmets", "45", "",
	    "helmets 202037 D D {} 2024-09-30 = 45 A", "by its code" },
	{ "令和6年9月末", "ﾍﾙﾒｯﾄ 着用数", "45", "",
	    "helmets 202037 D D {} 2024-09-30 = 45 A",
	    "half-width kana are the same name" },
	{ "令和6年9月", "交付率", "７２．７０", "速報",
	    "card_rate 202037 M M {} 2024-09 = 72.70 P",
	    "by the contract's map, provisional" },
	{ "令和6年度", "helmets", "1,234", "確報",
	    "helmets 202037 FY FY {} FY2024 = 1234 A", "a fiscal year" },
	{ "令和6年度上半期", "helmets", "9", "",
	    "helmets 202037 S P6M {} 2024-04-01/2024-09-30 = 9 A",
	    "a fiscal half" },
	{ "令和6年度", "helmets", "未開催", "",
	    "helmets 202037 FY FY {} FY2024 = 0 A", "a word for zero" },
	{ "令和6年度", "helmets", "…", "",
	    "helmets 202037 FY FY {} FY2024 = not_available O", "the mark" },
	{ "令和6年度", "helmets", "x", "速報",
	    "helmets 202037 FY FY {} FY2024 = suppressed Q",
	    "the reason has its own status" },
	{ "令和6年度", "helmets", "-", "",
	    "helmets 202037 FY FY {} FY2024 = not_applicable M", "a dash" },
	{ "令和6年度", "helmets", "", "",
	    "helmets 202037 FY FY {} FY2024 = not_available O", "blank" },
	{ "令和6年度", "helmets", "#REF!", "",
	    "helmets 202037 FY FY {} FY2024 = error O", "a failed formula" },
	{ "令和6年度", "helmets", "－", "",
	    "unknown_mark 2:3 unknown mark '－' in column '実績値'\n"
	    "reject 2:3 '－' helmets FY2024: unknown mark '－' in column "
	    "'実績値'",
	    "a dash that the contract does not name" },
	{ "令和6年度", "helmets", "休館", "",
	    "unknown_mark 2:3 unknown mark '休館' in column '実績値'\n"
	    "reject 2:3 '休館' helmets FY2024: unknown mark '休館' in column "
	    "'実績値'",
	    "a word that the contract does not name" },
	{ "令和6年度", "helmets", "約30", "",
	    "reject 2:3 '約30' helmets FY2024: column '実績値': 約: an "
	    "approximate figure, not an observation",
	    "a broken number" },
	{ "令和6年13月", "helmets", "45", "",
	    "reject 2:1 '令和6年13月': column '年度・時点': no such date",
	    "a broken period" },
	{ "令和6年度", "謎の数", "45", "",
	    "unknown_label 2:2 unknown label '謎の数'\n"
	    "reject 2:2 '謎の数': column '指標': no indicator has this name",
	    "an unknown label" },
	{ "令和6年度", "同名", "45", "",
	    "unknown_label 2:2 unknown label '同名'\n"
	    "reject 2:2 '同名': column '指標': two indicators have this name",
	    "a name that two have" },
	{ "令和6年度", "helmets", "45", "参考",
	    "unknown_status 2:4 unknown status '参考'\n"
	    "reject 2:3 '45' helmets FY2024: a status that the contract does "
	    "not map",
	    "an unknown status" },
	{ "", "", "", "", "", "a blank row is no data" },
	{ "　", " ", "", "", "", "blanks are blank" },
};

Test(normalise, one_row_of_a_long_table)
{
	for (size_t i = 0; i < ARRAY_LEN(long_rows); i++) {
		const struct long_row *row = &long_rows[i];
		const char *cells[] = { row->period, row->label, row->value,
			row->status, "" };
		struct run r;

		long_begin(&r);
		cr_expect(run_row(&r, 2, LONG_COLUMNS, cells), "row %zu: %s", i,
		    r.err.msg);
		cr_expect_str_eq(run_told(&r), row->told,
		    "row %zu (%s): "
		    "told\n%s\nnot\n%s",
		    i, row->why, run_told(&r), row->told);
		cr_expect_eq(normaliser_read(r.n),
		    (uint64_t)(row->told[0] != '\0'),
		    "row %zu (%s): read %" PRIu64, i, row->why,
		    normaliser_read(r.n));
		run_release(&r);
	}
}

Test(normalise, a_finding_is_told_once_and_rejects_each_time)
{
	static const char *const row[] = { "令和6年度", "helmets", "－", "",
		"" };
	struct run r;

	long_begin(&r);
	for (uint32_t line = 2; line < 7; line++)
		cr_assert(run_row(&r, line, LONG_COLUMNS, row));
	cr_expect_eq(r.findings, 1);
	cr_expect_eq(r.rejects, 5);
	cr_expect_eq(normaliser_read(r.n), 5);
	cr_expect(strstr(r.suggestion, "\"missing\": { \"－\": ") != NULL,
	    "the suggestion is no line of a contract: %s", r.suggestion);
	run_release(&r);
}

Test(normalise, findings_end_with_one_that_says_so)
{
	char mark[16];
	const char *row[] = { "令和6年度", "helmets", mark, "", "" };
	struct run r;

	long_begin(&r);
	for (uint32_t i = 0; i < 150; i++) {
		(void)snprintf(mark, sizeof(mark), "?%c%c", 'a' + i / 26,
		    'a' + i % 26);
		cr_assert(run_row(&r, i + 2, LONG_COLUMNS, row));
	}
	cr_expect_eq(r.findings, 100);
	cr_expect_str_eq(r.last_kind, "more_findings");
	cr_expect_eq(r.rejects, 150, "every row is still a reject");
	run_release(&r);
}

/* A wide table by municipality: two values a row, two dimensions. */
static const char *const wide_header[] = { "コード", "年齢", "性別",
	"交付枚数（千枚）", "交付率", "更新日" };

#define WIDE_COLUMNS ARRAY_LEN(wide_header)

static void
wide_begin(struct run *r)
{
	static const struct dimension dims[] = {
		{ .name = "sex", .source = { .column = "性別" } },
		{ .name = "age", .source = { .column = "年齢" } }
	};
	static const struct contract_value values[] = {
		{ .column = "交付枚数（千枚）",
		    .indicator = "cards",
		    .scale_set = true,
		    .scale = 3,
		    .line = 9 },
		{ .column = "交付率",
		    .indicator = "card_rate",
		    .unit = "%",
		    .line = 10 },
	};
	struct contract *c = &r->contract;

	run_init(r);
	c->period = (struct source){ .constant = "2022-11-30" };
	c->organization = (struct source){ .column = "コード", .line = 6 };
	c->frequency = "M";
	c->dims = dims;
	c->n_dims = 2;
	c->values = values;
	c->n_values = 2;
	run_begin(r);
	cr_assert(run_header(r, 1, WIDE_COLUMNS, wide_header), "%s",
	    r->err.msg);
}

Test(normalise, one_row_of_a_wide_table)
{
	static const char *const row[] = { "20203", "0~9", "女\"", "73.75",
		"47.7%", "2022-12-02" };
	struct run r;

	wide_begin(&r);
	run_forget(&r);
	cr_assert(run_row(&r, 2, WIDE_COLUMNS, row), "%s", r.err.msg);
	cr_expect_str_eq(run_told(&r),
	    "cards 202037 M D {\"age\":\"0~9\",\"sex\":\"女\\\"\"} "
	    "2022-11-30 = 73750 A\n"
	    "card_rate 202037 M D {\"age\":\"0~9\",\"sex\":\"女\\\"\"} "
	    "2022-11-30 = 47.7 A",
	    "told\n%s", run_told(&r));
	cr_expect_eq(normaliser_read(r.n), 2);
	run_release(&r);
}

Test(normalise, a_column_nobody_speaks_of_is_a_finding_that_holds_nothing)
{
	struct run r;

	wide_begin(&r);
	cr_expect_str_eq(run_told(&r),
	    "unknown_column 1:6 column '更新日' is "
	    "not in the contract");
	cr_expect(!r.held);
	run_release(&r);
}

Test(normalise, one_broken_value_leaves_the_others)
{
	static const char *const row[] = { "202037", "計", "計", "1.2.3",
		"47.7", "" };
	static const char *const bad_code[] = { "202038", "計", "計", "1", "2",
		"" };
	struct run r;

	wide_begin(&r);
	cr_assert(run_row(&r, 2, WIDE_COLUMNS, row));
	cr_expect_eq(r.observations, 1);
	cr_expect_eq(r.rejects, 1);
	cr_assert(run_row(&r, 3, WIDE_COLUMNS, bad_code));
	cr_expect_eq(r.rejects, 2, "a row that is bad as a whole is one");
	cr_expect_eq(normaliser_read(r.n), 3);
	run_release(&r);
}

/* Sorted by code, 北海道 comes first and shows what the table leaves out. */
Test(normalise, an_ambiguous_code_is_read_by_what_came_before)
{
	static const char *const codes[] = { "11100", "1100", "11100" };
	struct run r;

	wide_begin(&r);
	for (size_t i = 0; i < ARRAY_LEN(codes); i++) {
		const char *row[] = { codes[i], "計", "計", "1", "1", "" };

		cr_assert(run_row(&r, (uint32_t)i + 2, WIDE_COLUMNS, row));
	}
	cr_expect_eq(r.rejects, 1);
	cr_expect(strstr(run_told(&r), "cards 111007 ") != NULL, "told\n%s",
	    run_told(&r));
	run_release(&r);
}

Test(normalise, series_are_interned_and_know_their_order)
{
	static const struct {
		const char *period, *label;
		uint32_t ordinal;
		bool ordered;
	} rows[] = {
		{ "2024-04", "helmets", 0, true },
		{ "2024-04", "cards", 1, true },
		{ "2024-05", "helmets", 0, true },
		{ "2024", "helmets", 2, true },
		{ "2024-03", "cards", 1, false },
		{ "2024-05", "helmets", 0, false },
		{ "2024-06", "helmets", 0, false },
	};
	struct run r;

	long_begin(&r);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const char *row[] = { rows[i].period, rows[i].label, "1", "",
			"" };

		cr_assert(run_row(&r, (uint32_t)i + 2, LONG_COLUMNS, row));
		cr_expect_eq(r.last.ordinal, rows[i].ordinal,
		    "row %zu: "
		    "series %u",
		    i, r.last.ordinal);
		cr_expect_eq(r.last.ordered, rows[i].ordered, "row %zu", i);
	}
	run_release(&r);
}

/* More series than the table begins with, each found again. */
Test(normalise, many_series)
{
	struct run r;
	char age[16];
	const char *row[] = { "202037", age, "計", "1", "2", "" };

	wide_begin(&r);
	for (uint32_t pass = 0; pass < 2; pass++)
		for (uint32_t i = 0; i < 3000; i++) {
			(void)snprintf(age, sizeof(age), "%u", i);
			cr_assert(run_row(&r, 2, WIDE_COLUMNS, row));
			cr_assert_eq(r.last.ordinal, 2 * i + 1);
		}
	run_release(&r);
}

static const struct {
	const char *header[5];
	const char *says[3], *why;
} bad_headers[] = {
	{ { "年度・時点", "指標", "実績", "区分", "備考" },
	    { "no column '実績値'", "'年度・時点', '指標', '実績'",
		"is it '実績' now?" },
	    "a column was renamed" },
	{ { "年度・時点", "x", "y", "区分", "備考" },
	    { "'指標', '実績値'", "line 1", "feeds/a.json:7" },
	    "two are missing: both are named, and where they are wanted" },
	{ { "年度・時点", "指標", "実績値", "区分", "実績値" },
	    { "stands twice", "columns 3 and 5", "HINT" },
	    "which of the two?" },
};

Test(normalise, a_header_that_does_not_fit_is_an_error)
{
	for (size_t i = 0; i < ARRAY_LEN(bad_headers); i++) {
		struct run r;

		run_init(&r);
		long_contract(&r);
		cr_expect(!run_header(&r, 1, 5, bad_headers[i].header));
		cr_expect_eq(r.err.code, KPID_ECONTRACT);
		for (size_t j = 0; j < 3; j++)
			cr_expect(strstr(r.err.msg, bad_headers[i].says[j])
				!= NULL,
			    "row %zu (%s): '%s' does not say '%s'", i,
			    bad_headers[i].why, r.err.msg,
			    bad_headers[i].says[j]);
		run_release(&r);
	}
}

Test(normalise, a_row_the_parser_refused_is_a_reject)
{
	struct run r;

	long_begin(&r);
	cr_expect(run_bad(&r, 2, "the row has 4 cells"));
	cr_expect_str_eq(run_told(&r),
	    "reject 2:1 'raw': the row has 4 "
	    "cells");
	cr_expect_eq(normaliser_read(r.n), 1);
	run_release(&r);
}

Test(normalise, a_short_row_of_a_lenient_feed_has_blank_cells)
{
	static const char *const row[] = { "令和6年度", "helmets" };
	struct run r;

	long_begin(&r);
	cr_expect(run_row(&r, 2, 2, row));
	cr_expect_str_eq(run_told(&r),
	    "helmets 202037 FY FY {} FY2024 = "
	    "not_available O");
	run_release(&r);
}

Test(normalise, a_body_without_data_is_an_error)
{
	static const char *const blank[] = { "", "", "", "", "" };
	struct run r;

	run_init(&r);
	long_contract(&r);
	cr_expect(run_header(&r, 1, LONG_COLUMNS, long_header));
	cr_expect(run_row(&r, 2, LONG_COLUMNS, blank));
	cr_expect(!normaliser_end(r.n, &r.err));
	cr_expect(strstr(r.err.msg,
		      "no row of data below the header on line "
		      "1")
		!= NULL,
	    "%s", r.err.msg);
	run_release(&r);
}

Test(normalise, a_constant_that_cannot_be_read_names_its_line)
{
	struct run r;

	run_init(&r);
	long_contract(&r);
	r.contract.period =
	    (struct source){ .constant = "平成35年度", .line = 12 };
	run_begin(&r);
	cr_expect(!run_header(&r, 1, LONG_COLUMNS, long_header));
	cr_expect_eq(r.err.code, KPID_ECONFIG);
	cr_expect(strstr(r.err.msg,
		      "feeds/a.json:12: period '平成35年度': not "
		      "in 平成")
		== r.err.msg,
	    "%s", r.err.msg);
	run_release(&r);
}
