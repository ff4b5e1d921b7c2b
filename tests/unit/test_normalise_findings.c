/* rooms: base config normalise */
/* What the contract does not know: told with its place and a line of contract,
 * and held when it could change what a value means. */
#include <criterion/criterion.h>
#include <jansson.h>
#include <string.h>

#include "../support/normalise_run.h"

static void
begin(struct run *r, const struct contract_value *value)
{
	run_init(r);
	r->contract.period = (struct source){ .column = "年", .line = 5 };
	r->contract.values = value;
	r->contract.n_values = 1;
	run_begin(r);
}

/* Can the suggestion be pasted into an object? */
static bool
is_json(const char *suggestion)
{
	char text[400];
	json_t *doc;

	(void)snprintf(text, sizeof(text), "{ %s }", suggestion);
	doc = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
	json_decref(doc);
	return doc != NULL;
}

/* The unit that a header gives against the one of the contract. */
static const struct {
	const char *name, *row_unit, *contract_unit;
	const char *told; /* "" : nothing */
	const char *why;
	const char *unit; /* suggested */
} units[] = {
	{ "歳入", "千円", "千円", "", "a row of units that agrees", NULL },
	{ "歳入", " （千円） ", "千円", "", "in parentheses", NULL },
	{ "歳入", "百万円", "千円",
	    "changed_unit 1:2 unit '百万円' of column '歳入' is not '千円', "
	    "which the contract says",
	    "a thousand times as much", "百万円" },
	{ "歳入", "人", "千円",
	    "changed_unit 1:2 unit '人' of column '歳入' is not '千円', which "
	    "the contract says",
	    "of another kind", "人" },
	{ "歳入", " （単位 : 億円） ", "千円",
	    "changed_unit 1:2 unit '（単位 : 億円）' of column '歳入' is not "
	    "'千円', which the contract says",
	    "what stands around it is no part of it", "億円" },
	{ "歳入", "人(延べ)", "千円",
	    "changed_unit 1:2 unit '人(延べ)' of column '歳入' is not '千円', "
	    "which the contract says",
	    "but this is", "人(延べ)" },
	{ "歳入", "", "千円", "", "a blank cell says nothing", NULL },
	{ "歳入（千円）", NULL, "千円", "", "in the name", NULL },
	{ "歳入（百万円）", NULL, "千円",
	    "changed_unit 1:2 unit '百万円' of column '歳入（百万円）' is not "
	    "'千円', which the contract says",
	    "another one in the name", "百万円" },
	{ "歳入(単位：億円)", NULL, "千円",
	    "changed_unit 1:2 unit '単位：億円' of column '歳入(単位：億円)' is "
	    "not '千円', which the contract says",
	    "said to be one", "億円" },
	{ "人口（総数）", NULL, "人", "", "parentheses may hold anything",
	    NULL },
	{ "（千円）", NULL, "円", "", "nothing but parentheses is a name",
	    NULL },
	{ "歳入（百万円）", NULL, NULL, "", "the contract does not say", NULL },
};

static const char *
suggested(const char *name, const char *unit)
{
	static char text[200];

	(void)snprintf(text, sizeof(text),
	    "\"values\": [ { \"column\": \"%s\", \"unit\": \"%s\" } ]", name,
	    unit);
	return text;
}

Test(normalise_findings, units_of_the_header)
{
	for (size_t i = 0; i < ARRAY_LEN(units); i++) {
		const struct contract_value value = { .column = units[i].name,
			.indicator = "helmets",
			.unit = units[i].contract_unit,
			.scale_set = true,
			.line = 9 };
		const struct table_column columns[] = {
			{ .name = slice_of("年"),
			    .line = 1,
			    .column = 1,
			    .number = 1 },
			{ .name = slice_of(units[i].name),
			    .unit = slice_of(units[i].row_unit),
			    .line = 1,
			    .column = 2,
			    .number = 2 },
		};
		struct run r;

		begin(&r, &value);
		cr_assert(run_columns(&r, 1, 2, columns), "%s", r.err.msg);
		cr_expect_str_eq(run_told(&r), units[i].told,
		    "row %zu (%s): told '%s'", i, units[i].why, run_told(&r));
		cr_expect_eq(r.held, units[i].told[0] != '\0', "row %zu", i);
		cr_expect(r.findings == 0 || is_json(r.suggestion),
		    "row %zu: the suggestion is %s", i, r.suggestion);
		if (units[i].unit != NULL)
			cr_expect_str_eq(r.suggestion,
			    suggested(units[i].name, units[i].unit),
			    "row %zu: the suggestion is %s", i, r.suggestion);
		run_release(&r);
	}
}

