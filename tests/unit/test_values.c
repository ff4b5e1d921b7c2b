/* rooms: base config normalise */
/* Value cells through a contract: marks, flags, units, statuses, counts. */
#include <criterion/criterion.h>
#include <string.h>

#include "../support/normalise_run.h"

static const struct indicator indicators[] = {
	{ .code = "cost", .name_ja = "費用", .unit = "円" },
	{ .code = "people", .name_ja = "人数", .unit = "人" },
};

/* 年度 | 実績 | 単位 | 区分: one value, which names "cost". */
static const char *const header[] = { "年度", "実績", "単位", "区分" };
static const struct contract_value cost[] = {
	{ .column = "実績", .indicator = "cost", .line = 9 }
};

static void
begin(struct run *r, const struct contract *c)
{
	run_init(r);
	r->cfg.indicators = indicators;
	r->cfg.n_indicators = ARRAY_LEN(indicators);
	r->contract = *c;
	r->contract.period = (struct source){ .column = "年度", .line = 5 };
	r->contract.other_columns = true;
	if (c->values == NULL) {
		r->contract.values = cost;
		r->contract.n_values = 1;
	}
	run_begin(r);
	cr_assert(run_header(r, 1, ARRAY_LEN(header), header), "%s",
	    r->err.msg);
}

/* What one row gives. */
static const char *
told(struct run *r, const char *value, const char *unit, const char *status)
{
	const char *const texts[] = { "令和6年度", value, unit, status };

	run_forget(r);
	cr_assert(run_row(r, 2, ARRAY_LEN(texts), texts), "%s", r->err.msg);
	return run_told(r);
}

#define COST "cost 202037 FY FY {} FY2024 = "

struct expected {
	const char *value, *unit, *status, *told;
};

static void
expect(struct run *r, const struct expected *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const char *got =
		    told(r, rows[i].value, rows[i].unit, rows[i].status);

		cr_expect(strstr(got, rows[i].told) != NULL,
		    "row %zu: '%s' gave\n%s\nnot\n%s", i,
		    rows[i].value == NULL ? "null" : rows[i].value, got,
		    rows[i].told);
	}
	cr_expect_eq(normaliser_read(r->n), r->observations + r->rejects,
	    "what was read does not add up");
	run_release(r);
}

Test(values, blanks_and_marks)
{
	static const struct pair missing[] = { { "…", "suppressed" },
		{ "-999", "not_collected" } };
	static const struct expected rows[] = {
		{ "45", "", "", COST "45 A" },
		{ "", "", "", COST "not_available O" },
		{ "  ", "", "", COST "not_available O" },
		{ "　", "", "", COST "not_available O" },
		{ NULL, "", "", COST "not_available O" },
		{ "…", "", "", COST "suppressed Q" },
		{ " … ", "", "", COST "suppressed Q" },
		{ "-999", "", "", COST "not_collected L" },
		{ "-998", "", "", COST "-998 A" },
		{ "#DIV/0!", "", "", COST "error O" },
		{ "***", "", "",
		    "reject 2:2 '***' cost FY2024: unknown mark '***'" },
		{ "1,440(+110)", "", "", "HINT: values[].pattern" },
	};
	struct run r;

	begin(&r,
	    &(struct contract){
		.missing = missing, .n_missing = ARRAY_LEN(missing) });
	expect(&r, rows, ARRAY_LEN(rows));
}

Test(values, an_unknown_mark_is_a_finding_with_its_place)
{
	struct run r;

	begin(&r, &(struct contract){ 0 });
	cr_expect(strstr(told(&r, "休館", "", ""),
		      "unknown_mark 2:2 unknown mark '休館' in column '実績'")
	    != NULL);
	cr_expect(strstr(r.suggestion, "\"休館\"") != NULL, "%s", r.suggestion);
	run_release(&r);
}

