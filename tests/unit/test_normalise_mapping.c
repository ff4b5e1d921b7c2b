/* rooms: base config normalise */
/* Which column of a header the contract means, and which it does not know. */
#include <criterion/criterion.h>
#include <string.h>

#include "../support/normalise_run.h"

/* A table of two columns of text and the values that `column` names. */
static void
begin(struct run *r, struct contract_value *value, const char *column)
{
	run_init(r);
	*value = (struct contract_value){
		.column = column, .indicator = "helmets", .line = 9
	};
	r->contract.period = (struct source){ .column = "月", .line = 5 };
	r->contract.values = value;
	r->contract.n_values = 1;
	run_begin(r);
}

static const struct {
	const char *column;   /* as the contract says it */
	const char *names[4]; /* as the header does, behind 月 */
	const char *value;    /* of the row 2024-04, a, b, c, d; else what the
			       * error says */
	const char *why;
} found[] = {
	{ "計", { "男", "女", "計", "備考" }, "3", "by its name" },
	{ "計", { "男", "女", "　計 ", "備考" }, "3", "blanks do not count" },
	{ "カード", { "ｶｰﾄﾞ", "b", "c", "d" }, "1", "half-width kana" },
	{ "#3", { "男", "女", "計", "備考" }, "2", "by its place" },
	{ "#3", { "男", "女", "#3", "備考" }, "3", "a name wins over a place" },
	{ "計#2", { "計", "女", "計", "備考" }, "3", "the second of a name" },
	{ "計#1", { "計", "女", "計", "備考" }, "1", "the first of a name" },
	{ "計#2", { "計", "女", "計", "計#2" }, "4",
	    "a name wins over it too" },
	{ "計#2", { "計", "女", "男", "備考" }, "no column '計#2'",
	    "there is no second" },
	{ "#9", { "計", "女", "男", "備考" }, "no column '#9'",
	    "there is no ninth" },
	{ "計", { "計", "女", "計", "備考" }, "'計#2' is the second one",
	    "which of the two?" },
	{ "総数", { "計", "総 数", "男", "備考" }, "2", "folded blanks" },
	{ "総計", { "総数計", "x", "y", "z" }, "is it '総数計' now?",
	    "what may be meant" },
};

Test(normalise_mapping, names_places_and_repeated_names)
{
	static const char *const row[] = { "2024-04", "1", "2", "3", "4" };

	for (size_t i = 0; i < ARRAY_LEN(found); i++) {
		const char *names[] = { "月", found[i].names[0],
			found[i].names[1], found[i].names[2],
			found[i].names[3] };
		struct contract_value value;
		struct run r;
		char want[80];

		begin(&r, &value, found[i].column);
		r.contract.other_columns = true;
		bool ok = run_header(&r, 1, 5, names) && run_row(&r, 2, 5, row);

		(void)snprintf(want, sizeof(want), "2024-04 = %s A",
		    found[i].value);
		cr_expect(strstr(ok ? run_told(&r) : r.err.msg,
			      ok ? want : found[i].value)
			!= NULL,
		    "row %zu (%s): '%s' gave %s", i, found[i].why,
		    found[i].column, ok ? run_told(&r) : r.err.msg);
		run_release(&r);
	}
}

Test(normalise_mapping, a_header_that_comes_again_maps_anew)
{
	static const char *const first[] = { "月", "計", "区" };
	static const char *const again[] = { "区", "月", "計" };
	static const char *const row[] = { "2024-04", "1", "x" };
	static const char *const turned[] = { "x", "2024-05", "2" };
	static const char *const other[] = { "区", "月", "計算" };
	static const struct dimension dims[] = { { .name = "ward",
	    .source = { .column = "区" } } };
	struct contract_value value;
	struct run r;

	begin(&r, &value, "計");
	r.contract.dims = dims;
	r.contract.n_dims = 1;
	cr_assert(run_header(&r, 1, 3, first), "%s", r.err.msg);
	cr_assert(run_row(&r, 2, 3, row));
	cr_assert(run_header(&r, 5, 3, again), "%s", r.err.msg);
	cr_assert(run_row(&r, 6, 3, turned));
	cr_expect_str_eq(run_told(&r),
	    "helmets 202037 M M {\"ward\":\"x\"} 2024-04 = 1 A\n"
	    "helmets 202037 M M {\"ward\":\"x\"} 2024-05 = 2 A");
	cr_expect_eq(r.last.ordinal, 0, "the series is the same one");
	cr_expect(!run_header(&r, 9, 3, other));
	cr_expect(strstr(r.err.msg, "line 9: ") == r.err.msg, "%s", r.err.msg);
	run_release(&r);
}