/* The same when the contract says no unit, for an indicator in 円. */
static const struct {
	const char *name, *row_unit;
	bool scale_set;
	int scale;
	bool by_row;      /* rows have units of their own */
	const char *told; /* "" : nothing */
	const char *why;
} unsaid[] = {
	{ "歳入（千円）", NULL, false, 0, false,
	    "changed_unit 1:2 unit '千円' of column '歳入（千円）' is not "
	    "'円', the unit of the indicator 'revenue'",
	    "千円 would be stored as 円" },
	{ "歳入", "百万円", false, 0, false,
	    "changed_unit 1:2 unit '百万円' of column '歳入' is not '円', the "
	    "unit of the indicator 'revenue'",
	    "in a row of units" },
	{ "歳入（千円）", NULL, true, 3, false, "", "the scale says it" },
	{ "歳入（百万円）", NULL, true, 3, false,
	    "changed_unit 1:2 unit '百万円' of column '歳入（百万円）' is not "
	    "'円', the unit of the indicator 'revenue'",
	    "the scale says another" },
	{ "歳入（円）", NULL, false, 0, false, "", "the same" },
	{ "歳入（速報）", NULL, false, 0, false, "", "no unit" },
	{ "歳入（千円）", NULL, false, 0, true, "", "the rows say it" },
};

Test(normalise_findings, units_of_the_header_that_the_contract_does_not_say)
{
	static const struct indicator revenue = {
		.code = "revenue", .name_ja = "歳入", .unit = "円"
	};

	for (size_t i = 0; i < ARRAY_LEN(unsaid); i++) {
		const struct contract_value value = { .column = unsaid[i].name,
			.indicator = "revenue",
			.scale_set = unsaid[i].scale_set,
			.scale = unsaid[i].scale,
			.line = 9 };
		const struct table_column columns[] = {
			{ .name = slice_of("年"),
			    .line = 1,
			    .column = 1,
			    .number = 1 },
			{ .name = slice_of(unsaid[i].name),
			    .unit = slice_of(unsaid[i].row_unit),
			    .line = 1,
			    .column = 2,
			    .number = 2 },
			{ .name = slice_of("単位"),
			    .line = 1,
			    .column = 3,
			    .number = 3 },
		};
		struct run r;

		begin(&r, &value);
		r.cfg.indicators = &revenue;
		r.cfg.n_indicators = 1;
		if (unsaid[i].by_row)
			r.contract.unit.column = "単位";
		run_begin(&r);
		cr_assert(run_columns(&r, 1, unsaid[i].by_row ? 3 : 2, columns),
		    "%s", r.err.msg);
		cr_expect_str_eq(run_told(&r), unsaid[i].told,
		    "row %zu (%s): told '%s'", i, unsaid[i].why, run_told(&r));
		cr_expect_eq(r.held, unsaid[i].told[0] != '\0', "row %zu", i);
		run_release(&r);
	}
}

static const struct contract_value value = { .column = "値", .line = 9 };

/* A table in which everything is unknown, a row for each kind. */
static void
all_kinds(struct run *r)
{
	static const char *const header[] = { "年", "指標", "値", "区分",
		"備\"考\\" };
	static const char *const rows[][5] = {
		{ "2024", "ヘルメット着用者数", "1", "", "" },
		{ "2024", "helmets", "\"…\"", "", "" },
		{ "2024", "helmets", "1", "概\"数", "" },
	};

	begin(r, &value);
	r->contract.indicator = (struct source){ .column = "指標" };
	r->contract.status = (struct source){ .column = "区分" };
	run_begin(r);
	cr_assert(run_header(r, 1, 5, header), "%s", r->err.msg);
	cr_expect(is_json(r->suggestion), "%s", r->suggestion);
	for (uint32_t i = 0; i < 3; i++) {
		cr_assert(run_row(r, i + 2, 5, rows[i]));
		cr_expect(is_json(r->suggestion), "row %u: %s", i,
		    r->suggestion);
	}
	cr_expect_eq(r->findings, 4, "told\n%s", run_told(r));
}

Test(normalise_findings, suggestions_are_lines_of_a_contract)
{
	struct run r;

	all_kinds(&r);
	cr_expect(!r.held, "these hold nothing by themselves");
	run_release(&r);
}

Test(normalise_findings, a_label_that_may_be_misspelt_names_its_indicator)
{
	static const char *const header[] = { "年", "指標", "値" };
	static const char *const row[] = { "2024", "ヘルメット着用者数", "1" };
	struct run r;

	begin(&r, &value);
	r.contract.indicator = (struct source){ .column = "指標" };
	run_begin(&r);
	cr_assert(run_header(&r, 1, 3, header), "%s", r.err.msg);
	cr_assert(run_row(&r, 2, 3, row));
	cr_expect(strstr(run_told(&r), "is it 'ヘルメット着用数'?") != NULL,
	    "%s", run_told(&r));
	cr_expect_str_eq(r.suggestion,
	    "\"indicator\": { \"map\": { \"ヘルメット着用者数\": \"helmets\" "
	    "} }");
	run_release(&r);
}