Test(values, the_body_explains_its_marks)
{
	static const struct expected rows[] = {
		{ "***", "", "", COST "suppressed Q" },
		{ "Z", "", "", "unknown mark 'Z'" },
		{ "7", "", "", "unknown mark '7'" },
		{ "8", "", "", COST "8 A" },
	};
	struct run r;

	begin(&r, &(struct contract){ 0 });
	cr_assert(r.sink.legend(r.sink.ctx, slice_of("***"), slice_of("秘匿"),
	    &r.err));
	cr_assert(r.sink.legend(r.sink.ctx, slice_of("Z"), slice_of("別の何か"),
	    &r.err));
	cr_assert(r.sink.legend(r.sink.ctx, slice_of("7"),
	    slice_of("told after the header"), &r.err));
	expect(&r, rows, ARRAY_LEN(rows));
}

Test(values, a_merged_cell_is_blank)
{
	struct run r;
	const struct cell cells[] = {
		{ .text = slice_of("令和6年度"), .line = 2, .column = 1 },
		{ .text = slice_of("合併"),
		    .line = 2,
		    .column = 2,
		    .kind = CELL_MERGED },
	};
	const struct row row = { .cells = cells, .n = 2, .line = 2 };

	begin(&r, &(struct contract){ 0 });
	cr_assert(r.sink.row(r.sink.ctx, &row, &r.err));
	cr_expect_str_eq(run_told(&r), COST "not_available O");
	cr_expect_eq(r.findings, 0);
	run_release(&r);
}

Test(values, flags_and_footnotes)
{
	static const struct pair flags[] = { { "p", "P" }, { "※", "E" } };
	static const char *const footnotes[] = { "a)", "①" };
	static const struct pair missing[] = { { "…", "suppressed" },
		{ "※", "not_applicable" } };
	static const struct contract contract = { .flags = flags,
		.n_flags = ARRAY_LEN(flags),
		.footnotes = footnotes,
		.n_footnotes = ARRAY_LEN(footnotes),
		.missing = missing,
		.n_missing = ARRAY_LEN(missing) };
	static const struct expected rows[] = {
		{ "45", "", "", COST "45 A" },
		{ "1,234p", "", "", COST "1234 P" },
		{ "※45", "", "", COST "45 E" },
		{ "1,234①", "", "", COST "1234 A" },
		{ "45 p a)", "", "", COST "45 P" },
		{ "…a)", "", "", COST "suppressed Q" },
		{ "※", "", "", COST "not_applicable M" },
		{ "p", "", "", "unknown mark 'p'" },
		{ "※45p", "", "", "two flags that say two things" },
		{ "45②", "", "", "'footnotes' or 'flags'" },
	};
	struct run r;

	begin(&r, &contract);
	expect(&r, rows, ARRAY_LEN(rows));
}

Test(values, the_part_that_is_the_number)
{
	static const struct contract_value values[] = {
		{ .column = "実績", .indicator = "cost", .pattern = "^([^(]+)" }
	};
	static const struct pair missing[] = { { "…", "suppressed" } };
	static const struct expected rows[] = {
		{ "1,440(+110)", "", "", COST "1440 A" },
		{ "45", "", "", COST "45 A" },
		{ "…(－)", "", "", COST "suppressed Q" },
		{ "(5)", "", "", "the value's pattern is not found" },
		{ "(休)", "", "", "unknown mark '(休)'" },
		{ "", "", "", COST "not_available O" },
	};
	struct run r;

	begin(&r,
	    &(struct contract){ .values = values,
		.n_values = 1,
		.missing = missing,
		.n_missing = 1 });
	expect(&r, rows, ARRAY_LEN(rows));
}

Test(values, decimal_comma)
{
	static const struct expected rows[] = {
		{ "1.234,5", "", "", COST "1234.5 A" },
		{ "1.234", "", "", COST "1234 A" },
		{ "12", "", "", COST "12 A" },
	};
	struct run r;

	begin(&r, &(struct contract){ .decimal_comma = true });
	expect(&r, rows, ARRAY_LEN(rows));
}

Test(values, scale_follows_from_the_units)
{
	static const struct contract_value values[] = {
		{ .column = "実績", .indicator = "cost", .unit = "千円" }
	};
	static const struct expected rows[] = {
		{ "1,234", "", "", COST "1234000 A" },
		{ "1.5千円", "", "", COST "1500 A" },
		{ "0", "", "", COST "0 A" },
	};
	struct run r;

	begin(&r, &(struct contract){ .values = values, .n_values = 1 });
	expect(&r, rows, ARRAY_LEN(rows));
}