Test(normalise_mapping, series_are_numbered_through_all_tables_of_a_body)
{
	static const char *const header[] = { "月", "計" };
	static const char *const row[] = { "2024-04", "1" };
	struct contract_value value;
	struct contract second;
	struct contract_value cards = { .column = "計", .indicator = "cards" };
	struct run r;

	begin(&r, &value, "計");
	second = r.contract;
	second.values = &cards;
	for (int table = 0; table < 4; table++) {
		r.sink = normaliser_begin(r.n,
		    table % 2 == 0 ? &r.contract : &second, &r.out);
		cr_assert(run_header(&r, 1, 2, header), "%s", r.err.msg);
		cr_assert(run_row(&r, 2, 2, row));
		cr_expect_eq(r.last.ordinal, (uint32_t)table % 2);
		cr_assert(normaliser_end(r.n, &r.err), "%s", r.err.msg);
	}
	cr_expect_eq(normaliser_read(r.n), 4);
	run_release(&r);
}

/* What the contract says of columns beside its values. */
static const struct {
	enum feed_format format;
	bool other_columns;
	const char *ignore, *where, *period;
	const char *names[4];
	const char *told, *why;
} known[] = {
	{ FORMAT_CSV, false, NULL, NULL, "月", { "月", "計", "備考" },
	    "column '備考' is not in the contract", "nobody speaks of it" },
	{ FORMAT_CSV, false, "備考", NULL, "月", { "月", "計", "備考" }, "",
	    "ignored by name" },
	{ FORMAT_CSV, false, "#3", NULL, "月", { "月", "計", "備考" }, "",
	    "ignored by place" },
	{ FORMAT_CSV, false, "備考", NULL, "月", { "月", "計", "備考", "備考" },
	    "", "all of that name" },
	{ FORMAT_CSV, true, NULL, NULL, "月", { "月", "計", "備考" }, "",
	    "all others are ignored" },
	{ FORMAT_CSV, false, NULL, "備考", "月", { "月", "計", "備考" }, "",
	    "rows are chosen by it" },
	{ FORMAT_CSV, false, NULL, NULL, "月", { "月", "計", "" }, "",
	    "a column without a name" },
	{ FORMAT_ESTAT, false, NULL, NULL, "time",
	    { "time", "計", "time_name", "annotation" }, "",
	    "names beside codes, and attributes" },
	{ FORMAT_ESTAT, false, NULL, NULL, "time",
	    { "time", "計", "cat01", "cat01_name" },
	    "column 'cat01' is not in the contract",
	    "a dimension that is not asked for is told once" },
	{ FORMAT_JSON_STAT, false, NULL, NULL, "time_name",
	    { "time", "計", "time_name", "status" }, "",
	    "a code beside the name that is read" },
	{ FORMAT_CKAN, false, NULL, NULL, "月", { "_id", "月", "計" }, "",
	    "CKAN's own number" },
	{ FORMAT_SDMX_CSV, false, NULL, NULL, "月",
	    { "DATAFLOW", "月", "計", "OBS_VALUE" }, "", "SDMX's own" },
	{ FORMAT_SDMX_CSV, false, NULL, NULL, "月",
	    { "計", "月", "OBS_VALUE", "DECIMALS" }, "", "an attribute" },
	{ FORMAT_WORLD_BANK, false, NULL, NULL, "月",
	    { "iso3", "月", "計", "decimal" }, "", "World Bank's own" },
};

Test(normalise_mapping, columns_that_the_contract_does_not_speak_of)
{
	for (size_t i = 0; i < ARRAY_LEN(known); i++) {
		const struct row_test where = { .column = known[i].where };
		struct contract_value value;
		struct run r;
		size_t n = 0;

		begin(&r, &value, "計");
		r.contract.format = known[i].format;
		r.contract.period.column = known[i].period;
		r.contract.other_columns = known[i].other_columns;
		r.contract.ignore = &known[i].ignore;
		r.contract.n_ignore = known[i].ignore != NULL;
		r.contract.rows.where = &where;
		r.contract.rows.n_where = known[i].where != NULL;
		while (n < 4 && known[i].names[n] != NULL)
			n++;
		cr_assert(run_header(&r, 1, n, known[i].names), "row %zu: %s",
		    i, r.err.msg);
		cr_expect(known[i].told[0] == '\0'
			? r.findings == 0
			: strstr(run_told(&r), known[i].told) != NULL
			    && r.findings == 1,
		    "row %zu (%s): told '%s'", i, known[i].why, run_told(&r));
		cr_expect(!r.held);
		run_release(&r);
	}
}

