/* rooms: base config */
/* The columns that contracts and sources name. */
#include <criterion/criterion.h>
#include <string.h>

#include "kpid/config.h"

/* a,b,c */
static const char *
joined(const char *const *list, size_t n, struct arena *mem)
{
	const char *out = "";

	for (size_t i = 0; i < n; i++)
		out = arena_printf(mem, "%s%s%s", out, i == 0 ? "" : ",",
		    list[i]);
	return out;
}

Test(config_columns, of_a_source)
{
	static const struct {
		struct source source;
		const char *want, *why;
	} table[] = {
		{ { .column = "年月" }, "年月", "a column" },
		{ { .column = "#3" }, "#3", "by its place" },
		{ { .constant = "FY2024" }, "", "a constant" },
		{ { 0 }, "", "nothing" },
		{ { .text = "{年}年{月}月" }, "年,月", "a text" },
		{ { .text = "{{{年}}}" }, "年", "within braces" },
		{ { .text = "{{年}}{a}{b}{a}" }, "a,b,a", "as they come" },
		{ { .text = "{計#2}" }, "計#2", "the second of a name" },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		CLEANUP(arena_release) struct arena mem = { 0 };
		size_t n = 99;
		const char *const *list =
		    source_columns(&table[i].source, &mem, &n);
		const char *got = joined(list, n, &mem);

		cr_expect_str_eq(got, table[i].want, "row %zu (%s): got '%s'",
		    i, table[i].why, got);
	}
}

/* The contract that the first feed of the file has. */
static const char *
columns_of(const char *feed, struct arena *mem)
{
	struct problems all = { .mem = mem };
	struct config cfg;
	size_t n;
	bool ok = config_load(strcmp(feed, "cards") == 0
		? "tests/cases/config/valid/full/kpid.json"
		: strcmp(feed, "every-key") == 0 || strcmp(feed, "several") == 0
		? "tests/cases/config/valid/tables/kpid.json"
		: "tests/cases/config/valid/formats/kpid.json",
	    mem, &cfg, &all);
	const char *const *list;

	cr_assert(ok, "%s: %s", feed, ok ? "" : all.list[0].text);
	list = contract_columns(config_feed(&cfg, feed)->contracts, mem, &n);
	return joined(list, n, mem);
}

Test(config_columns, of_contracts)
{
	static const struct {
		const char *feed, *want, *why;
	} table[] = {
		{ "cards", "基準日,団体コード,区分,状態,男女,年齢,枚数,率",
		    "each field has a column" },
		{ "every-key",
		    "県,市町村,区分,単位,状態,大分類,小分類,備考,計#2,年",
		    "captures, unpivot and #2 are none of the grid" },
		{ "ckan", "", "unpivot makes them all" },
		{ "json-stat", "year,value",
		    "a status that may be missing is none" },
		{ "sdmx-csv", "TIME_PERIOD,INDICATOR,CONF_STATUS,OBS_VALUE",
		    "a status that was asked for" },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		CLEANUP(arena_release) struct arena mem = { 0 };
		const char *got = columns_of(table[i].feed, &mem);

		cr_expect_str_eq(got, table[i].want, "row %zu (%s): got '%s'",
		    i, table[i].why, got);
	}
}

/* One column each by its label; paths of JSON differ by a blank. */
Test(config_columns, once_by_label)
{
	static const struct row_test tests[] = {
		{ .column = "総　数" },
		{ .column = "総数" },
		{ .column = "#1" },
		{ .column = NULL },
		{ .column = "年 度" },
	};
	static const struct capture captures[] = { { .name = "年度" } };
	static const struct {
		enum feed_format format;
		const char *want, *why;
	} table[] = {
		{ FORMAT_CSV, "総　数", "by label" },
		{ FORMAT_XLSX, "総　数", "by label" },
		{ FORMAT_JSON, "総　数,総数,#1,年 度", "as they stand" },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		CLEANUP(arena_release) struct arena mem = { 0 };
		struct contract c = { .format = table[i].format,
			.captures = captures,
			.n_captures = 1,
			.rows = { .where = tests, .n_where = 5 } };
		size_t n;
		const char *const *list = contract_columns(&c, &mem, &n);
		const char *got = joined(list, n, &mem);

		cr_expect_str_eq(got, table[i].want, "row %zu (%s): got '%s'",
		    i, table[i].why, got);
	}
}

Test(config_columns, as_many_as_there_are)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct contract_value values[200];
	struct contract c = { .values = values, .n_values = 200 };
	const char *const *list;
	size_t n;

	memset(values, 0, sizeof(values));
	for (int i = 0; i < 200; i++)
		values[i].column = arena_printf(&mem, "列%d", i);
	list = contract_columns(&c, &mem, &n);
	cr_assert_eq(n, 200);
	cr_expect_str_eq(list[199], "列199");
	cr_expect_str_eq(list[0], "列0");
}