Test(values, the_row_says_its_unit)
{
	static const struct contract contract = { .unit = {
						      .column = "単位" } };
	static const struct expected rows[] = {
		{ "12", "円", "", COST "12 A" },
		{ "12", "千円", "", COST "12000 A" },
		{ "12", "百万円", "", COST "12000000 A" },
		{ "12", "", "", COST "12 A" },
		{ "12", "人", "",
		    "reject 2:2 '12' cost FY2024: column '実績'" },
		{ "12", "千円", "", COST "12000 A" },
	};
	struct run r;

	begin(&r, &contract);
	expect(&r, rows, ARRAY_LEN(rows));
}

Test(values, a_changed_unit_holds_and_is_told_once)
{
	static const struct contract contract = { .unit = {
						      .column = "単位" } };
	struct run r;

	begin(&r, &contract);
	cr_expect(strstr(told(&r, "12", "人", ""), "changed_unit 2:3") != NULL,
	    "%s", run_told(&r));
	cr_expect(r.held, "a changed unit must hold the delivery");
	cr_expect(strstr(told(&r, "13", "人", ""), "changed_unit") == NULL,
	    "told twice");
	cr_expect_eq(r.rejects, 2);
	run_release(&r);
}

Test(values, a_status_of_its_own)
{
	static const struct contract_value values[] = {
		{ .column = "実績", .indicator = "cost", .status = "区分" }
	};
	static const struct expected rows[] = {
		{ "12", "", "P", COST "12 P" },
		{ "12", "", "", COST "12 A" },
		{ "12", "", "参考", "unknown_status 2:4" },
		{ "", "", "Q", COST "suppressed Q" },
		{ "", "", "M", COST "not_applicable M" },
		{ "", "", "P", COST "not_available O" },
		{ "12", "", "L", "a number beside a status that says" },
	};
	struct run r;

	begin(&r, &(struct contract){ .values = values, .n_values = 1 });
	expect(&r, rows, ARRAY_LEN(rows));
}

Test(values, a_period_and_dimensions_of_its_own)
{
	static const struct pair sex[] = { { "sex", "男" } };
	static const struct contract_value values[] = {
		{ .column = "実績", .indicator = "cost" },
		{ .column = "区分",
		    .indicator = "people",
		    .period = "2023",
		    .dims = sex,
		    .n_dims = 1 },
	};
	struct run r;

	begin(&r, &(struct contract){ .values = values, .n_values = 2 });
	cr_expect_str_eq(told(&r, "12", "", "3"),
	    COST "12 A\n"
		 "people 202037 A A {\"sex\":\"男\"} 2023 = 3 A");
	run_release(&r);
}

/* Rows that are events: as many as there are of a kind in a year. */
Test(values, rows_are_counted)
{
	static const struct dimension dims[] = { { .name = "kind",
	    .source = { .column = "単位" } } };
	static const struct contract_value values[] = { { .count = true,
	    .indicator = "people" } };
	static const struct contract contract = { .values = values,
		.n_values = 1,
		.dims = dims,
		.n_dims = 1,
		.status = { .column = "区分" } };
	struct run r;

	begin(&r, &contract);
	cr_expect_str_eq(told(&r, "x", "火災", ""), "");
	cr_expect_str_eq(told(&r, "y", "救急", ""), "");
	cr_expect_str_eq(told(&r, "z", "火災", "P"), "");
	cr_expect(strstr(told(&r, "z", "火災", "M"), "reject 2:1") != NULL);
	run_forget(&r);
	cr_assert(normaliser_end(r.n, &r.err), "%s", r.err.msg);
	cr_expect_str_eq(run_told(&r),
	    "people 202037 FY FY {\"kind\":\"火災\"} FY2024 = 2 P\n"
	    "people 202037 FY FY {\"kind\":\"救急\"} FY2024 = 1 A");
	cr_expect_eq(normaliser_read(r.n), 3, "two groups and a reject");
	cr_expect_eq(normaliser_read(r.n), r.observations + r.rejects);
	run_release(&r);
}