Test(normalise_findings, the_contract_says_which_kinds_hold)
{
	static const char *const kinds[] = { "unknown_column", "unknown_label",
		"unknown_mark", "unknown_status" };
	static const char *const header[] = { "年", "指標", "値", "区分", "x" };
	static const char *const row[] = { "2024", "謎", "1", "", "" };
	static const char *const mark[] = { "2024", "helmets", "…", "", "" };
	static const char *const status[] = { "2024", "helmets", "1", "?", "" };

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		struct run r;

		begin(&r, &value);
		r.contract.indicator = (struct source){ .column = "指標" };
		r.contract.status = (struct source){ .column = "区分" };
		r.contract.hold = &kinds[i];
		r.contract.n_hold = 1;
		run_begin(&r);
		cr_assert(run_header(&r, 1, 5, header), "%s", r.err.msg);
		cr_expect_eq(r.held, i == 0, "%s", kinds[i]);
		cr_assert(run_row(&r, 2, 5, row));
		cr_expect_eq(r.held, i <= 1, "%s", kinds[i]);
		cr_assert(run_row(&r, 3, 5, mark));
		cr_expect_eq(r.held, i <= 2, "%s", kinds[i]);
		cr_assert(run_row(&r, 4, 5, status));
		cr_expect(r.held, "%s", kinds[i]);
		run_release(&r);
	}
}

Test(normalise_findings, what_holds_is_told_when_the_list_is_full)
{
	static const char *const header[] = { "年", "値" };
	static const struct contract_value helmets = { .column = "値",
		.indicator = "helmets" };
	char text[16];
	const char *row[] = { "2024", text };
	struct run r;

	begin(&r, &helmets);
	cr_assert(run_header(&r, 1, 2, header), "%s", r.err.msg);
	for (int i = 0; i < 150; i++) {
		(void)snprintf(text, sizeof(text), "?%c%c", 'a' + i / 26,
		    'a' + i % 26);
		cr_assert(run_row(&r, 2, 2, row));
	}
	cr_expect(!r.held);
	cr_assert(r.sink.partial(r.sink.ctx, "1 to 100 of 2000", &r.err));
	cr_expect(r.held);
	cr_expect_str_eq(r.last_kind, "partial");
	cr_expect_not_null(strstr(run_told(&r),
	    "1 to 100 of 2000; 'url' must ask for all of it"));
	cr_expect_str_eq(r.suggestion, "", "no line of a contract mends it");
	run_release(&r);
}

/* Marks that the body explains, by the words of e-Stat and others. */
static const struct {
	const char *mark, *meaning;
	const char *told, *why;
} legend[] = {
	{ "x", "秘匿", "suppressed Q", "a figure that is kept secret" },
	{ "-", "計数のない場合", "not_applicable M", "no such thing" },
	{ "***", "該当数値なし", "not_applicable M", "no such figure" },
	{ "…", "計数不詳又は計数を表章することが不適当", "not_available O",
	    "not known" },
	{ "...", "数字が得られないもの", "not_available O", "not to be had" },
	{ "／", "調査していない", "not_collected L", "not asked" },
	{ " * ", "調査対象外", "not_collected L", "blanks around the mark" },
	{ "X", "不詳または該当なし",
	    "unknown mark 'X' in column '値', which the body explains as "
	    "'不詳または該当なし'",
	    "two reasons are none" },
	{ "?", "担当課に照会中",
	    "unknown mark '?' in column '値', which the body explains as "
	    "'担当課に照会中'",
	    "words that say no reason" },
};

Test(normalise_findings, marks_that_the_body_explains)
{
	static const char *const header[] = { "年", "値" };
	static const struct contract_value helmets = { .column = "値",
		.indicator = "helmets" };

	for (size_t i = 0; i < ARRAY_LEN(legend); i++) {
		const char *row[] = { "2024", legend[i].mark };
		struct run r;

		begin(&r, &helmets);
		cr_assert(r.sink.legend(r.sink.ctx, slice_of("other"),
		    slice_of("該当なし"), &r.err));
		cr_assert(r.sink.legend(r.sink.ctx, slice_of(legend[i].mark),
		    slice_of(legend[i].meaning), &r.err));
		cr_assert(run_header(&r, 1, 2, header), "%s", r.err.msg);
		cr_assert(run_row(&r, 2, 2, row));
		cr_expect(strstr(run_told(&r), legend[i].told) != NULL,
		    "row %zu (%s): '%s' told %s", i, legend[i].why,
		    legend[i].mark, run_told(&r));
		run_release(&r);
	}
}