Test(normalise_mapping, what_another_table_of_the_body_reads_is_known)
{
	static const char *const header[] = { "月", "計", "転入" };
	const struct contract_value flow = { .column = "転入" };
	struct contract both[2];
	struct contract_value value;
	struct run r;

	begin(&r, &value, "計");
	both[0] = both[1] = r.contract;
	both[1].values = &flow;
	r.feed.contracts = both;
	r.feed.n_contracts = 2;
	r.sink = normaliser_begin(r.n, &both[0], &r.out);
	cr_assert(run_header(&r, 1, 3, header), "%s", r.err.msg);
	cr_expect_eq(r.findings, 0, "told %s", run_told(&r));
	run_release(&r);
}

Test(normalise_mapping, columns_that_layout_made_are_as_any_other)
{
	static const char *const row[] = { "12", "2024", "4" };
	const struct table_column columns[] = {
		{ .name = slice_of("計"), .line = 3, .column = 2, .number = 2 },
		{ .name = slice_of("年") },
		{ .name = slice_of("月") },
		{ .name = slice_of("題名") },
	};
	struct contract_value value;
	struct run r;

	begin(&r, &value, "計");
	r.contract.period =
	    (struct source){ .text = "{年}年{月}月", .line = 5 };
	cr_assert(run_columns(&r, 3, ARRAY_LEN(columns), columns), "%s",
	    r.err.msg);
	cr_expect_eq(r.findings, 0, "told %s", run_told(&r));
	cr_assert(run_row(&r, 4, 3, row));
	cr_expect_str_eq(run_told(&r), "helmets 202037 M M {} 2024-04 = 12 A");
	run_release(&r);
}

Test(normalise_mapping, an_optional_column_may_be_missing)
{
	static const char *const header[] = { "月", "計" };
	static const char *const with[] = { "月", "計", "status" };
	static const char *const row[] = { "2024-04", "1", "P" };
	struct contract_value value;
	struct run r;

	begin(&r, &value, "計");
	r.contract.status =
	    (struct source){ .column = "status", .optional = true };
	cr_assert(run_header(&r, 1, 2, header), "%s", r.err.msg);
	cr_assert(run_row(&r, 2, 2, row));
	cr_assert(run_header(&r, 1, 3, with), "%s", r.err.msg);
	cr_assert(run_row(&r, 2, 3, row));
	cr_expect_str_eq(run_told(&r),
	    "helmets 202037 M M {} 2024-04 = 1 A\n"
	    "helmets 202037 M M {} 2024-04 = 1 P");
	run_release(&r);
}

/* Every order of the columns gives the same, but for where it stands. */
Test(normalise_mapping, a_permutation_of_columns_changes_nothing)
{
	static const char *const names[] = { "月", "計", "区", "コード" };
	static const char *const cells[] = { "R6.4", "1,234", "東", "202037" };
	static const struct dimension dims[] = { { .name = "ward",
	    .source = { .column = "区" } } };
	size_t seen = 0;

	for (size_t code = 0; code < 256; code++) {
		const char *header[4], *row[4];
		struct contract_value value;
		struct run r;
		unsigned int used = 0;

		for (size_t i = 0; i < 4; i++) {
			size_t at = code >> 2 * i & 3;

			used |= 1U << at;
			header[i] = names[at];
			row[i] = cells[at];
		}
		if (used != 15)
			continue;
		seen++;
		begin(&r, &value, "計");
		r.contract.organization.column = "コード";
		r.contract.dims = dims;
		r.contract.n_dims = 1;
		cr_assert(run_header(&r, 1, 4, header), "%s", r.err.msg);
		cr_assert(run_row(&r, 2, 4, row));
		cr_expect_str_eq(run_told(&r),
		    "helmets 202037 M M {\"ward\":\"東\"} 2024-04 = 1234 A");
		run_release(&r);
	}
	cr_expect_eq(seen, 24);
}