Test(normalise_findings, a_path_that_a_json_answer_lost_is_asked_for)
{
	static const char *const header[] = { "年", "値" };
	static const char *const row[] = { "2024", NULL };
	static const struct contract_value helmets = { .column = "値",
		.indicator = "helmets" };
	struct run r;

	begin(&r, &helmets);
	r.contract.format = FORMAT_JSON;
	run_begin(&r);
	cr_assert(run_header(&r, 1, 2, header), "%s", r.err.msg);
	cr_assert(run_row(&r, 2, 2, row));
	cr_assert(normaliser_end(r.n, &r.err), "%s", r.err.msg);
	cr_expect(r.held);
	cr_expect_not_null(strstr(run_told(&r),
			       "path '値' finds nothing in any record; has the "
			       "key been renamed?"),
	    "%s", run_told(&r));
	cr_expect_str_eq(r.suggestion, "", "nobody knows its name");
	run_release(&r);
}

/* A table of which no row says whose and of when it is, is none. */
Test(normalise_findings, a_table_of_which_no_row_can_be_read_is_held)
{
	static const struct {
		const char *year[2], *value;
		bool held;
		const char *why;
	} table[] = {
		{ { "Error: not found", "" }, "", true, "an error's text" },
		{ { "Error", "404" }, "1", true, "two rows of it" },
		{ { "合計", "2024" }, "1", false, "one of two is a row" },
		{ { "2024", "2025" }, "調査中", false,
		    "rows without a number" },
	};
	static const char *const header[] = { "年", "値" };
	static const struct contract_value helmets = { .column = "値",
		.indicator = "helmets" };

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		struct run r;

		begin(&r, &helmets);
		cr_assert(run_header(&r, 1, 2, header), "%s", r.err.msg);
		for (uint32_t k = 0; k < 2; k++) {
			const char *row[] = { table[i].year[k],
				*table[i].year[k] ? table[i].value : "" };

			cr_assert(run_row(&r, k + 2, 2, row));
		}
		cr_assert(normaliser_end(r.n, &r.err), "%s", r.err.msg);
		cr_expect_eq(r.held, table[i].held, "row %zu (%s): %s", i,
		    table[i].why, run_told(&r));
		cr_expect_eq(strstr(run_told(&r), "unreadable") != NULL,
		    table[i].held, "row %zu (%s)", i, table[i].why);
		run_release(&r);
	}
}

/* Which unit is not which, and whose that is. */
static const struct {
	const char *indicator, *unit, *row_unit, *told, *why;
} row_units[] = {
	{ "helmets", NULL, "ドル",
	    "changed_unit 2:3 unit 'ドル' of column '値' is not '個', the unit "
	    "of the indicator 'helmets'",
	    "the contract says none" },
	{ "helmets", "個", "ドル",
	    "changed_unit 2:3 unit 'ドル' of column '値' is not '個', which "
	    "the contract says",
	    "the contract says one" },
	{ NULL, NULL, "ドル",
	    "changed_unit 2:3 unit 'ドル' of column '値' does not become that "
	    "of the row's indicator",
	    "the row names the indicator" },
	{ NULL, "ドル", "",
	    "changed_unit 2:2 the contract's unit 'ドル' of column '値' does "
	    "not become that of the row's indicator",
	    "the contract's own" },
};

Test(normalise_findings, units_of_rows)
{
	static const char *const header[] = { "年", "値", "単位", "指標" };

	for (size_t i = 0; i < ARRAY_LEN(row_units); i++) {
		const struct contract_value one = { .column = "値",
			.indicator = row_units[i].indicator,
			.unit = row_units[i].unit,
			.line = 9 };
		const char *row[] = { "2024", "1", row_units[i].row_unit,
			"helmets" };
		struct indicator list[8];
		struct run r;

		begin(&r, &one);
		for (size_t k = 0; k < r.cfg.n_indicators; k++)
			list[k] = r.cfg.indicators[k];
		list[0].unit = "個";
		r.cfg.indicators = list;
		r.contract.unit = (struct source){ .column = "単位" };
		r.contract.ignore = &header[3];
		r.contract.n_ignore = 1;
		if (row_units[i].indicator == NULL)
			r.contract.indicator =
			    (struct source){ .column = "指標" };
		run_begin(&r);
		cr_assert(run_header(&r, 1, 4, header), "%s", r.err.msg);
		cr_assert(run_row(&r, 2, 4, row));
		cr_expect_not_null(strstr(run_told(&r), row_units[i].told),
		    "row %zu (%s): %s", i, row_units[i].why, run_told(&r));
		cr_expect_str_eq(r.suggestion, "", "row %zu", i);
		run_release(&r);
	}
}
